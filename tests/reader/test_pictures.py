r"""Formulas that stand in the address of a picture, in a component or in a shortcode's string."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import pytest

import derive

RIGHT = r"\frac{d}{dx} x^{12} = 12 x^{11}"
WRONG = r"\frac{d}{dx} x^{12} = x^{11} + 11"
CODECOGS = "https://latex.codecogs.com"

CARRIERS = {
    "codecogs, in HTML": lambda tex: f'<img src="{CODECOGS}/svg.latex?{tex}">',
    "codecogs, encoded": lambda tex: f"![e]({CODECOGS}/gif.latex?{quote(tex)})",
    "codecogs, with settings": lambda tex: (
        rf'<img src="{CODECOGS}/png.image?\dpi{{110}}&space;\bg_white&space;'
        + tex.replace(" ", "&space;")
        + '" title="t" />'
    ),
    "codecogs, settings encoded": lambda tex: (
        f"![]({CODECOGS}/svg.image?%5Cinline%20%5Cdpi%7B120%7D%20{quote(tex)})"
    ),
    "linked": lambda tex: (
        f'<a href="https://www.codecogs.com/eqnedit.php?latex={quote(tex)}" target="_blank">'
        f'<img src="{CODECOGS}/gif.latex?{quote(tex)}" /></a>'
    ),
    "linked, in Markdown": lambda tex: (
        f"[![e]({CODECOGS}/gif.latex?{quote(tex)})]"
        f"(https://www.codecogs.com/eqnedit.php?latex={quote(tex)})"
    ),
    "GitHub's renderer": lambda tex: (
        f'<img src="https://render.githubusercontent.com/render/math?math={quote(tex)}">'
    ),
    "zhihu": lambda tex: f"![[e]](https://www.zhihu.com/equation?tex={quote_plus(tex)})",
    "zhihu, in HTML": lambda tex: (
        f'<img src="https://www.zhihu.com/equation?tex={quote_plus(tex)}" alt="{tex}" eeimg="1"/>'
    ),
    "upmath": lambda tex: f'<img alt="e" src="https://i.upmath.me/svg/{quote(tex)}">',
    "vercel": lambda tex: f"![](https://math.vercel.app/?color=blue&from={quote(tex)}.svg)",
    "component": lambda tex: f'<InlineMath math="{tex}" />',
    "raw component": lambda tex: f"<TeX block math={{String.raw`{tex}`}} />",
    "component's string": lambda tex: (
        '<BlockMath>{"' + tex.replace("\\", "\\\\") + '"}</BlockMath>'
    ),
    "shortcode's string": lambda tex: f"{{{{< katex `\n{tex}\n` >}}}}",
}


@pytest.mark.parametrize("carrier", sorted(CARRIERS))
def test_what_stands_there_is_judged(carrier: str) -> None:
    carry = CARRIERS[carrier]
    for tex, outcome in ((RIGHT, "proved"), (WRONG, "refuted")):
        line = carry(tex)
        report = derive.check(f"# Powers\n\nWe find {line}\n", format="markdown")
        (found,) = report.claims
        assert found.verdict is not None
        assert found.verdict.outcome == outcome
        left, _, right = tex.partition(" = ")
        assert (found.statement.left, found.statement.right) == (left, right)
        assert found.statement.place.line in (3, 4)
        assert not [j for j in report.judgements if j.statement.kind == "unread"]


@pytest.mark.parametrize(
    "line",
    [
        "![a plot of y = x^2](images/plot_1.png?raw=true)",
        "![](https://img.shields.io/badge/a_1-b=c-blue?style=flat&from=x_1)",
        f"[a link]({CODECOGS}/svg.latex?x=x^2)",
        '<img src="https://example.org/latex/photo.png?size=x_2">',
        '<Mathieu name="x^2 = x"/> and <Tex/> and <MathJax.Provider>',
        "if a <Math and b",
    ],
)
def test_other_pictures_hold_no_formula(line: str) -> None:
    assert not derive.check(f"See {line}.\n", format="markdown").judgements


def test_each_sign_has_its_place() -> None:
    """Columns are those of the address: the second link of a chain begins with its sign."""
    line = f"![e]({CODECOGS}/gif.latex?%CE%B1%3D2%3D3)"
    first, second = (j.statement for j in derive.check(line + "\n", format="markdown").judgements)
    assert (first.left, first.right, second.left, second.right) == ("α", "2", "2", "3")
    assert first.place.column == line.index("%CE") + 1
    assert second.place.column == line.rindex("%3D") + 1
