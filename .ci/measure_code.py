"""How the program is cut: files, lines and functions of `kgbuild` and `server`.

    measure_code.py [CHECKOUT]

Prints a row for docs/benchmarks.md: files, lines, functions with the median, 90th percentile and longest in lines, and
modules of more than 250 lines.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from statistics import median, quantiles

_LONG = 250


def main() -> None:
    """Measure and print."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    texts = [path.read_text("utf-8") for part in ("kgbuild", "server") for path in (root / part).rglob("*.py")]
    lengths = [len(text.splitlines()) for text in texts]
    functions = [length for text in texts for length in _functions(text)]
    print("| files | lines | functions | median | 90th percentile | longest | modules over 250 |\n|" + "---|" * 7)
    cut = (median(functions), quantiles(functions, n=10)[-1], max(functions))
    cells = (len(texts), sum(lengths), len(functions), *cut, sum(length > _LONG for length in lengths))
    print("| " + " | ".join(f"{cell:,.0f}" for cell in cells) + " |")


def _functions(text: str) -> list[int]:
    """The lines of each function, from `def` to the end."""
    nodes = ast.walk(ast.parse(text))
    found = (node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in found]


if __name__ == "__main__":
    main()
