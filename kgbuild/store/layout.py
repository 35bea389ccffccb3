"""What lies in a store's folder.

store.json       layout version, base of data IRIs, software; written last, so its presence says "whole"
writer.lock      held by the one writer
data/            the writer's database
scratch/         what a build derived from data/ and can derive again: the index by which reports are compared
unfinished       present from the first change to the publishing that follows
dumps/           prepared files, where `kgbuild export --all` was told to put them here; the server offers them
items.sqlite     numbers of the items in Wikibase dumps (`kgbuild.export.wikibase.numbers`)
redaction.key    hides who is who in exports without persons' names (`kgbuild.export.pseudonyms`)
snapshots/N/     a published state: data/ (a database nobody writes), readers.lock (shared by its readers), and
                 build.json (when it was made, and by which software)
current          link to the snapshot that readers open; switched by rename
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from kgbuild import __version__
from kgbuild.errors import StoreError

LAYOUT = 1
"""Changes when an older program could not read the folder, or this one could not read an older folder."""

_OURS = {
    "store.json", "store.json.tmp", "writer.lock", "data", "scratch", "unfinished", "unfinished.tmp", "snapshots",
    "current", "current.tmp",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of `store.json`."""

    layout: int
    base: str
    software: str


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths of one store."""

    root: Path

    @property
    def manifest(self) -> Path:
        return self.root / "store.json"

    @property
    def lock(self) -> Path:
        return self.root / "writer.lock"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def scratch(self) -> Path:
        return self.root / "scratch"

    @property
    def unfinished(self) -> Path:
        return self.root / "unfinished"

    @property
    def snapshots(self) -> Path:
        return self.root / "snapshots"

    @property
    def current(self) -> Path:
        return self.root / "current"


def read_manifest(folder: Folder) -> Manifest:
    """The manifest of an existing store. StoreError where there is none, or of a layout that we cannot read."""
    try:
        found = json.loads(folder.manifest.read_text(encoding="utf-8"))
        manifest = Manifest(layout=int(found["layout"]), base=str(found["base"]), software=str(found["software"]))
    except FileNotFoundError:
        remedy = f"make one with: kgbuild build PATH... --store {folder.root}"
        raise StoreError(f"{folder.root}: no store here; {remedy}") from None
    except NotADirectoryError:
        raise StoreError(f"{folder.root}: not a folder, so not a store") from None
    except OSError as error:
        raise StoreError(f"{folder.manifest}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{folder.manifest}: damaged ({error}); restore it or build a new store") from error
    if manifest.layout != LAYOUT:
        raise StoreError(
            f"{folder.root}: made by {manifest.software} with store layout {manifest.layout}, this is kgbuild "
            f"{__version__} with layout {LAYOUT}; use that version to export it as nquads, or build a new store"
        )
    return manifest


def damaged(database: Path, reason: object) -> str:
    """What to tell of a database that the engine does not open."""
    return f"{database}: the database cannot be opened ({reason}); restore it from a copy, or build a new store"


def write_manifest(folder: Folder, base: str) -> Manifest:
    """Declare the folder a whole store."""
    manifest = Manifest(layout=LAYOUT, base=base, software=f"kgbuild {__version__}")
    text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False) + "\n"
    write_durably(folder.manifest, text)
    return manifest


def write_durably(path: Path, text: str) -> None:
    """Write a small file so that it is there whole or not at all, also after a loss of power."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_ours(folder: Folder) -> None:
    """StoreError if the folder holds files that are not a store's: nothing of others is written into."""
    foreign = sorted(path.name for path in folder.root.iterdir() if path.name not in _OURS)
    if foreign:
        raise StoreError(f"{folder.root}: not a store and not empty (it holds {foreign[0]}); choose another folder")
