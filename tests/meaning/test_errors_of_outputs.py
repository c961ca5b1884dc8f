"""A network with named outputs, as worked examples write them: ``out_{o1}``, ``delta_{o1}``."""

from __future__ import annotations

import pytest

import derive

PAGE = r"""The total error is
$$E_{total} = \sum \frac{1}{2}(target - output)^{2}$$
that is
$$E_{total} = \frac{1}{2}(target_{o1} - out_{o1})^{2} + \frac{1}{2}(target_{o2} - out_{o2})^{2}$$
where
$$out_{o1} = \frac{1}{1+e^{-net_{o1}}}, \quad net_{o1} = w_5 * out_{h1} + w_6 * out_{h2} + b$$

"""
BY_OUT = r"""$$\frac{\partial E_{total}}{\partial out_{o1}}
= 2 * \frac{1}{2}(target_{o1} - out_{o1})^{(2 - 1)} * -1 + 0 = -(target_{o1} - out_{o1})$$
"""
BY_WEIGHT = r"""$$\frac{\partial net_{o1}}{\partial w_{5}}
= 1 * out_{h1} * w_5^{(1 - 1)} + 0 + 0 = out_{h1}$$
"""


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize("step", [BY_OUT, BY_WEIGHT])
def test_what_a_schematic_sum_stands_for_is_said_later(step: str) -> None:
    assert set(outcomes(PAGE + step)) == {"proved"}


@pytest.mark.parametrize(
    "step",
    [
        BY_OUT.replace("* -1", "* 1"),
        BY_OUT.replace("(2 - 1)", "(2 - 2)"),
        BY_WEIGHT.replace("= out_{h1}", "= w_5 out_{h1}"),
        BY_WEIGHT.replace("w_5^{(1 - 1)}", "w_5^{(2 - 1)}"),
    ],
)
def test_wrong_steps(step: str) -> None:
    assert "refuted" in outcomes(PAGE + step)


def test_the_delta_of_the_first_output_is_not_kroneckers() -> None:
    text = (
        PAGE
        + r"""Let
$$\delta_{o1} = \frac{\partial E_{total}}{\partial out_{o1}}
* \frac{\partial out_{o1}}{\partial net_{o1}}$$
Then
$$\delta_{o1} = -(target_{o1} - out_{o1}) * out_{o1} (1 - out_{o1})$$
"""
    )
    assert "refuted" not in outcomes(text)
    wrong = text.replace("= -(target_{o1} - out_{o1}) *", "= (target_{o1} - out_{o1}) *")
    assert "proved" not in outcomes(wrong)
