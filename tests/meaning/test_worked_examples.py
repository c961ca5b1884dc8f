"""Numbers that are said of an example, whose values the document gives in many ways."""

from __future__ import annotations

import pytest

import derive


def outcomes(text: str) -> list[str]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


NETWORK = r"""The unit is $h(s) = \max(0, s)$, and the cost is $C = \frac{1}{2}(q - t)^2$.

- Data: $u = 1$, $t = 5$
- Weights: $v = 2$, $c = 3$

Forward:

- $p = v u = 2 \times 1 = 2$
- $q = c h(p) = 3 \times 2 = 6$

Backward:

- $\frac{\partial C}{\partial v} = 3$
- $\frac{\partial C}{\partial c} = 2$
"""


def test_what_is_said_of_an_example_is_judged_with_its_values() -> None:
    assert set(outcomes(NETWORK)) == {"proved"}
    assert outcomes(NETWORK.replace(" v} = 3", " v} = 4"))[-2:] == ["refuted", "proved"]


def test_functions_are_worked_out_whatever_their_arguments_are_called() -> None:
    text = r"Let $f(s) = s^2$ and $a = f(b)$. Here $b = 3$. $$a = 9$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("= 9", "= 8")) == ["refuted"]


MATRIX = r"""The weights are

$$M = \begin{pmatrix} 1/2 & 1/4 \\ 3 & 2 \end{pmatrix}$$

and the input is called $u_1$ and $u_2$. So

$$M_{11} u_1 + M_{12} u_2 = 0.5 \cdot 2 + 0.25 \cdot 4$$
"""


def test_where_not_all_values_were_read_nothing_is_refuted() -> None:
    assert "refuted" not in outcomes(MATRIX)
    assert "proved" not in outcomes(MATRIX)


def test_without_values_a_number_is_claimed_of_all_data() -> None:
    assert outcomes(r"$$\frac{d}{dx} x^2 = 2$$") == ["refuted"]
    text = r"We have $x = 3$ here. In general, $$\frac{d}{dx} x^2 = 2$$"
    assert outcomes(text) == ["refuted"]


def test_a_side_that_depends_on_no_value_is_another_number_for_all() -> None:
    text = r"Let $r_i = \frac{e^{a_i}}{\sum_j e^{a_j}}$. Here $a_1 = 0.3$. $$\sum_i r_i = 3$$"
    assert outcomes(text) == ["refuted"]


def test_a_general_definition_takes_the_place_of_a_number() -> None:
    text = r"""The output is worked out as $g = \frac{1}{1 + e^{-2}}$.

In general the output is

$$g = \frac{1}{1 + e^{-s}}$$

$$\frac{\partial g}{\partial s} = g (1 - g)$$
"""
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("g (1 - g)$$", "g (1 + g)$$")) == ["refuted"]


@pytest.mark.parametrize(
    "text",
    [
        r"$$0.4346 \times (-0.62) = -0.27$$",
        r"$$0.4346 \times (-0.62) = -0.268$$",
        r"$$\sin(2) - 1 = -0.0907$$",
        r"$$\sin(1) + 1 = 1.8414$$",
    ],
)
def test_decimals_may_have_been_rounded_before(text: str) -> None:
    assert "refuted" not in outcomes(text)


@pytest.mark.parametrize(
    "text",
    [
        r"$$0.43 \times 0.62 = 0.37$$",
        r"$$\log 2 = 0.694$$",
        r"$$0.5 \times 0.5 = 0.26$$",
        r"$$\sin(1) + 1 = 1.8416$$",
        r"$$-(0.7)^2 = -1.00$$",
    ],
)
def test_what_no_rounding_explains_is_refuted(text: str) -> None:
    assert outcomes(text) == ["refuted"]


def test_words_above_a_name_are_no_exponents() -> None:
    text = r"Let $C = (a - b)^2$. The new one is $$C^{\text{new}} = (3 - b)^2$$"
    assert outcomes(text) == []
    step = (
        r"$$w^{\text{new}} = w^{\text{old}} - \eta g$$ $$w^{\text{new}} + \eta g = w^{\text{old}}$$"
    )
    assert outcomes(step) == ["proved"]
    assert outcomes(step.replace("new}} + ", "new}} - ")) == ["refuted"]


LISTS = [
    (r"$$[0.72, 0.65] \odot [0.32, 0.21] = [0.23, 0.14]^T$$", "proved"),
    (r"$$[0.72, 0.65] \odot [0.32, 0.21] = [0.23, 0.16]^T$$", "refuted"),
    (r"$$[0.72, 0.65] + [0.32, 0.21] = [1.04, 0.86]$$", "proved"),
    (r"$$[0.72, 0.65] + [0.32, 0.21] = [1.04, 0.87]$$", "unproved"),  # of 0.654 and 0.214
    (r"$$[0.72, 0.65] + [0.32, 0.21] = [1.04, 0.96]$$", "refuted"),
    (r"$$\tanh([0.72, 0.65]) = [0.62, 0.57]^T$$", "proved"),
    (r"$$\tanh([0.72, 0.65]) = [0.62, 0.67]^T$$", "refuted"),
    (r"$$[2, 3] \odot \tanh([0.32, 0.21]) = [2, 3] \odot [0.31, 0.21]$$", "proved"),
    (r"$$[0.2, 0.3] \cdot [0.47, 0.68] + 0.05 = 0.348$$", "proved"),
    (r"$$[0.2, 0.3] \cdot [0.47, 0.68] + 0.05 = 0.448$$", "refuted"),
    (r"$$0.5 [2, 3] + [1, 1] = [2, 2.5]$$", "proved"),
    (r"$$0.5 [2, 3] + [1, 1] = [2, 3.5]$$", "refuted"),
    (r"$$1000 \times 32 = 32,000$$", "proved"),
    (r"$$665 + 200 + 850 = 1,715$$", "proved"),
    (r"$$665 + 200 + 850 = 1,725$$", "refuted"),
    (r"$$665 + 200 + 850 = 1, 715$$", "unproved"),  # two numbers
    (r"$$[1, 2] + [3, 4, 5] = [4, 6]$$", "unproved"),
    (r"$$[1, 2] * [3, 4] = [3, 8]$$", "unproved"),  # one of several products
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists_of_numbers(text: str, expected: str) -> None:
    found = [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]
    assert found == [expected]


def test_values_of_one_of_several_vectors() -> None:
    text = r"""The states are $\mathbf{h}_1 = [0.2, -0.1]$ and $$c_1 = [0.4, 0.5]^T$$"""
    found = derive.check(text, format="markdown").judgements
    assert [j.statement.kind for j in found] == ["definition", "definition"]


def test_what_is_said_of_such_vectors_is_said_of_their_values() -> None:
    text = (
        r"$\mathbf{h}_1 = [0.2, -0.1]$ and $\mathbf{h}_2 = [0.4, 0.5]$ give" + "\n\n"
        r"$$c = 0.5 \mathbf{h}_1 + 0.5 \mathbf{h}_2 = \begin{bmatrix} 0.3 \\ 0.2 \end{bmatrix}$$"
    )
    found = [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]
    assert "refuted" not in found


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (r"w h = 0.15 \cdot 2", "proved"),
        (r"w h = 0.14 \cdot 2", "refuted"),
        (r"w h = 0.1 \cdot 2", "refuted"),
        (r"w h = -0.15 \cdot 2", "refuted"),
    ],
)
def test_a_value_that_is_put_in_is_rounded_to_nearest(step: str, outcome: str) -> None:
    assert outcomes(rf"Let $w = 0.147$ and $h = 2$. Then ${step}$.") == [outcome]


STEP = "We start with $w = 2$. The cost is $C = w^2$, so $C = 4$. After one step, $w = 1.6$. "


@pytest.mark.parametrize("told", ["Now $C = 4$.", "Then $C + 1 = 5$.", "So $w^2 = 4$."])
def test_what_only_holds_with_the_value_before_is_not_proved(told: str) -> None:
    assert outcomes(STEP + told) == ["proved", "unproved", "unproved"]


def test_what_holds_with_the_value_that_a_name_has_now() -> None:
    assert outcomes(STEP + "Now $C = 2.56$.")[-1] in ("proved", "conditional")
    assert outcomes(STEP + "Now $C = 2.66$.")[-1] == "refuted"
    assert outcomes(STEP + r"Still, $\frac{dC}{dw} = 2 w$.")[-1] == "proved"
