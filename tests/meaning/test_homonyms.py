"""Letters with two meanings: formal arguments, squares in brackets, and pi."""

from __future__ import annotations

import pytest

import derive

NORMAL = r"""The density is
$$\mathcal{N}(x \mid \mu, \sigma^2) = \frac{1}{\sqrt{2\pi\sigma^2}}
\exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right).$$
"""
MIXTURE = (
    NORMAL
    + r"""
A mixture with the weights $\pi_k$ has
$$\ell = \sum_{n=1}^N \log \sum_{k=1}^K \pi_k \mathcal{N}(x_n \mid \mu_k, \sigma_k^2)$$
$$\gamma_{nk} = \frac{\pi_k \mathcal{N}(x_n \mid \mu_k, \sigma_k^2)}
{\sum_{j=1}^K \pi_j \mathcal{N}(x_n \mid \mu_j, \sigma_j^2)}.$$
"""
)
LIKELIHOOD = r"""
$$\ell(\mu, \sigma^2) = -\frac{n}{2} \log(2\pi) - \frac{n}{2} \log \sigma^2
- \frac{1}{2\sigma^2} \sum_{i=1}^n (x_i - \mu)^2$$
"""
POLICY = r"""The policy is
$\pi(a \mid s) = \frac{1}{\sqrt{2\pi} \sigma} \exp\left(-\frac{(a - \mu)^2}{2\sigma^2}\right)$.
"""
RIGHT = [
    (POLICY, r"\frac{\partial}{\partial \mu} \log \pi(a \mid s) = \frac{a - \mu}{\sigma^2}"),
    (
        POLICY,
        r"\log \pi(a \mid s) = -\frac{(a - \mu)^2}{2\sigma^2} - \log \sigma - \frac12 \log 2\pi",
    ),
    (MIXTURE, r"\sum_k \gamma_{nk} = 1"),
    (
        MIXTURE,
        r"\frac{\partial \ell}{\partial \mu_k} = \sum_n \gamma_{nk} \frac{x_n-\mu_k}{\sigma_k^2}",
    ),
    (MIXTURE, r"\frac{\partial \ell}{\partial \pi_k} = \sum_n \frac{\gamma_{nk}}{\pi_k}"),
    (NORMAL, r"\mathcal{N}(0 \mid 0, 1) = \frac{1}{\sqrt{2\pi}}"),
    (NORMAL, r"\mathcal{N}(0 \mid 0, 4) = \frac{1}{2\sqrt{2\pi}}"),
    (NORMAL, r"\mathcal{N}(a \mid 0, v) = \frac{1}{\sqrt{2\pi v}} e^{-a^2/(2v)}"),
    (LIKELIHOOD, r"\frac{\partial \ell}{\partial \mu} = \frac{1}{\sigma^2} \sum_i (x_i - \mu)"),
    (
        LIKELIHOOD,
        r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} "
        r"+ \frac{1}{2\sigma^4} \sum_i (x_i - \mu)^2",
    ),
]
WRONG = [
    (POLICY, r"\frac{\partial}{\partial \mu} \log \pi(a \mid s) = \frac{\mu - a}{\sigma^2}"),
    (
        POLICY,
        r"\log \pi(a \mid s) = -\frac{(a - \mu)^2}{2\sigma^2} - \log \sigma - \log 2\pi",
    ),
    (MIXTURE, r"\sum_n \gamma_{nk} = 1"),
    (
        MIXTURE,
        r"\frac{\partial \ell}{\partial \mu_k} = \sum_n \gamma_{nk} \frac{x_n-\mu_k}{\sigma_k}",
    ),
    (MIXTURE, r"\frac{\partial \ell}{\partial \pi_k} = \sum_n \gamma_{nk} \pi_k"),
    (NORMAL, r"\mathcal{N}(0 \mid 0, 4) = \frac{1}{4\sqrt{2\pi}}"),
    (NORMAL, r"\mathcal{N}(a \mid 0, v) = \frac{1}{\sqrt{2\pi v^2}} e^{-a^2/(2v^2)}"),
    (LIKELIHOOD, r"\frac{\partial \ell}{\partial \mu} = \frac{1}{\sigma^2} \sum_i (\mu - x_i)"),
    (
        LIKELIHOOD,
        r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{\sigma} "
        r"+ \frac{1}{\sigma^3} \sum_i (x_i - \mu)^2",
    ),
    # A square that is no variance says nothing of the kind.
    ("Let $f(x) = 2 x$.", "f(x^2) = f(x)^2"),
    ("Let $f(x^2) = x^4$.", "f(3) = 81"),
]


def verdict(before: str, claim: str) -> str:
    *_, last = derive.check(f"{before}\n\n$${claim}$$", format="markdown").claims
    assert last.verdict is not None
    return last.verdict.outcome


@pytest.mark.parametrize(("before", "claim"), RIGHT)
def test_right(before: str, claim: str) -> None:
    assert verdict(before, claim) == "proved"


@pytest.mark.parametrize(("before", "claim"), WRONG)
def test_wrong(before: str, claim: str) -> None:
    assert verdict(before, claim) != "proved"


def test_a_letter_that_is_computed_with_elsewhere_is_the_same() -> None:
    text = r"Let $f(\mu) = \mu^2$ and $s = \sum_k f(\mu_k)$, $g = \mu + 1$."
    assert verdict(text, r"s = \sum_k \mu_k^2") == "proved"
