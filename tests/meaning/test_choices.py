"""Where a document can be read in two ways, and the second way changes the verdict, it is said."""

from __future__ import annotations

import pytest

import derive
from derive.prover.verdict import Verdict
from derive.report.layout import Style
from derive.report.text import page

WRONG = ("refuted", "conditional")

# A document of which the last claim is false as it is usually read and true the other way, and
# what the message says of both ways.
OTHERWISE = {
    "a slash before two factors": (
        r"$$g = (x - m)^2 / 2 s^2$$ $$\frac{\partial g}{\partial x} = \frac{x - m}{s^2}$$",
        ("a / b c as (a / b) c", "a / b c as a / (b c)"),
    ),
    "a slash before a number and a letter": (
        r"$$f = 1/2x$$ $$\frac{df}{dx} = 1/2$$",
        ("1/2x as 1 / (2x)", "1/2x as (1/2) x"),
    ),
    "bits": (
        "The entropy in bits is $H = -\\sum_i p_i \\log p_i$.\n\n"
        r"$$\frac{\partial H}{\partial p_k} = -\log p_k - \frac{1}{\ln 2}$$",
        ("natural logarithm", "base 2"),
    ),
    "how far a logarithm reaches": (
        r"$$F = \sum_i \log p_i t_i$$ $$\frac{\partial F}{\partial t_k} = \log p_k$$",
        ("log(x y)", "log(x) y"),
    ),
    "a function or a factor": (
        r"$$1 - k(x + y) = 1 - k(x) - k(y)$$",
        ("k as a function", "k as a factor"),
    ),
}

# True if something holds that the document takes for granted.
SUPPOSED = {
    "sigma": (r"$$\tanh x = 2\sigma(2x) - 1$$", r"\sigma(x) = \frac{1}{1 + e^{-x}}"),
    "a size": (r"$$\sum_{j \neq k} 1 = N - 1$$", "N "),
    "rows": (
        r"""Let $\hat{y}_i = \mathbf{w}^\top \mathbf{x}_i$.

$$\hat{\mathbf{y}} = \mathbf{X} \mathbf{w}$$

where $\mathbf{X}^\top \mathbf{X} = \mathbf{X}^\top \mathbf{X}$.""",
        "X_{ij} = x_{ij}",
    ),
}


def _last(text: str) -> Verdict:
    verdict = derive.check(text).claims[-1].verdict
    assert verdict is not None
    return verdict


@pytest.mark.parametrize(("text", "ways"), OTHERWISE.values(), ids=OTHERWISE)
def test_a_second_reading_that_holds_is_named(text: str, ways: tuple[str, str]) -> None:
    verdict = _last(text)
    assert verdict.outcome == "unproved"
    assert all(way in verdict.message for way in ways)
    assert "refuted" in verdict.message
    assert "proved" in verdict.message


@pytest.mark.parametrize(("text", "missing"), SUPPOSED.values(), ids=SUPPOSED)
def test_what_is_taken_for_granted_is_a_missing_hypothesis(text: str, missing: str) -> None:
    verdicts = [c.verdict for c in derive.check(text).claims]
    conditional = [v for v in verdicts if v is not None and v.outcome == "conditional"]
    assert conditional
    assert conditional[0].missing[0].source.startswith(missing)
    assert conditional[0].counterexample is not None


def test_what_is_false_either_way_is_refuted() -> None:
    text = r"$$g = (x - m)^2 / 2 s^2$$ $$\frac{\partial g}{\partial x} = \frac{x + m}{s^2}$$"
    assert _last(text).outcome == "refuted"


# The last claim holds as it is usually read; what is said of the other way.
DOUBTED = {
    "a slash before two factors": (
        r"$$g = x^2 / 2 s$$ $$\frac{\partial g}{\partial x} = x s$$",
        "with a / b c as a / (b c) it would be refuted",
    ),
    "a slash before a number and a letter": (
        r"$$f = 1/2x$$ $$\frac{df}{dx} = -\frac{1}{2 x^2}$$",
        "with 1/2x as (1/2) x it would be refuted",
    ),
    "how far a logarithm reaches": (
        r"$$F = \sum_i \log p_i t_i$$ $$\frac{\partial F}{\partial t_k} = \frac{1}{t_k}$$",
        "with log x y as log(x) y it would be refuted",
    ),
}

# The other way is one that nobody means who does not say so, or it makes no difference.
SETTLED = {
    "sums": r"$$f = \sum_i x_i^2 + c$$ $$\frac{\partial f}{\partial c} = 1$$",
    "the base": "The entropy in bits is $H = -\\sum_i p_i \\log p_i$.\n\n"
    r"$$\frac{\partial H}{\partial p_k} = -\log p_k - 1$$",
    "a logarithm of a function": r"$$L(p) = p^2$$ $$\frac{d}{dp} \log L(p) = \frac{2}{p}$$",
    "the same claim": r"$$g = x^2 / 2 s$$ $$a + b = b + a$$",
    "true either way": r"$$\log p t + \log q = \log q + \log p t$$",
}


@pytest.mark.parametrize(("text", "message"), DOUBTED.values(), ids=DOUBTED)
def test_a_second_reading_in_which_it_would_be_false_is_named(text: str, message: str) -> None:
    verdict = _last(text)
    assert (verdict.outcome, verdict.message) == ("proved", message)
    shown = page(derive.check(text), Style())
    assert message in " ".join(shown.split())


@pytest.mark.parametrize("text", SETTLED.values(), ids=SETTLED)
def test_where_no_doubt_is_left_nothing_is_said(text: str) -> None:
    verdict = _last(text)
    assert (verdict.outcome, verdict.message) == ("proved", "")


def test_choices_are_listed() -> None:
    report = derive.check(r"$$g = x^2 / 2 s$$")
    assert any("a / b c" in guess for guess in report.guesses)


def test_a_letter_of_a_constant_that_the_document_defines() -> None:
    text = "Let $e = y - a x$ and $E = \\frac{1}{2} e^2$.\n\n" + r"$$\frac{dE}{da} = -e x$$"
    assert _last(text).outcome == "proved"
    assert _last(text.replace("-e x", "e x")).outcome in WRONG
    both = "Let $e = y - s$, $s = \\frac{1}{1 + e^{-x}}$.\n\n" + r"$$\frac{de}{dx} = -s(1 - s)$$"
    assert _last(both).outcome == "proved"


def test_digits_above_a_name_number_it_where_one_of_them_is_1() -> None:
    text = r"""$$z^1 = W^1 x, \quad a^1 = \tanh(z^1), \quad z^2 = W^2 a^1$$
$$C = \frac12 (z^2 - y)^2$$
$$\frac{\partial C}{\partial W^2} = (z^2 - y) a^1$$"""
    assert _last(text).outcome == "proved"
    assert _last(text.replace("(z^2 - y) a^1", "(z^2 + y) a^1")).outcome == "refuted"


def test_a_sum_goes_on_where_its_letter_does() -> None:
    text = r"""$$L = -\sum_{i=1}^n y_i \log p_i + (1-y_i) \log(1-p_i)$$
$$\frac{\partial L}{\partial p_k} = -\frac{y_k}{p_k} + \frac{1-y_k}{1-p_k}$$"""
    assert _last(text).outcome == "proved"
    assert _last(text.replace(r"+ \frac{1-y_k}", r"- \frac{1-y_k}")).outcome in WRONG
    free = r"$$\frac{\partial}{\partial z_i} (\sum_i z_i^2 + z_i) = 2 z_i + 1$$"
    assert _last(free).outcome == "proved"


def test_a_size_that_stands_elsewhere_may_be_the_number_of_terms_here() -> None:
    text = r"$$ y = \sum_{j=1}^N x_j $$ $$ \frac{1}{N-1} \sum_{j \neq k} c = c $$"
    (step,) = derive.check(text).claims
    assert step.verdict.outcome == "conditional"
    (wrong,) = derive.check(text.replace("= c $$", "= 2 c $$")).claims
    assert wrong.verdict.outcome == "refuted"


def test_a_square_does_not_say_the_sign_of_what_is_squared() -> None:
    text = r"The error is $$e_i^2 = (r_i - s_i)^2$$ "
    slope = r"$$\frac{\partial e_i^2}{\partial s_i} = -2 (r_i - s_i)$$"
    assert _last(text + slope).outcome == "proved"
    assert _last(text + slope.replace("-2", "2")).outcome == "refuted"
    sign = _last(text + "$$e_i = s_i - r_i$$")
    assert sign.outcome == "unproved"
    assert "e as minus what is squared it is proved" in sign.message
    assert "minus what is squared" in _last(text + slope.replace("(r_i - s_i)", "e_i")).message
    assert _last(text + "$$e_i = s_i + r_i$$").outcome in WRONG


def test_one_layer_is_numbered() -> None:
    text = r"""$$z^1 = W^1 x, \quad a^1 = \tanh(z^1)$$ $$C = \frac12 (a^1 - y)^2$$
$$\frac{\partial C}{\partial z^1} = (a^1 - y)(1 - (a^1)^2)$$"""
    assert _last(text).outcome == "proved"
    assert _last(text.replace("(1 - (a^1)^2)", "(1 + (a^1)^2)")).outcome == "refuted"


def test_a_circle_numbers_no_powers() -> None:
    text = r"""Let $S^1$ be the unit circle and $M = M_1 + M_2$.
$$\frac{M_1^2}{M} - M_1 + \frac{M_1 M_2}{M} = 0$$"""
    assert _last(text).outcome == "proved"
    assert _last(text.replace("- M_1 +", "+ M_1 +")).outcome == "refuted"
