"""What an open quantity depends on is told by its brackets, its parameter, its role."""

from __future__ import annotations

import pytest

import derive
from derive.meaning import prose

CONSTANT = [
    r"$$\frac{\partial}{\partial w} (h_w(x) - y)^2 = 0$$",
    r"$$\frac{\partial}{\partial w} \log \mathcal{L}_w = 0$$",
    r"$$\frac{d}{dt} (x_t^2) = 0$$",
    r"$$\nabla_w (\mathcal{L}(w) + \lambda \|w\|^2) = 2 \lambda w$$",
    r"The loss: $$\nabla_w (L + \lambda \|w\|^2) = 2 \lambda w$$",
    r"The loss $L$ is squared: $$\frac{\partial}{\partial w} L^2 = 0$$",
    r"$$\frac{\partial}{\partial \mu} \ln \mathcal{N}_{\mu} = 0$$",
    # What words say, and z = z(w).
    r"Let $p$ be a function of $x$. $$\frac{d}{dx} p^2 = 0$$",
    r"The weights $w$ depend on $t$. $$\frac{d}{dt} w^2 = 0$$",
    r"The value $c$, which depends on $s$ and $t$, is given. $$\frac{d}{dt} c^2 = 0$$",
    r"Here $z = z(w)$ and $L = z^2$. $$\frac{\partial L}{\partial w} = 0$$",
]

MOVES = [
    r"$$\frac{d}{d w} (h_w(x) - y)^2 = 2 (h_w(x) - y) \frac{d h_w(x)}{d w}$$",
    r"$$\nabla_w (\mathcal{L}(w) + \lambda \|w\|^2) = \nabla_w \mathcal{L}(w) + 2 \lambda w$$",
    r"The loss: $$\nabla_w (L + \lambda \|w\|^2) = \nabla_w L + 2 \lambda w$$",
    r"$$\frac{d}{dt} x_t^2 = 2 x_t \frac{d x_t}{dt}$$",
    r"Let $p$ be a function of $x$. $$\frac{d}{dx} p^2 = 2 p \frac{dp}{dx}$$",
    r"The constant $c$ does not depend on $t$. $$\frac{d}{dt} (c t) = c$$",
    # Labels, and constants of other trades.
    r"$$z = W_x x + W_h h$$ $$\frac{\partial z}{\partial x} = W_x$$",
    r"$$\frac{\partial}{\partial x} \sin(n \pi x / L) = \frac{n \pi}{L} \cos(n \pi x / L)$$",
    r"$$\frac{d}{dx} (x^2 + C) = 2 x$$",
]


def outcomes(text: str) -> list[str]:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize("text", CONSTANT)
def test_it_is_no_constant(text: str) -> None:
    assert outcomes(text) in (["unproved"], ["refuted"])


@pytest.mark.parametrize("text", MOVES)
def test_and_what_is_said_of_its_derivative_holds(text: str) -> None:
    assert outcomes(text) == ["proved"]


@pytest.mark.parametrize(
    ("how", "outcome"),
    [("only through", "proved"), ("directly and through", "unproved"), ("via", "proved")],
)
def test_what_depends_directly_as_well(how: str, outcome: str) -> None:
    text = rf"""Let $u = x^2$. The loss $L$ depends on $x$ {how} $u$. Then

$$\frac{{dL}}{{dx}} = \frac{{\partial L}}{{\partial u}} \frac{{du}}{{dx}}$$
"""
    assert outcomes(text) == [outcome]


def test_what_words_mean_without_a_definition_is_not_defined_by_a_claim() -> None:
    assert outcomes(r"$$\gcd(a, b) = a + b$$") == ["unproved"]
    assert outcomes(r"$$\max(a, b) = a + b$$") == ["refuted"]


@pytest.mark.parametrize(
    ("before", "weight", "outcome"),
    [
        ("", "W", "unproved"),  # of a matrix it would be W^T
        ("", r"W^\top", "proved"),
        ("All of these are scalars.", "W", "proved"),
    ],
)
def test_a_capital_weight_may_be_a_matrix(before: str, weight: str, outcome: str) -> None:
    text = rf"""{before} Let $z = W x$ and $L = f(z)$.

$$\frac{{\partial L}}{{\partial x}} = {weight} \frac{{\partial L}}{{\partial z}}$$
"""
    assert outcomes(text) == [outcome]


PATHS = r"""Suppose $u$ is a function of $x$ and $y$, and $x$ and $y$ are functions of $r$ and $t$.

"""


@pytest.mark.parametrize(
    ("step", "holds"),
    [
        (r"\frac{\partial u}{\partial x} \frac{\partial x}{\partial r}", False),
        (
            r"\frac{\partial u}{\partial x} \frac{\partial x}{\partial r}"
            r" + \frac{\partial u}{\partial y} \frac{\partial y}{\partial r}",
            True,
        ),
    ],
)
def test_a_path_of_which_only_words_speak_is_missed(step: str, holds: bool) -> None:
    (found,) = outcomes(rf"{PATHS}$$\frac{{\partial u}}{{\partial r}} = {step}$$")
    assert (found == "proved") == holds


def test_words_say_of_each_what_it_is_a_function_of() -> None:
    text = r"Let $f$ be a function of $x$ and $g$ be a function of $y$. "
    assert outcomes(text + r"$$\frac{d}{dy} f g = f \frac{dg}{dy}$$") == ["unproved"]


@pytest.mark.parametrize(
    ("words", "pairs"),
    [
        ("⟦0⟧ is a function of ⟦1⟧ and ⟦2⟧ is a function of ⟦3⟧", {(0, 1), (2, 3)}),
        (
            "⟦0⟧ depends on ⟦1⟧ and ⟦2⟧, which in turn depend on ⟦3⟧",
            {(0, 1), (0, 2), (1, 3), (2, 3)},
        ),
        ("⟦0⟧, ⟦1⟧, and ⟦2⟧ are functions of ⟦3⟧", {(0, 3), (1, 3), (2, 3)}),
        ("⟦0⟧ is a function of ⟦1⟧, and ⟦2⟧ and ⟦3⟧ depend on ⟦4⟧", {(0, 1), (2, 4), (3, 4)}),
    ],
)
def test_lists_of_what_depends_on_what(words: str, pairs: set[tuple[int, int]]) -> None:
    assert set(prose.dependences(words)) == pairs


def test_the_chain_rule_holds_where_logarithms_ask_for_values_between_0_and_1() -> None:
    text = r"""Let $z = w^T x + b$, $a = h(z)$ and $L = -y \log a - (1 - y) \log (1 - a)$.

$$ \frac{\partial L}{\partial w} = \frac{\partial L}{\partial a} \frac{da}{dz}
   \frac{\partial z}{\partial w} $$
$$ \frac{\partial L}{\partial b} = \frac{\partial L}{\partial a} \frac{da}{dz} $$
$$ \frac{\partial L}{\partial b} = \frac{\partial L}{\partial a} $$
"""
    assert outcomes(text)[:2] == ["proved", "proved"]
    assert outcomes(text)[2] != "proved"
