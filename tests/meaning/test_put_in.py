"""What is put in for the arguments of a function, and what it may not be confused with."""

from __future__ import annotations

import pytest

import derive

# Bound letters and the letters of what is put in.
PRODUCT = r"Let $G(u, c) = \prod_i (u_i - c)$. Then "
LARGEST = r"Let $M(u, c) = \max_i (u_i - c)$. Then "
TOTAL = r"Let $S(u, c) = \sum_i (u_i - c)^2$. Then "
# Primes at what is also a parameter.
POWER = r"Let $f(s) = c s^2$. Then "
BY_WAY = r"Let $k = v^2$ and $f(s) = k s$. Then "
ALL = r"Let $f(s) = s \sum_j u_j$. Then "
# Definitions that do not show all of their arguments.
OPEN = r"The model has the outputs $q_i$. Let $J(w, b) = \sum_i (q_i - t_i)^2$. Then "
BOTH = r"Let $q = 3 s$ and $f(s) = s^2 + q$. Then "
NORM = r"Let $r(u) = \sum_i u_i^2$. Then "
FUNCTIONAL = r"Let $F(f, s) = f(s)^2$ and $g(s) = 2 s$. Then "
SHARES = r"Let $r(u)_i = \frac{e^{u_i}}{\sum_j e^{u_j}}$. Then "

PROVED = [
    TOTAL + r"$S(u, u_k) = \sum_i (u_i - u_k)^2$.",
    LARGEST + r"$M(u, u_k) = \max_i (u_i - u_k)$.",
    POWER + r"$f'(c) = 2 c^2$.",
    POWER + r"$f'(s) = 2 c s$ and $f'(3) = 6 c$.",
    BY_WAY + "$f'(v) = v^2$.",
    ALL + r"$f'(u_i) = \sum_j u_j$.",
    r"Let $f(s) = c$. Then $f(v) = c$.",
    r"Let $f(s) = \frac{1}{b - a}$. Then $f(3) = f(s)$.",
    NORM + r"$r(2 u) = 4 r(u)$.",
    r"Let $q_i = \operatorname{softmax}(u_i)$. Then $\sum_i q_i = 1$.",
]
NOT_PROVED = [
    PRODUCT + r"$G(u, u_i) = \prod_i (u_i - u_i)$.",
    LARGEST + "$M(u, u_i) = 0$.",
    TOTAL + "$S(u, u_i) = 0$.",
    POWER + "$f'(c) = 3 c^2$.",
    BY_WAY + "$f'(v) = 3 v^2$.",
    BY_WAY + "$f''(v) = 6 v$.",
    ALL + r"$f'(u_i) = \sum_j u_j + u_i$.",
    OPEN + "$J(0, 0) = J(w, b)$.",
    OPEN + "$J(b, w) = J(w, b)$.",
    r"Let $L(\theta) = (q - t)^2$. Then $L(\phi) = L(\theta)$.",
    BOTH + "$f(2) = 4 + q$.",
    BOTH + "$f(2) = 10$.",
    NORM + "$r(u_i) = r(u)$.",
    FUNCTIONAL + "$F(g, s) = 2 s^3$.",
    SHARES + "$r(u)_i = r(u_i)$.",
    r"Let $C(q) = \sum_i (q_i - t_i)^2$. Then $C(s, u) = C(q)$.",
    r"$$\operatorname{softmax}(u)_i = \operatorname{softmax}(u_i)$$",
]
# What is right, and may not be refuted.
NOT_REFUTED = [
    BOTH + "$f(2) = 10$.",
    FUNCTIONAL + "$F(g, s) = 4 s^2$.",
    r"Let $f(s) = s^c$. Then $f'(c) = c^c$.",
]


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize("text", PROVED)
def test_right(text: str) -> None:
    assert set(outcomes(text)) == {"proved"}


@pytest.mark.parametrize("text", NOT_PROVED)
def test_wrong(text: str) -> None:
    assert "proved" not in outcomes(text)


@pytest.mark.parametrize("text", NOT_REFUTED)
def test_not_refuted(text: str) -> None:
    assert "refuted" not in outcomes(text)


def kinds(text: str) -> list[str]:
    return [j.statement.kind for j in derive.check(text, format="markdown").judgements]


@pytest.mark.parametrize(
    ("first", "right", "wrong"),
    [
        (r"f_{w,b}(s) = w s + b", r"f_{b,w}(s) = b s + w", r"f_{b,w}(s) = w s + b"),
        (r"f_w(s) = w s", r"f_{2w}(s) = 2 w s", r"f_{2w}(s) = w s"),
        (r"f_w(s) = w s", r"f_{-w}(s) = -w s", r"f_{-w}(s) = w s"),
        (r"h_\theta(s) = \theta s", r"h_\phi(s) = \phi s", r"h_\phi(s) = \theta s"),
    ],
)
def test_parameters_below_a_function(first: str, right: str, wrong: str) -> None:
    """What is said of all w is said of 2 w, and no definition of another function."""
    assert set(outcomes(f"$$ {first} $$\n\n$$ {right} $$\n")) <= {"proved"}
    (outcome,) = outcomes(f"$$ {first} $$\n\n$$ {wrong} $$\n")
    assert outcome in ("refuted", "conditional")


def test_what_the_gamma_function_is_no_text_defines() -> None:
    assert kinds(r"$$\Gamma(n) = n!$$") == ["claim"]
    assert outcomes(r"$$\Gamma(n) = n!$$") == ["unproved"]
    assert kinds(r"$$\Gamma(s) = s^2$$") == ["definition"]


@pytest.mark.parametrize(
    "text",
    [
        "$$T(n) = 2 T(n / 2) + n$$",
        "$$f(s) f(t) = f(s + t)$$",
        "Let $f(n) = n f(n - 1)$.",
        r"We use $\Gamma(n + 1) = n \Gamma(n)$.",
        "$$P(A, B) = P(A) P(B)$$",
    ],
)
def test_an_equation_may_say_which_function_is_meant(text: str) -> None:
    assert outcomes(text) == ["unproved"]


@pytest.mark.parametrize(
    "text",
    [
        "$$f(s) + f(s) = f(s)$$",
        r"$$\frac{d}{ds} f(g(s)) = f'(g(s))$$",
        r"$$(\sum_i f(u_i))^2 = \sum_i f(u_i)^2$$",
        r"$$f(u_i) = f(u_j)$$",
        "Let $f(s) = s^2$. Then $f(s + t) = f(s) + f(t)$.",
    ],
)
def test_what_holds_of_no_function_or_not_of_this_one(text: str) -> None:
    assert outcomes(text)[-1] in ("refuted", "conditional")
