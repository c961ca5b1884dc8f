"""From a formula to its syntax: the way into the parser.

    tokens (tokens.py, unicode.py) -> macros expanded (macros.py) -> lines (displays.py)
    -> statements, conditions, notes (statements.py) -> syntax (atoms.py and below)

Nothing is left out in silence: what is not understood makes its row Unreadable, with the symbol
and the reason, and the other rows are read all the same.
"""

from __future__ import annotations

from derive.reader.displays import lines_of
from derive.reader.document import Formula
from derive.reader.macros import Macros, expand
from derive.reader.statements import rows_of
from derive.reader.syntax import ParsedFormula, Row, Unreadable
from derive.reader.tokens import CannotRead, tokenize

__all__ = ["Macros", "parse"]

_NO_MACROS = Macros()


def parse(formula: Formula, macros: Macros = _NO_MACROS) -> ParsedFormula:
    """The rows of a formula.  Never raises; a formula without mathematics has no rows."""
    if formula.problem:
        unreadable = Row(formula.span, Unreadable(formula.span, formula.problem))
        return ParsedFormula(formula.span, (unreadable,))
    try:
        tokens = expand(tokenize(formula), macros)
        lines = lines_of(tokens, formula.environment)
    except CannotRead as problem:
        row = Row(formula.span, Unreadable(problem.span, problem.reason))
        return ParsedFormula(formula.span, (row,))
    rows = tuple(row for line in lines for row in rows_of(line, formula.span))
    return ParsedFormula(formula.span, rows)
