"""Letters that custom names: the sigma of gates and of preferences, the Phi of GELU."""

from __future__ import annotations

import pytest

import derive

GRU = r"A GRU has the gates $z = \sigma(a)$, and $h = (1 - z) n + z g$. "
DPO = r"""Under the Bradley–Terry model, let $u = \beta (\log \pi_w - \log \pi_l)$ and
$L = -\log \sigma(u)$. """
GELU = r"""Let $\Phi$ be the CDF of the standard normal and $\phi$ its density, and
$g(x) = x \Phi(x)$. """
RIGHT = [
    (GRU, r"\frac{\partial h}{\partial a} = (g - n) z (1 - z)", "(g - n) z (1 + z)"),
    (DPO, r"\frac{dL}{du} = -\sigma(-u)", r"\sigma(-u)"),
    (DPO, r"\frac{\partial L}{\partial \pi_l} = \frac{\beta \sigma(-u)}{\pi_l}", r"\sigma(-u)"),
    (GELU, r"g'(x) = \Phi(x) + x \phi(x)", r"\Phi(x) + \phi(x)"),
    (GELU, r"g''(x) = (2 - x^2) \phi(x)", r"(2 + x^2) \phi(x)"),
    (GELU, r"\phi'(x) = -x \phi(x)", r"x \phi(x)"),
]


def outcome(text: str) -> str:
    *_, last = derive.check(text, format="markdown").claims
    assert last.verdict is not None
    return last.verdict.outcome


@pytest.mark.parametrize(("before", "claim", "wrong"), RIGHT)
def test_letters_named_by_custom(before: str, claim: str, wrong: str) -> None:
    assert outcome(f"{before}\n\n$${claim}$$") == "proved"
    left = claim.partition("=")[0]
    assert outcome(f"{before}\n\n$${left} = {wrong}$$") in ("refuted", "conditional")


def test_a_sigma_of_which_nothing_is_said_is_open() -> None:
    text = r"Let $z = \sigma(a)$. Then $\frac{dz}{da} = z (1 - z)$."
    assert outcome(text) == "conditional"


def test_a_phi_of_which_nothing_is_said_is_open() -> None:
    text = r"Let $g(x) = x \Phi(x)$. Then $g'(x) = \Phi(x) + x e^{-x^2/2}$."
    assert outcome(text) != "proved"
