"""Every piece of syntax stands where it says: its own source means the same when read alone."""

from __future__ import annotations

import pytest

from derive.reader.document import Formula
from derive.reader.latex import parse
from derive.reader.source import Span
from derive.reader.syntax import (
    Differentiation,
    Fraction,
    FunctionCall,
    Group,
    Name,
    Numeral,
    Operator,
    Product,
    Scripts,
    Signed,
)
from tests.reader.outlines import formula, outline, rows
from tests.reader.test_parser_fuzzed import FORMULAS, nodes

ALONE = (Differentiation, Fraction, FunctionCall, Group, Name, Numeral, Operator, Product, Scripts,
         Signed)  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        *FORMULAS,
        r"{\displaystyle\sum_{i} e^{o_i}} - {x}{y} = {-\frac{1}{S_{y}}}",
        "ŷᵢ = e^{zᵢ} / Σⱼ e^{zⱼ} − x²",
        r"\frac{\partial}{\partial z_i} \Bigg( \sum_k e^{z_k} \Bigg)^{-1} \cdot o_i",
        r"f'(x) = \frac{u'(x) v(x) - u(x) v'(x)}{[v(x)]^2}",
        r"a &= b + \\ &\quad c \\ &= -\log\left( d \right) e",
    ],
)
def test_a_pieces_source_means_the_piece(source: str) -> None:
    for node in nodes(parse(formula(source))):
        if isinstance(node, ALONE):
            alone = source[node.span.start : node.span.end]
            if alone in "ᵢⱼ²":
                continue  # a raised or lowered character is its own script
            assert rows(alone) == [outline(node)], alone


def test_places_jump_where_the_document_has_more_than_the_formula() -> None:
    text = "> a = b\n>   + c"
    kept = [index for index in range(len(text)) if index not in (0, 1, 8)]
    content = "".join(text[index] for index in kept)
    parsed = parse(Formula(Span(2, len(text)), content, (*kept, len(text)), True))
    total = parsed.rows[0].body.rest[0][1]  # type: ignore[union-attr]
    assert text[total.span.start : total.span.end] == "b\n>   + c"
