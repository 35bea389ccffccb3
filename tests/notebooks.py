"""The notebooks in examples/ with their output: runs their cells, and writes the output anew.

    python -m tests.notebooks examples/raqqa.ipynb

Cells run one after the other in one namespace, in a folder of their own that holds a copy of examples/. What a cell
prints, and the value of its last line, become its output, as Jupyter stores them (nbformat 4.5).
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def executed(path: Path) -> dict[str, Any]:
    """The notebook with its output made anew."""
    notebook: dict[str, Any] = json.loads(path.read_text("utf-8"))
    namespace: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, _inside(Path(folder)):
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        for count, cell in enumerate(cells, 1):
            cell["execution_count"] = count
            cell["outputs"] = list(_outputs("".join(cell["source"]), namespace, count))
    return notebook


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _outputs(source: str, namespace: dict[str, Any], count: int) -> Iterator[dict[str, Any]]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), namespace)
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace) if last is not None else None  # type: ignore[attr-defined]
    if printed.getvalue():
        yield {"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())}
    if value is not None:
        yield {
            "data": _shown(value),
            "execution_count": count,
            "metadata": {},
            "output_type": "execute_result",
        }


def _shown(value: Any) -> dict[str, list[str]]:
    page = value._repr_html_() if hasattr(value, "_repr_html_") else None
    plain = f"<{type(value).__name__}>" if page is not None else repr(value)
    return ({"text/html": _lines(page)} if page is not None else {}) | {"text/plain": _lines(plain)}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def main() -> None:
    """Write the output of each notebook named."""
    for name in sys.argv[1:]:
        path = Path(name).resolve()
        path.write_text(json.dumps(executed(path), ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
