"""Cases that are told by the size of something: in titles, labels, rows and sentences."""

from __future__ import annotations

import pytest

import derive

HUBER = r"""Let $\rho(r) = \begin{cases} \frac12 r^2 & |r| \le d \\ d |r| - \frac12 d^2 & |r| > d
\end{cases}$ with $d > 0$.

"""
HINGE = r"Let $s = \sum_j w_j x_j$ and $L = \max(0, 1 - y s)$." + "\n\n"
MARGIN = r"Let $D = \sqrt{\sum_i (a_i - b_i)^2}$ and $L = \max(0, m - D)^2$." + "\n\n"
SMOOTH = (
    r"Let $x = h - y$ and $$L(x) = \begin{cases} \frac12 x^2 & \text{if } |x| < 1 \\ "
    r"|x| - \frac12 & \text{otherwise} \end{cases}$$" + "\n\n"
)

# Each text, all of it right, and a wrong twin of its last step.
PAGES = [
    (
        HUBER + "**Case 1:** $|r| < d$. Then $\\rho'(r) = r$.\n\n"
        "**Case 2:** $|r| > d$. Then $\\rho(r) = d |r| - \\frac12 d^2$. Hence\n\n"
        r"$$\rho'(r) = d \operatorname{sign}(r)$$",
        r"= d \operatorname{sign}(r)",
        "= r",
    ),
    (
        HUBER + "### Case 1: $|r| < d$\n\n$$\\rho'(r) = r$$\n\n"
        "### Case 2: $r > d$\n\n$$\\rho'(r) = d$$",
        "= d$$",
        "= -d$$",
    ),
    (
        HUBER + "1. Small residuals ($|r| < d$): here $\\rho(r) = \\frac12 r^2$, so "
        "$\\rho'(r) = r$.\n"
        "2. Large residuals ($r < -d$): here $\\rho'(r) = -d$.",
        "= -d$.",
        "= d$.",
    ),
    (
        HUBER + "- $|r| < d$: $\\rho'(r) = r$\n- $r > d$: $\\rho'(r) = d$",
        "= d$",
        "= 2 d$",
    ),
    (
        HUBER + "Suppose first that $|r| < d$. Then $\\rho'(r) = r$. Now suppose that $|r| > d$. "
        r"Then $\rho'(r) = d \operatorname{sign}(r)$.",
        r"= d \operatorname{sign}(r)",
        "= r",
    ),
    (
        HUBER + "When $r > d$,\n$$\\rho'(r) = d,$$\nand when $r < -d$,\n$$\\rho'(r) = -d.$$",
        "= -d.",
        "= d.",
    ),
    (
        HINGE + r"If $y s < 1$, then $L = 1 - y s$, and thus $\frac{\partial L}{\partial s} = -y$ "
        r"and $\frac{\partial L}{\partial w_k} = -y x_k$.",
        "= -y x_k",
        "= y x_k",
    ),
    (
        HINGE + r"If $y s > 1$, then $L = 0$, and thus $\frac{\partial L}{\partial w_k} = 0$.",
        r"{\partial w_k} = 0",
        r"{\partial w_k} = -y x_k",
    ),
    (
        HINGE + r"$$\frac{\partial L}{\partial w_k} = \begin{cases} -y x_k & \text{if } y s < 1 "
        r"\\ 0 & \text{if } y s > 1 \end{cases}$$",
        r"0 & \text{if } y s > 1",
        r"-y x_k & \text{if } y s > 1",
    ),
    (
        HINGE + r"Let $J = \frac{c}{2} \sum_j w_j^2 + L$. Then $$\frac{\partial J}{\partial w_k} = "
        r"c w_k + \begin{cases} -y x_k & y s < 1 \\ 0 & y s > 1 \end{cases}$$",
        r"0 & y s > 1",
        r"1 & y s > 1",
    ),
    (
        MARGIN + r"$$\frac{\partial L}{\partial D} = \begin{cases} -2 (m - D) & \text{if } D < m "
        r"\\ 0 & \text{if } D > m \end{cases}$$",
        r"0 & \text{if } D > m",
        r"-2 (m - D) & \text{if } D > m",
    ),
    (
        MARGIN + r"When the pair is active, i.e. $D < m$, "
        r"$$\frac{\partial L}{\partial a_i} = -2 (m - D) \frac{a_i - b_i}{D}$$",
        "= -2 (m",
        "= 2 (m",
    ),
    (
        SMOOTH + r"$$\frac{dL}{dx} = \begin{cases} x & \text{if } |x| < 1 \\ "
        r"1 & \text{if } x \geq 1 \\ -1 & \text{if } x \leq -1 \end{cases}$$",
        r"-1 & \text{if } x \leq",
        r"1 & \text{if } x \leq",
    ),
    (
        SMOOTH + r"For $|x| < 1$ we have $\frac{\partial L}{\partial h} = h - y$.",
        "= h - y$.",
        "= y - h$.",
    ),
]


def outcomes(text: str) -> list[str]:
    return [j.verdict.outcome for j in derive.check(text, format="markdown").claims if j.verdict]


@pytest.mark.parametrize(("text", "right", "wrong"), PAGES)
def test_each_case_is_judged_under_its_condition(text: str, right: str, wrong: str) -> None:
    assert text.count(right) == 1
    found = outcomes(text)
    assert found
    assert set(found) == {"proved"}
    assert outcomes(text.replace(right, wrong))[-1] in ("refuted", "conditional")


def test_a_case_is_over_where_the_text_speaks_of_all_cases_again() -> None:
    text = HUBER + "**Case 1:** $|r| > d$. Then $\\rho'(r) = d \\operatorname{sign}(r)$. "
    whole = r"$$\rho'(r) = \begin{cases} r & |r| < d \\ d \operatorname{sign}(r) & |r| > d "
    whole += r"\end{cases}$$"
    together = "Putting both cases together,\n\n"
    assert outcomes(text + together + whole) == ["proved"] * 3
    assert outcomes(text + together + "$$\\rho'(r) = d \\operatorname{sign}(r)$$")[-1] != "proved"


def test_two_sections_have_cases_of_their_own() -> None:
    text = "# A\n\n### Case 1: $x > 0$\n\nThen $|x| = x$.\n\n### All numbers\n\nAlways $|x| = x$."
    assert outcomes(text) == ["proved", "conditional"]


def test_what_follows_a_case_in_another_sentence_is_not_refuted() -> None:
    text = HUBER + "If $|r| < d$, the loss is quadratic. Its slope is "
    assert outcomes(text + "$\\rho'(r) = r$.") == ["unproved"]
    assert outcomes(text + "$\\rho'(r) = 2 r$.") == ["refuted"]


def test_a_title_that_claims_a_sign_supposes_none() -> None:
    text = "Let $L = x^2$.\n\n### Claim: $L < 0$\n\n$$\\sqrt{L^2} = -L$$"
    assert outcomes(text) == ["refuted", "refuted"]
    text = "Let $L = x^2$.\n\n### Case: $L < 0$\n\n$$\\sqrt{L^2} = -L$$"
    assert outcomes(text) == ["unproved"]  # there is no such case


def test_signs_of_data_are_put_together() -> None:
    text = r"If $a > b$ and $b > 0$, then $|a| = a$. If $a > b$ and $b > -1$, then $|a| = a$."
    assert outcomes(text)[0] == "proved"
    assert outcomes(text)[1] != "proved"


def test_a_condition_before_a_display_is_said_for_it() -> None:
    softmax = "Let $p_i = e^{z_i} / \\sum_j e^{z_j}$. For equal indices the slope is\n\n"
    softmax += "$$\\frac{\\partial p_i}{\\partial z_i} = p_i (1 - p_i)$$\n\nand for $k \\ne i$\n\n"
    assert (
        outcomes(softmax + "$$\\frac{\\partial p_i}{\\partial z_k} = -p_i p_k$$") == ["proved"] * 2
    )
    wrong = softmax + "$$\\frac{\\partial p_i}{\\partial z_k} = p_i p_k$$"
    assert outcomes(wrong) == ["proved", "refuted"]


CLIPPED = r"Let $L = \min(r a, (1 + c) a)$ with $c > 0$." + "\n\n"


@pytest.mark.parametrize("mark", ["**Case {}: {}.** ", "### Case {}: {}\n\n", "Case {}: {}. "])
def test_a_case_of_two_conditions(mark: str) -> None:
    text = CLIPPED + mark.format(1, "$a > 0$ and $r < 1 + c$") + "Then $L = r a$ and\n\n"
    text += r"$$\frac{\partial L}{\partial r} = a$$" + "\n\n"
    text += mark.format(2, "$a > 0$, $r > 1 + c$") + "Then $L = (1 + c) a$ and\n\n"
    assert outcomes(text + r"$$\frac{\partial L}{\partial r} = 0$$") == ["proved"] * 4
    assert outcomes(text + r"$$\frac{\partial L}{\partial r} = a$$")[-1] == "refuted"


def test_a_sentence_that_begins_with_where() -> None:
    """Each condition holds for the step behind it: max(0, 1 - x) falls before 1, and is 0 after."""
    page = (
        "Let $h(x) = \\max(0, 1 - x)$. Where $x < 1$,\n\n$$h'(x) = -1,$$\n\n"
        "and where $x > 1$,\n\n$$h'(x) = 0.$$"
    )
    found = [step.verdict.outcome for step in derive.check(page).claims if step.verdict is not None]
    assert found == ["proved", "proved"]
    wrong = page.replace("= -1", "= 1").replace("= 0.", "= -1.")
    found = [
        step.verdict.outcome for step in derive.check(wrong).claims if step.verdict is not None
    ]
    assert found == ["refuted", "refuted"]
