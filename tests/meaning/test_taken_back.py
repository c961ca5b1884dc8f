"""What is supposed for a while proves nothing once a sentence may have taken it back."""

from __future__ import annotations

import pytest

import derive

PAGE = """\
The output is $y = w x + b$. {supposed} Then

$$ y = w x $$

{between}

$$ y - w x = 0 $$
"""


def outcomes(text: str) -> list[str]:
    found = [j.verdict for j in derive.check(text, format="markdown").claims]
    return [verdict.outcome for verdict in found if verdict is not None]


@pytest.mark.parametrize(
    "between",
    [
        "This assumption is not needed, as we see now.",
        "We will see later that this fails.",
        "Now the bias is back.",
        "Of course, the bias need not vanish.",
        "Now we allow for a nonzero bias.",
        "We now turn to the general case.",
        "So far we assumed $b = 0$. This is no longer the case.",
        "Let us do without this assumption.",
        "We undo this simplification.",
        "If $b \\neq 0$, things change.",
        "But $b = 0$ is too restrictive.",
        "Dropping $b = 0$ gives",
        "If we give up $b = 0$, we find",
        "The above only holds for $b = 0$. The result is",
        "With $b$ included, we get",
        "When $b$ is not zero, we have",
        "The simplifying assumption can now be lifted.",
    ],
)
@pytest.mark.parametrize("supposed", ["Assume for now that $b = 0$.", "Suppose $b = 0$."])
def test_a_sentence_that_takes_it_back(supposed: str, between: str) -> None:
    found = outcomes(PAGE.format(supposed=supposed, between=between))
    assert found[0] == "proved"
    assert found[-1] != "proved"


@pytest.mark.parametrize(
    "between",
    [
        "It follows that",
        "Note that this is a line through the origin.",
        "Since $b$ is zero, we also have",
        "We will drop this assumption later. Until then,",
        "We do not need the intercept. So",
    ],
)
@pytest.mark.parametrize("supposed", ["Assume for now that $b = 0$.", "Suppose $b = 0$."])
def test_a_sentence_that_goes_on(supposed: str, between: str) -> None:
    text = PAGE.format(supposed=supposed, between=between)
    assert outcomes(text)[0] == "proved"
    assert outcomes(text)[-1] == ("unproved" if "later" in between else "proved")
    assert outcomes(text.replace("- w x = 0", "- w x = b + 1"))[-1] == "refuted"


def test_an_end_that_is_announced_before_it_is_used() -> None:
    supposed = "Let us assume $b = 0$ (we will remove this restriction later)."
    found = outcomes(PAGE.format(supposed=supposed, between="It follows that"))
    assert "refuted" not in found


LOSS = """\
# Loss

The loss is $L = -\\sum_i t_i \\log p_i$ with $p_i = e^{z_i} / \\sum_j e^{z_j}$.
For simplicity, we assume first that $\\sum_i t_i = 1$.

$$ \\frac{\\partial L}{\\partial z_i} = p_i - t_i $$

Let us now relax the assumption that the targets sum to one. We find

"""


def test_targets_that_sum_to_one_no_more() -> None:
    wrong = LOSS + "$$ \\frac{\\partial L}{\\partial z_i} = p_i - t_i $$"
    right = LOSS + "$$ \\frac{\\partial L}{\\partial z_i} = p_i \\sum_j t_j - t_i $$"
    assert outcomes(wrong)[0] == "proved"
    assert outcomes(wrong)[1] != "proved"
    assert outcomes(right) == ["proved", "proved"]


@pytest.mark.parametrize(
    "said", ["Here we take $b = 0$.", "We first consider the case $b = 0$.", "Take $b = 0$."]
)
def test_a_value_that_goes_on_behind_the_first_step(said: str) -> None:
    """What holds with the value is no error; what does not hold even so, is one."""
    right = PAGE.format(supposed=said, between="It follows that")
    assert "refuted" not in outcomes(right)
    assert outcomes(right.replace("- w x = 0", "- w x = 1"))[-1] == "refuted"


def test_what_is_left_open_defines_nothing() -> None:
    """The same equation again is not proved by itself."""
    text = (
        "# Model\n\nThe output is $y = w x + b$. We temporarily assume $b = 0$.\n\n"
        "## Forward\n\n$$ y = w x $$\n\n## Bias\n\nNow let $b \\neq 0$. Then\n\n$$ y = w x $$\n"
    )
    assert outcomes(text)[-1] != "proved"


ROOT = r"Assume $x > 0$. Then $\sqrt{x^2} = x$. %s Then $\sqrt{x^2} = x$."
BIAS = "%s let $b = 0$. Let $f(x) = x + b$. %s Then $f(x) = x$."


@pytest.mark.parametrize(
    "over",
    [
        "So far we assumed $x > 0$. This is no longer the case.",
        "Until now, $x$ was positive. Now it need not be.",
        "This no longer holds.",
        "From now on this is not so.",
        "So far we have assumed that $x$ is positive, but it may be negative.",
    ],
)
def test_what_was_supposed_so_far(over: str) -> None:
    assert outcomes(ROOT % over)[-1] != "proved"
    assert (
        outcomes((ROOT % over).replace("Then", r"Always $\sqrt{x^2} = |x|$. Then"))[-2] == "proved"
    )


@pytest.mark.parametrize("while_", ["For the moment,", "Now"])
@pytest.mark.parametrize(
    "over", ["So far we assumed $b = 0$. This is no longer the case.", "Until now, $b = 0$."]
)
def test_a_value_that_was_given_so_far(while_: str, over: str) -> None:
    assert outcomes(BIAS % (while_, over))[-1] != "proved"


@pytest.mark.parametrize(
    "words",
    [
        "So far this is simple.",
        "This is not a problem.",
        "This does not depend on the data.",
    ],
)
def test_words_that_take_nothing_back(words: str) -> None:
    assert outcomes(ROOT % words)[-1] == "proved"
