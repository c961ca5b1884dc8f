"""Any soup of tokens, any damaged formula: nothing is raised, every place is inside the formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from derive.reader.latex import INTERNAL_DEFECT, parse
from derive.reader.render import unicode_text
from derive.reader.source import Span
from derive.reader.syntax import Node
from tests.reader.outlines import formula, row_outline

TOKENS = re.findall(
    r"\S+",
    r"""
a b x_i z_{ij} y^2 ( ) [ ] \{ \} { } | \| + - * / = < > , ; . : ! ' _ ^ & \\ $ % ~ \, 1 0.5 dL
\frac \frac{a}{b} \frac{\partial}{\partial{x}} \frac{\partial{L}}{o} \partial \nabla \sum \sum_j
\sum_{i=1}^N \prod \max \log \exp log exp softmax \sqrt \sqrt[3]{x} \hat \hat{y} \mathbf \mathrm
\text{if} \text{(a)} \text \mbox{e} \left( \right) \left. \right| \right. \left\{ \begin{cases}
\end{cases} \begin{aligned} \end{aligned} \begin{bmatrix} \end{bmatrix} \underbrace \stackrel
\overset{(1)}{=} \neq \leq \in \to \implies \cdot \times \odot \quad \qquad \tag{1} \label{x}
\forall \boxed \color{red} \newcommand{\x}{a} \x \def\y#1{#1} \y \ldots ... \infty \Sigma_i ŷ ᵢ
² ∂ Σ ≠ − \mathbb{1} 1_{i=j} \operatorname{softmax} {\bf \over \substack \intertext{a} \unknown
""",
)
FORMULAS = (
    r"\frac{\partial L}{\partial z_k} = \sum_j \frac{\partial L}{\partial p_j} \cdot p_j (1 - p_k)",
    r"p_j &= \frac{e^{z_j}}{\sum_{k=1}^N e^{z_k}} \\ &= \exp\left( z_j - \log \sum_k e^{z} \right)",
    r"f = \begin{cases} a & \text{if } i = j \\ b & \text{otherwise} \end{cases}",
    r"\left. \frac{df}{dx} \right|_{x=a} = \mathbb{1}\{i = j\} + \|w\|_2^2, \quad \forall i \neq k",
    r"E = -\sum_j^{p} y^*_j \cdot \mbox{log}(o_j) \underbrace{a}_{=1} \tag{3} \text{(by (2))}",
)


def nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from nodes(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from nodes(getattr(value, part.name))


def holds(source: str) -> None:
    """Parsing gives rows whose places lie within the formula, and the renderer prints them."""
    start = 7
    found = parse(formula(source, start=start))
    for node in nodes(found):
        assert isinstance(node.span, Span)
        assert start <= node.span.start <= node.span.end <= start + len(source), (source, node)
    for row in found.rows:
        assert INTERNAL_DEFECT not in row_outline(row)
    assert "\n" not in unicode_text(source)


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=25), st.sampled_from(["", " "]))
def test_soups_of_tokens(tokens: list[str], joint: str) -> None:
    holds(joint.join(tokens))


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(FORMULAS), st.data())
def test_damaged_formulas(source: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        begin = data.draw(st.integers(0, len(source)))
        end = min(len(source), begin + data.draw(st.integers(0, 6)))
        inserted = data.draw(st.sampled_from(("", *TOKENS)))
        source = source[:begin] + inserted + source[end:]
    holds(source)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_any_text(source: str) -> None:
    holds(source)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FORMULAS), st.sampled_from(FORMULAS))
def test_rows_are_read_independently(first: str, second: str) -> None:
    together = parse(formula(rf"{first} \\ \foo \\ {second}")).rows
    alone = [*parse(formula(first)).rows, *parse(formula(second)).rows]
    shown = [row_outline(row) for row in together]
    assert [text for text in shown if r"\foo" not in text] == [row_outline(row) for row in alone]
