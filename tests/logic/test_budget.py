"""What must be trusted stays readable at one sitting: its lines of code are counted.

Two rooms are trusted: the logic, and the exact arithmetic that others would take from a library.
"""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "derive"


def lines_of_code(source: str) -> int:
    """Lines that hold more than a comment or a docstring."""
    layout = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in (*layout, tokenize.ENDMARKER, tokenize.ENCODING):
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                lines -= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return len(lines)


def test_how_lines_are_counted() -> None:
    code = ["x = (", "    1,", ")", "def f():", "    return x"]
    rest = ['"""What it is."""', "", "# why"]
    source = "\n".join([*rest, *code[:4], '    """Says."""', code[4], ""])
    assert lines_of_code(source) == 5


@pytest.mark.parametrize(("room", "budget"), [("logic", 900), ("algebra", 320)])
def test_what_is_trusted_stays_within_its_budget(room: str, budget: int) -> None:
    files = sorted((PACKAGE / room).rglob("*.py"))
    counts = {path.name: lines_of_code(path.read_text()) for path in files}
    assert sum(counts.values()) < budget, counts
