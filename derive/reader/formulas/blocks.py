"""Blocks of rows: cases, matrices, stacked conditions, several lines inside a bracket."""

from __future__ import annotations

from itertools import pairwise

from derive.reader.formulas.conditions import Conditions
from derive.reader.formulas.environments import cells_between, rows_between
from derive.reader.formulas.symbols import (
    ARGUMENT_ENVIRONMENTS,
    CASES_ENVIRONMENTS,
    MATRIX_ENVIRONMENTS,
    PRODUCT_OPERATORS,
    RELATIONS,
    SIGNS,
    TRANSPARENT_ENVIRONMENTS,
)
from derive.reader.formulas.tokens import CannotRead, Token
from derive.reader.syntax import Cases, FunctionCall, Group, List, Matrix, Syntax


class Blocks(Conditions):
    """Reads what stands between a \\begin and its \\end."""

    def one_sided(self, start: int, end: int) -> Syntax:
        inner = start + 1
        if inner < end and self.partner.get(inner) == end - 1:
            environment = _environment(self.tokens[inner])
            if environment:
                self.position = end + 1
                return self._cases(start, inner, end - 1, environment)
        raise CannotRead(self.tokens[start].span, "the brace { is never closed")

    def stacked(self, start: int) -> Syntax:
        """``\\substack{j=1 \\\\ j \\neq k}``: a list."""
        self.position = start + 1
        first, last = self.argument_bounds()
        after = self.position
        items = [
            self.within(a, b, self.expression) for a, b in rows_between(self.tokens, first, last)
        ]
        self.position = after
        if not items:
            raise CannotRead(self.tokens[start].span, "an empty \\substack")
        return items[0] if len(items) == 1 else List(self.span_from(start), tuple(items))

    def environment(self, start: int) -> Syntax:
        end = self.partner[start]
        environment = _environment(self.tokens[start])
        self.position = end + 1
        if environment in CASES_ENVIRONMENTS:
            return self._cases(start, start, end, environment)
        if environment in MATRIX_ENVIRONMENTS:
            return self._matrix(start, end, environment)
        if environment == "subarray":
            first = self._after_argument(start + 1)
            items = [
                self.within(a, b, self.expression) for a, b in rows_between(self.tokens, first, end)
            ]
            return items[0] if len(items) == 1 else List(self.span_from(start), tuple(items))
        if environment in TRANSPARENT_ENVIRONMENTS:
            first = start + 1
            if environment in ARGUMENT_ENVIRONMENTS or self.tokens[first].text == "[":
                first = self._after_argument(first)
            self._one_expression(first, end)
            result = self.within(first, end, self.expression)
            self.position = end + 1
            return result
        raise CannotRead(self.tokens[start].span, f"the environment {environment} is not known")

    def _one_expression(self, first: int, last: int) -> None:
        """Raise unless the rows between go on in each other: otherwise they are statements."""
        rows = rows_between(self.tokens, first, last)
        for (_, ended), (begun, stop) in pairwise(rows):
            before, after = self._bare(first, ended), self._bare(begun, stop)
            joined = before[0] < before[1] and _joins(self.tokens[before[1] - 1])
            if not joined and after[0] < after[1] and not _joins(self.tokens[after[0]]):
                raise CannotRead(
                    self.tokens[after[0]].span, "a new statement begins inside a bracket or box"
                )

    def _after_argument(self, index: int) -> int:
        """Skip ``[t]`` and ``{lcr}`` after a \\begin."""
        while index < self.end and self.tokens[index].text == "[":
            while index < self.end and self.tokens[index].text != "]":
                index += 1
            index += 1
        if index < self.end and self.tokens[index].kind == "open":
            return self.partner[index] + 1
        return index

    def _cases(self, start: int, begin: int, end: int, environment: str) -> Syntax:
        """The rows of a ``cases`` block, each a value and a condition."""
        first = begin + 1
        if environment in ARGUMENT_ENVIRONMENTS or environment == "array":
            first = self._after_argument(first)
        after = self.position
        rows = [self.case(a, b) for a, b in rows_between(self.tokens, first, end)]
        if not rows:
            raise CannotRead(self.tokens[begin].span, "a block of cases without rows")
        self.position = after
        return Cases(self.span_from(start), tuple(rows))

    def _matrix(self, start: int, end: int, environment: str) -> Syntax:
        first = start + 1
        if environment == "array":
            first = self._after_argument(first)
        cells = [
            [self._bare(a, b) for a, b in cells_between(self.tokens, begin, stop)]
            for begin, stop in rows_between(self.tokens, first, end)
        ]
        rows: list[tuple[Syntax, ...]] = []
        for row in self._without_rules(cells):
            rows.append(tuple(self.within(a, b, self.expression) for a, b in row))
        self.position = end + 1
        if not rows:
            raise CannotRead(self.tokens[start].span, "a matrix without entries")
        matrix = Matrix(self.span_from(start), tuple(rows))
        if environment == "vmatrix":
            return FunctionCall(matrix.span, "det", matrix)
        if environment == "Vmatrix":
            return Group(matrix.span, matrix, "‖‖")
        return matrix

    def _without_rules(self, rows: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
        """The cells without the strokes that show an entry to be a whole column or row.

        They stand above and below the entries, ``\\vert & \\vert``, or to their left and right.
        """
        kept = [row for row in rows if not self._is_rule(row, _UPRIGHT, _NOTHING)]
        for at in (0, -1):
            column = [row[at] for row in kept if row]
            if all(len(row) > 1 for row in kept) and self._is_rule(column, _LEVEL, _SKIPPED):
                kept = [row[1:] if at == 0 else row[:-1] for row in kept]
        return kept if kept and all(kept) else rows

    def _is_rule(
        self, cells: list[tuple[int, int]], strokes: frozenset[str], others: frozenset[str]
    ) -> bool:
        """Whether cells hold nothing but a stroke each, and some nothing or dots."""
        texts = ["".join(t.text for t in self.tokens[a:b]) for a, b in cells]
        return any(text in strokes for text in texts) and all(
            text in strokes or text in others for text in texts
        )


_UPRIGHT = frozenset(("|", "\\vert", "\\mid", "\\vline", "\\lvert", "\\rvert", "\\shortmid"))
_LEVEL = frozenset(
    ("-", "--", "---", "—", "–", "\\text{---}", "\\text{--}", "\\text{—}", "\\text{-}",
     "\\horzbar", "\\textemdash", "\\textendash", "\\longdash")
)  # fmt: skip
_NOTHING = frozenset(("",))
_SKIPPED = frozenset(("", "\\vdots", "\\dots", "\\cdots", "\\ddots"))


def _joins(token: Token) -> bool:
    return token.text in RELATIONS or token.text in SIGNS or token.text in PRODUCT_OPERATORS


def _environment(token: Token) -> str:
    """The name in ``\\begin{name}``."""
    return token.text[len("\\begin{") : -1] if token.text.startswith("\\begin{") else ""
