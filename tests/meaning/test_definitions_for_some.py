"""Definitions with a condition: ``a_i = 2 b_i`` for ``i \\neq 1`` says nothing of a_1."""

from __future__ import annotations

import pytest

import derive

DOUBLES = "Let $a_i = 2 b_i$ for "
SUM = r"$$\sum_i a_i = 2 \sum_i b_i$$"
REFERENCE_CLASS = r"""Let $p_k = \frac{e^{z_k}}{1 + \sum_{j=1}^{K-1} e^{z_j}}$
for $k = 1, \dots, K - 1$, and $p_K = \frac{1}{1 + \sum_{j=1}^{K-1} e^{z_j}}$.
"""


def outcome(text: str) -> str:
    *_, last = derive.check(text, format="markdown").claims
    assert last.verdict is not None
    return last.verdict.outcome


@pytest.mark.parametrize(
    "for_all",
    [
        r"all $i$.",
        r"$i = 1, \dots, n$.",
        r"$1 \le i \le n$.",
        r"each $i \in \{1, \dots, n\}$.",
        r"$i \geq 1$.",
    ],
)
def test_for_all(for_all: str) -> None:
    assert outcome(f"{DOUBLES}{for_all}\n\n{SUM}") == "proved"


@pytest.mark.parametrize(
    "for_some",
    [
        r"$i \ne 1$.",
        r"$i > 1$.",
        r"$i > 1$ and $a_1 = 0$.",
        r"$i = 2, \dots, n$.",
        r"$i = 1, \dots, n - 1$, and $a_n = 0$.",
    ],
)
def test_for_some(for_some: str) -> None:
    assert outcome(f"{DOUBLES}{for_some}\n\n{SUM}") == "unproved"
    assert outcome(f"{DOUBLES}{for_some}\n\n$$a_1 + 1 = 2 b_1 + 1$$") != "proved"


@pytest.mark.parametrize(
    "text",
    [
        r"$a_i = 2 b_i$ if $i$ is even and $a_i = 0$ if $i$ is odd. $$a_i = 2 b_i$$",
        r"$$a_i = 2 b_i, \quad i = 2, \dots, n$$" + SUM,
        r"We have $a_i = 2 b_i$ ($i = 2, \dots, n$) and $a_1 = 0$." + SUM,
        r"Let $w_{ij} = u_i v_j$ for $i \ne j$ and $w_{ii} = 0$. "
        r"$$\sum_j w_{ij} = u_i \sum_j v_j$$",
        r"$f(x) = x^2$ for $x > 0$ and $f(x) = 0$ for $x \le 0$. $$f'(x) = 2 x$$",
        r"$f(x) = x^2$ for $x > 0$ and $f(x) = 0$ for $x \le 0$. $$f(-1) = 1$$",
        r"Let $L = -\log p$ if $y = 1$ and $L = -\log(1 - p)$ if $y = 0$. $$L = -\log p$$",
        r"If $y = 1$, the loss is $L = -\log p$. If $y = 0$, it is $L = -\log(1 - p)$."
        r"$$\frac{dL}{dp} = -\frac{1}{p}$$",
        "Let $a_i = 2 b_i$ except for $i = 1$." + SUM,
        "Let $a_i = 2 b_i$ unless $i = k$, where $a_k = 0$." + SUM,
        "Let $a_i = 2 b_i$ for odd $i$ and $a_i = 0$ for even $i$." + SUM,
        "Let $a_i = 2 b_i$ for the first $m$ indices and $a_i = 0$ for the others." + SUM,
        "For the correct class, $g_i = p_i - 1$; for the other classes, $g_i = p_i$."
        "$$g_i = p_i - 1$$",
        r"During training, $y = m x / q$; at test time, $y = x$. $$\frac{dy}{dx} = m / q$$",
        "The positive part is $r = x$ when $x$ is positive and $r = 0$ when $x$ is negative."
        "$$r = x$$",
        r"In the case $j = k$ let $d_{jk} = p_j (1 - p_j)$, and $d_{jk} = -p_j p_k$ in the case "
        r"$j \neq k$. $$d_{jk} = p_j (1 - p_j)$$",
        r"If $y > 0$ then $s = y$. Otherwise $s = -y$. $$\frac{ds}{dy} = 1$$",
        r"Provided that $a > b$, let $d = a - b$; if not, $d = b - a$. $$2 d = 2 (a - b)$$",
        r"When $x$ is positive, $r = x$; else $r = 0$. $$\frac{dr}{dx} = 1$$",
        r"If the input is positive, then $r = x$. If it is negative, then $r = 0$. "
        r"$$\frac{dr}{dx} = 1$$",
        r"Let $r = x$ for positive inputs and $r = 0$ for negative inputs. $$\frac{dr}{dx} = 1$$",
        r"In the linear regime $r = x$, and in saturation $r = 0$. $$\frac{dr}{dx} = 1$$",
        r"For class one the loss is $L = -\log p$, and for class two it is $L = -\log(1 - p)$."
        r"$$\frac{dL}{dp} = -\frac{1}{p}$$",
        r"Depending on the sign of $x$, $r = x$ or $r = 0$. $$\frac{dr}{dx} = 1$$",
    ],
)
def test_one_case_is_not_all(text: str) -> None:
    assert outcome(text) not in ("proved", "refuted")


@pytest.mark.parametrize(
    "right",
    [
        r"\sum_{k=1}^K p_k = 1",
        r"\log \frac{p_k}{p_K} = z_k",
        r"\frac{\partial p_K}{\partial z_j} = -p_K p_j",
    ],
)
def test_the_last_class_has_no_score(right: str) -> None:
    assert outcome(f"{REFERENCE_CLASS}$${right}$$") in ("proved", "unproved")


def test_what_is_said_of_a_part_and_is_true() -> None:
    text = r"Let $L = (a - b)^2$. In expanded form, $L = a^2 - 2 a b + b^2$. "
    slope = r"$$\frac{dL}{da} = 2 (a - b)$$"
    for before in (text, r"Let $L = (a - b)^2$. At $a = b$, $L = 0$. ", text[:22]):
        assert outcome(before + slope) == "proved"
        assert outcome(before + slope.replace("2 (", "3 (")) == "refuted"
    assert outcome(r"When $x$ is positive, $r = x$. $$\frac{dr}{dx} = 1$$") == "proved"


def test_the_last_class_has_no_score_wrong() -> None:
    wrong = r"p_K = \frac{e^{z_K}}{1 + \sum_{j=1}^{K-1} e^{z_j}}"
    assert outcome(f"{REFERENCE_CLASS}$${wrong}$$") != "proved"


def test_under_the_same_condition() -> None:
    text = r"For $x > 0$ let $f(x) = \log x$. $$f'(x) = \frac{1}{x}$$"
    assert outcome(text) == "proved"
    assert outcome(text.replace("{1}{x}", "{1}{x^2}")) == "refuted"


def test_two_equations_for_one_component() -> None:
    text = r"""Let $p_1 = \frac{e^{z_1}}{e^{z_1} + e^{z_2}}$ and $p_2 = 1 - p_1$, so that
$$p_1 = \frac{1}{1 + e^{z_1 - z_2}}$$
"""
    general = text + r"Thus $\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)$."
    claims = derive.check(general, format="markdown").claims
    assert [c.verdict.outcome for c in claims if c.verdict] == ["unproved", "unproved"]


ABSOLUTE = "Let $g(x) = |x|$. "


@pytest.mark.parametrize(
    "said", ["We have $g'(x) = 1$ for $x > 0$", "If $x > 0$, then $g'(x) = 1$"]
)
@pytest.mark.parametrize("end", [".", ""])
def test_a_condition_ends_with_its_paragraph(said: str, end: str) -> None:
    text = f"{ABSOLUTE}{said}{end}\n\n"
    assert outcome(f"{text}$g(x) = x$") == "conditional"
    assert outcome(f"{text}$$g(x) = x$$") == "conditional"
    assert outcome(f"{ABSOLUTE}If $x > 0$, then\n\n$$g(x) = x$$") == "proved"


def test_without_the_assumption() -> None:
    text = r"Let $\sum_i t_i = 1$ and $L = \sum_i t_i (a - z_i)$. "
    claim = r"$L = a - \sum_i t_i z_i$"
    assert outcome(f"{text}Then {claim}.") == "proved"
    assert outcome(f"{text}If we drop this assumption, {claim}.") != "proved"


def test_what_is_said_off_the_diagonal() -> None:
    text = (
        r"The matrix is $c_{ij} = x_i x_j$ off the diagonal and $c_{ii} = 1$ on it."
        "\n\n"
        r"$$\sum_j c_{ij} = \sum_j x_i x_j$$"
    )
    *_, last = derive.check(text, format="markdown").claims
    assert last.verdict is not None
    assert last.verdict.outcome == "unproved"
    assert last.verdict.message.endswith("is said only off the diagonal")
    *_, whole = derive.check(text.replace(" off the diagonal", "")).claims
    assert whole.verdict is not None
    assert whole.verdict.outcome == "proved"
