"""What stands above the value of a function and numbers it: ``F(x)^t`` is no power."""

from __future__ import annotations

import derive

TEXT = r"""A model $F(x)$ of the data $x_i$ is the sum $\sum_i F(x_i)$ of its stages $f_k(x)$:

$$F(x)^0 = 0$$

$$F(x)^1 = f_1(x) = F(x)^0 + f_1(x)$$

$$F(x)^2 = f_1(x) + f_2(x) = F(x)^1 + f_2(x)$$
"""


def outcomes(text: str) -> list[str]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


def test_stages_are_numbered() -> None:
    assert outcomes(TEXT) == ["proved", "proved"]
    wrong = TEXT.replace("= F(x)^1 + f_2(x)", "= F(x)^1 + f_1(x)")
    assert outcomes(wrong) == ["proved", "refuted"]


def test_a_power_of_a_value_is_a_power() -> None:
    text = r"Let $F(x) = x + 1$. $$F(x)^2 = x^2 + 2 x + 1$$"
    assert outcomes(text) == ["proved"]
    assert outcomes(text.replace("2 x + 1$$", "x + 1$$")) == ["refuted"]
    assert outcomes(text + " As always $F(x)^0 = 1$.")[0] == "proved"
