"""Functions applied to their own arguments in another order: all are put in at once."""

from __future__ import annotations

import pytest

import derive

DIVERGENCE = r"Let $D(p, q) = \sum_i p_i \log \frac{p_i}{q_i}$. Then "
BAR = DIVERGENCE.replace("D(p, q)", r"D(p \| q)")
NUMBERS = "Let $g(x, y) = x^2 y$. Then "
INNER = "Let $h(x) = w x + b$ and $J(w, b) = h(x)^2$. Then "


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (DIVERGENCE + r"$D(q, p) = \sum_i q_i \log \frac{q_i}{p_i}$.", "proved"),
        (DIVERGENCE + "$D(q, p) = 0$.", "refuted"),
        (DIVERGENCE + "$D(q, p) = D(p, q)$.", "refuted"),
        (DIVERGENCE + r"$D(p, q) + D(q, p) = \sum_i p_i \log \frac{p_i}{q_i}$.", "refuted"),
        (BAR + r"$D(q \| p) = \sum_i q_i \log \frac{q_i}{p_i}$.", "proved"),
        (BAR + r"$D(q \| p) = 0$.", "refuted"),
        (DIVERGENCE + "$D(p, p) = 0$.", "proved"),
        (NUMBERS + "$g(y, x) = y^2 x$.", "proved"),
        (NUMBERS + "$g(y, x) = y^3$.", "refuted"),
        (NUMBERS + "$g(x y, x) = x^3 y^2$.", "proved"),
        (INNER + "$J(b, w) = (b x + w)^2$.", "proved"),
        (INNER + "$J(b, w) = (b x + b)^2$.", "refuted"),
        (INNER + "$J(b, w) = (w x + w)^2$.", "refuted"),
    ],
)
def test_all_arguments_are_put_in_at_once(text: str, outcome: str) -> None:
    (claim,) = derive.check(text, format="markdown").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == outcome


@pytest.mark.parametrize(("sign", "outcome"), [("-", "proved"), ("+", "refuted")])
def test_the_sum_of_both_divergences(sign: str, outcome: str) -> None:
    text = rf"$D(p, q) + D(q, p) = \sum_i (p_i {sign} q_i) \log \frac{{p_i}}{{q_i}}$."
    (claim,) = derive.check(DIVERGENCE + text, format="markdown").claims
    assert claim.verdict is not None
    assert claim.verdict.outcome == outcome
