"""From a formula to its syntax: the way into the parser.

    tokens (tokens.py, unicode.py) -> macros expanded (macros.py) -> boxes taken off (dress.py)
    -> words typed as letters (spelled.py) -> lines (displays.py)
    -> statements, conditions, notes (statements.py) -> syntax (atoms.py and below)

Nothing is left out in silence: what is not understood makes its row Unreadable, with the symbol
and the reason, and the other rows are read all the same.
"""

from __future__ import annotations

import re

from derive.reader.document import Formula
from derive.reader.formulas.displays import lines_of
from derive.reader.formulas.dress import undressed
from derive.reader.formulas.spelled import spell_words, unwrap_letters, upright_words
from derive.reader.formulas.statements import rows_of
from derive.reader.formulas.tokens import CannotRead, tokenize
from derive.reader.macros import Macros, expand, written_out
from derive.reader.syntax import ParsedFormula, Row, Unreadable

__all__ = ["INTERNAL_DEFECT", "Macros", "parse", "written_out"]

INTERNAL_DEFECT = "the parser has a defect that this formula brings out"

_NO_MACROS = Macros()
# "Eq. 1.2", "Step 3" set as a formula: words, which say nothing of quantities.
_REFERENCE = re.compile(
    r"\s*(?:(?:[A-Z][a-z]+|[A-Z]{2,})\.?(?:\s|~|\\space\b|\\[ ,;])+)+\d+(?:[.,]\d+)*[.,]?\s*"
)


def parse(formula: Formula, macros: Macros = _NO_MACROS) -> ParsedFormula:
    """The rows of a formula.  Never raises; a formula without mathematics has no rows."""
    if formula.problem:
        unreadable = Row(formula.span, Unreadable(formula.span, formula.problem))
        return ParsedFormula(formula.span, (unreadable,))
    if _REFERENCE.fullmatch(formula.content):
        return ParsedFormula(formula.span, ())
    try:
        tokens = unwrap_letters(undressed(expand(tokenize(formula), macros)))
        tokens = spell_words(upright_words(tokens))
        lines = lines_of(tokens, formula.environment)
        rows = [row for line in lines for row in rows_of(line, formula.span)]
    except CannotRead as problem:
        rows = [Row(formula.span, Unreadable(problem.span, problem.reason))]
    except Exception as defect:  # one formula must not take the rest of the document with it
        reason = f"{INTERNAL_DEFECT} ({type(defect).__name__})"
        rows = [Row(formula.span, Unreadable(formula.span, reason))]
    return ParsedFormula(formula.span, tuple(rows))
