"""Lists of suppositions, and sections that say what holds in all that follow them."""

from __future__ import annotations

import pytest

import derive

ITEMS = r"""

- $t_i \geq 0$,
- $\sum_i t_i = 1$.

"""
RESULT = r"Then $\sum_i t_i c = c$."
SUM = r"$\sum_i t_i = 1$"


def outcomes(text: str) -> list[str]:
    return [claim.verdict.outcome for claim in derive.check(text, format="markdown").claims]


@pytest.mark.parametrize(
    "opening",
    [
        "We assume:",
        "Throughout we assume the following:",
        "**Assumptions:**",
        "Suppose that",
        "Let $t$ satisfy",
        "## Assumptions",
    ],
)
def test_each_item_is_supposed(opening: str) -> None:
    assert outcomes(opening + ITEMS + RESULT) == ["proved"]
    assert outcomes(opening + ITEMS + RESULT.replace("= c", "= 2 c")) == ["refuted"]
    labelled = ITEMS.replace("- $", "1. **Named:** $")
    assert outcomes(opening + labelled + RESULT) == ["proved"]


@pytest.mark.parametrize(
    "opening",
    [
        "We do not assume:",
        "We will show:",
        "The results are:",
        "We assume that $c > 0$. Here are the results:",
        "## Results",
        "Is it enough to suppose that",
    ],
)
def test_items_of_another_list_are_claimed(opening: str) -> None:
    assert outcomes(opening + ITEMS + RESULT)[-1] != "proved"


def test_what_follows_from_an_item_is_claimed() -> None:
    text = f"We assume:\n\n- $t_i > 0$, so that {SUM}.\n\n{RESULT}"
    assert "proved" not in outcomes(text)
    behind = f"We assume:\n\n- $t_i > 0$.\n\nIt is clear that {SUM}.\n\n{RESULT}"
    assert "proved" not in outcomes(behind)


def test_an_item_about_what_is_defined_is_claimed() -> None:
    text = r"Let $p_i = e^{z_i} / \sum_j e^{z_j}$. We assume:" + "\n\n- $\\sum_i p_i = 2$.\n"
    assert outcomes(text) == ["refuted"]


@pytest.mark.parametrize(
    ("text", "proved"),
    [
        (f"## Setup\n\nWe assume that {SUM}.\n\n## Result\n\n{RESULT}", True),
        (f"## 1. Notation, setup\n\nWe assume that {SUM}.\n\n## Result\n\n{RESULT}", True),
        (f"## Assumptions{ITEMS}\n\n## Result\n\n{RESULT}", True),
        (f"## A special case\n\nWe assume that {SUM}.\n\n## Result\n\n{RESULT}", False),
        (f"# A\n\n## Setup\n\nWe assume that {SUM}.\n\n# B\n\n{RESULT}", False),
        (f"## Setup\n\nIn this section, we assume that {SUM}.\n\n## B\n\n{RESULT}", False),
        (f"## Setup\n\nFor now, we assume that {SUM}.\n\n## B\n\n{RESULT}", False),
        (f"## Setup\n\nWe assume that {SUM}.\n\n## B\n\nIn general, {RESULT}", False),
    ],
)
def test_how_long_a_setup_holds(text: str, proved: bool) -> None:
    assert (outcomes(text)[-1] == "proved") is proved
