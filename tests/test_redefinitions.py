"""A name that is given another meaning on the way, as textbooks do, and what only looks so."""

from __future__ import annotations

import pytest

import derive
from derive.report.findings import findings
from derive.report.layout import Style

# Outcomes of the claims, in order; what is a definition has none.
ANEW = {
    "let": (
        """Example 1. Let $f(x) = x^2$. Then $f'(x) = 2x$.

Example 2. Let $f(x) = x^3$. Then $f'(x) = 3x^2$.

Example 3. Let $f(x) = x^4$. Then $f'(x) = 3x^3$.
""",
        "proved proved refuted",
    ),
    "instead": (
        r"""Let $a = w x + b$.

$$\frac{\partial a}{\partial w} = x$$

With a square we have instead $a = (w x + b)^2$ and

$$\frac{\partial a}{\partial w} = 2 (w x + b) x$$

$$\frac{\partial a}{\partial b} = 2 (w x + b) x$$
""",
        "proved proved refuted",
    ),
    "a variant with a new letter": (
        r"""The softmax is

$$q_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$

With a temperature $T$ it becomes

$$q_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}$$

$$\frac{\partial q_i}{\partial z_k} = \frac{1}{T} q_i(\delta_{ik} - q_k)$$

$$\frac{\partial q_i}{\partial z_k} = q_i(\delta_{ik} - q_k)$$
""",
        "proved refuted",
    ),
    "a penalty is added": (
        r"""$$L = \sum_i (y_i - t_i)^2$$

If we add weight decay, the loss is

$$L = \sum_i (y_i - t_i)^2 + \lambda \sum_j w_j^2$$

$$\frac{\partial L}{\partial w_k} = 2 \lambda w_k$$

$$\frac{\partial L}{\partial w_k} = \lambda w_k$$
""",
        "proved refuted",
    ),
    "a section for each activation": (
        r"""## Squared

$$f(x) = x^2$$

$$f'(x) = 2 x$$

## Exponential

$$f(x) = e^{2 x}$$

$$f'(x) = 2 f(x)$$

$$f'(x) = f(x)$$
""",
        "proved proved refuted",
    ),
    "another loss in another section": (
        r"""## Regression

$$L = \sum_i (y_i - t_i)^2$$

## Classification

Here we use the cross entropy loss

$$L = -\sum_i t_i \log y_i$$

$$\frac{\partial L}{\partial y_k} = -\frac{t_k}{y_k}$$

$$\frac{\partial L}{\partial y_k} = 2 (y_k - t_k)$$
""",
        "proved refuted",
    ),
}

ANEW |= {
    "a list of gradients": (
        r"""Let $x, b \in \mathbb{R}^n$ and $A \in \mathbb{R}^{n \times n}$.

1. $f(x) = b^\top x$, $\nabla f = b$.
2. $f(x) = x^\top A x$, $\nabla f = (A + A^\top) x$.
3. $f(x) = \|A x - b\|^2$, $\nabla f = 2 A^\top (A x - b)$.
4. $f(x) = \|A x\|^2$, $\nabla f = 2 A A^\top x$.
""",
        "proved proved proved conditional",  # A A^T x is right for a symmetric A
    ),
    "an example": (
        r"""Let $h(x) = f(x) g(x)$. Then $h'(x) = f'(x) g(x) + f(x) g'(x)$.

**Example.** $h(x) = x^2 \sin x$, so $h'(x) = 2x \sin x + x^2 \cos x$.

**Example 2.** $h(x) = x^3 \sin x$, so $h'(x) = 2x \sin x + x^2 \cos x$.
""",
        "proved proved refuted",
    ),
    "sections that each begin with an equation": (
        r"""## First

$$y = x^2$$

## Second

$$y = x^3$$

$$\frac{dy}{dx} = 3 x^2$$

$$\frac{dy}{dx} = 2 x$$
""",
        "proved refuted",
    ),
}

# What could be meant so is told as something that the text does not say.
PERHAPS = {
    "a new letter": (
        r"""$$L = \sum_i y_i^2$$ $$L = \sum_i y_i^2 + c$$
$$\frac{\partial L}{\partial c} = 1$$ $$\frac{\partial L}{\partial c} = 2$$""",
        "conditional conditional refuted",
    ),
    "another section": (
        r"""## First

$$y = x^2$$

## Second

Here are some words.

$$y = x^3$$

$$\frac{dy}{dx} = 3 x^2$$
""",
        "conditional proved",
    ),
    "a variant of the same data": (
        r"""$$y = x^2$$ Another choice is $$y = x^3$$ with $$\frac{dy}{dx} = 3 x^2$$""",
        "conditional proved",
    ),
    "now": (r"$$y = x^2$$ Now $$y = x^3$$", "conditional"),
    "a list of facts": (
        """Let $f(x) = x^2 + 1$.

1. $f(x) = x^2 - 1$
2. $f'(x) = 2x$
""",
        "conditional proved",
    ),
    "an example of what is not general": (
        r"Let $f(x) = x^2 + 1$. For example, $f(x) = x^2 - 1$.",
        "conditional",
    ),
    "in the sentence that defines it": (
        r"""Let $q_i = e^{f_i}$, and let the cost be

$$H = -\sum_i q_i$$

With this we have:

$$H = \sum_i q_i$$
""",
        "conditional",
    ),
}

# Claims about what is defined already, true ones and false ones.
CLAIMED = {
    "steps": (
        r"""# Setting

$$y = x^2 + x$$

## Step 1: Use the common factor

$$y = x (x - 1)$$
""",
        "refuted",
    ),
    "in the same section": (
        r"$$y = x^2 + x$$ $$y = x (x + 1)$$ $$y = x (x - 1)$$",
        "proved refuted",
    ),
    "a conclusion in another section": (
        r"""## First

$$y = x^2$$

## Second

Therefore

$$y = x^3$$
""",
        "refuted",
    ),
    "it follows that": (
        r"""We have $y = x^2$. We now use the chain rule and therefore get

$$y = x^3$$
""",
        "refuted",
    ),
    "true, with letters of its own": (
        r"""$$y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$

If we add a constant $c$ to all of the $z_i$, the values are identical:

$$y_i = \frac{e^{z_i + c}}{\sum_j e^{z_j + c}}$$
""",
        "proved",
    ),
    "said to be the same": (
        r"""$$y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$

If we add a constant $c$ to all of the $z_i$, the values are identical:

$$y_i = \frac{e^{z_i + c}}{\sum_j e^{z_j}}$$
""",
        "conditional",
    ),
    "written otherwise": (
        r"""$$L = (y - t)^2$$ with $y = w x + b$.

We can now write it in terms of $w$:

$$L = (w x + b + t)^2$$

$$\frac{\partial L}{\partial w} = 2 (w x + b + t) x$$
""",
        "refuted refuted",
    ),
    "we write": ("$$f(x) = (x + 1)^2$$ Now we write $f(x) = x^2 + x + 1$.", "refuted"),
    "a rule is used": (
        r"$$y = x^2$$ If we use the chain rule, then $$y = x^3$$",
        "refuted",
    ),
    "a little algebra": (r"$$y = x^2$$ With a little algebra $$y = c x^2$$", "conditional"),
    "let us show": (r"$$y = x^2 + x$$ Let us show that $$y = x^2 - x$$", "refuted"),
    "something else is let be": (
        r"""The cost is $H = \sum_i p_i$. Let $a_i = 2 p_i$, then we have

$$H = 3 \sum_i a_i$$

Let $b_i = 2 p_i$, so that

$$H = 3 \sum_i b_i$$
""",
        "refuted refuted",
    ),
    "in the sentence that defines it": (
        r"""Let $q_i = e^{f_i}$, and let the cost be

$$H = -\sum_i q_i$$

$$H = \sum_i q_i$$
""",
        "refuted",
    ),
    "since": (r"$$y = x^2$$ Since $$y = x^3$$ is odd, we are done.", "refuted"),
}


def outcomes(text: str) -> str:
    found = [judgement.verdict for judgement in derive.check(text, format="markdown").claims]
    return " ".join(verdict.outcome for verdict in found if verdict is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    {**ANEW, **PERHAPS, **CLAIMED}.values(),
    ids={**ANEW, **PERHAPS, **CLAIMED},
)
def test_what_an_equation_about_a_known_name_is(text: str, expected: str) -> None:
    assert outcomes(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in ANEW.values()], ids=ANEW)
def test_a_new_meaning_is_told(text: str) -> None:
    report = derive.check(text, format="markdown")
    assert any("defined anew" in judgement.statement.note for judgement in report.judgements)


@pytest.mark.parametrize("text", [text for text, _ in PERHAPS.values()], ids=PERHAPS)
def test_a_meaning_that_the_text_does_not_announce_is_named(text: str) -> None:
    verdict = derive.check(text, format="markdown").claims[0].verdict
    assert verdict is not None
    assert verdict.counterexample is not None
    (missing,) = verdict.missing
    assert "anew" in missing.source


def test_a_new_meaning_is_a_finding() -> None:
    text = "Let $f(x) = x^2$. Then $f'(x) = 2x$. Let $f(x) = x^3$. Then $f'(x) = 3x^2$."
    (line,) = findings(derive.check(text, format="markdown"), Style(80))
    assert "note: f(x) = x³: f is defined anew from here on" in line


@pytest.mark.parametrize("between", ["", "\n\n"])
def test_what_is_made_of_a_name_that_is_defined_anew_is_unclear(between: str) -> None:
    """``g = f + 1`` may be what it was, or follow the new f."""
    text = (
        f"Let $f(x) = x^2$ and $g(x) = f(x) + 1$.{between} Now let $f(x) = x^3$.{between} "
        "Then $g(x) = CUBE + 1$."
    )
    for power in ("x^2", "x^3"):
        *_, last = derive.check(text.replace("CUBE", power), format="markdown").claims
        assert last.verdict is not None
        assert last.verdict.outcome == "unproved"
    *_, last = derive.check(text.replace("g(x) = CUBE + 1", "f(x) = x^3 + 1")).claims
    assert last.verdict is not None
    assert last.verdict.outcome != "proved"
