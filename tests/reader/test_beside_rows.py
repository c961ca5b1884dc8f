"""Conditions in tags, fractions within the braces of an argument, words typed as letters."""

from __future__ import annotations

import derive


def outcomes(text: str) -> list[str]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


def test_a_condition_in_a_tag() -> None:
    text = r"""$$\begin{align}
L &= \max(0, 1 - m) \\
&= 1 - m \tag{if $m SIGN 1$}
\end{align}$$"""
    assert outcomes(text.replace("SIGN", "<")) == ["proved"]
    assert outcomes(text.replace("SIGN", ">")) == ["refuted"]
    assert outcomes(text.replace(r"if $m SIGN 1$", "2")) != ["proved"]


def test_a_fraction_within_the_argument() -> None:
    text = r"For $a, b > 0$: $$\log {{a} \over {b}} = \log a SIGN \log b$$"
    assert outcomes(text.replace("SIGN", "-")) == ["proved"]
    assert outcomes(text.replace("SIGN", "+")) == ["refuted"]
