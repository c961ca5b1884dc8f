"""Markdown in its dialects: what is a formula, what is not, and where it stands."""

from __future__ import annotations

from itertools import pairwise

import pytest

from derive.reader.document import Break, Document, Formula, Heading, Prose
from derive.reader.formats import document_from_text


def read(text: str, path: str = "a.md") -> Document:
    return document_from_text(text, path)


def formulas(text: str, path: str = "a.md") -> list[Formula]:
    return [item for item in read(text, path).items if isinstance(item, Formula)]


def contents(text: str, path: str = "a.md") -> list[str]:
    return [formula.content for formula in formulas(text, path)]


def headings(text: str) -> list[tuple[int, str]]:
    return [(h.level, h.title) for h in read(text).items if isinstance(h, Heading)]


INLINE = [
    "$a = b$", "\\(a = b\\)", "\\\\(a = b\\\\)", "$`a = b`$", "{math}`a = b`", "$latex a = b$",
    "$$a = b$$", '<script type="math/tex">a = b</script>', "<math>a = b</math>", "$ a = b $",
]  # fmt: skip


@pytest.mark.parametrize("formula", INLINE)
def test_an_inline_formula_in_a_sentence(formula: str) -> None:
    (found,) = formulas(f"We know that {formula} holds.")
    assert found.content == "a = b"
    assert not found.display
    assert not found.problem


DISPLAYS = [
    "$$a = b$$", "$$\na = b\n$$", "\\[a = b\\]", "\\[\na = b\n\\]", "\\\\[a = b\\\\]",
    "\\begin{equation}a = b\\end{equation}", "\\begin{align*}\na = b\n\\end{align*}",
    "$$\\begin{aligned}a = b\\end{aligned}$$", "\\[\\begin{split}a = b\\end{split}\\]",
    "```math\na = b\n```", "```{math}\na = b\n```", "```{math}\n:label: x\n\na = b\n```",
    "```{math} a = b\n```", ":::{math}\n:label: x\na = b\n:::", "~~~math\na = b\n~~~",
    '<script type="math/tex; mode=display">a = b</script>',
    "> $$a = b$$", "> $$\n> a = b\n> $$", "<div>\n$$ a = b $$\n</div>", "- $$a = b$$",
    "1. Item\n\n   $$\n   a = b\n   $$", "{{< katex >}}a = b{{< /katex >}}",
    "{{< math >}}\n$$ a = b $$\n{{< /math >}}", "{% raw %}$$a = b$${% endraw %}",
    "{% katex %}\na = b\n{% endkatex %}", "$$a = b$$ {#eq:one}", "$$a = b$$ (1)", "$$a = b$$.",
    "$$\n\\begin{equation}\n\\begin{split}\na = b\n\\end{split}\n\\end{equation}\n$$",
    "$$\r\na = b\r\n$$\r\n", "$$\ra = b\r$$", "\u200b$$\u200ba = b$$", "\ufeff$$a = b$$",
]  # fmt: skip


@pytest.mark.parametrize("formula", DISPLAYS)
def test_a_display(formula: str) -> None:
    (found,) = formulas(formula)
    assert found.content == "a = b"
    assert found.display
    assert not found.problem


NOT_MATHEMATICS = [
    "It costs $5 and $6.", "From $5 to $10 each.", "It is 5$ or 6$ a piece.", "US$7 and CA$8.",
    "$5, then 6$ more.", "between $1,000 and $2,000", "set $HOME and $PATH first",
    "`$a = b$`", "``a ` $a = b$``", "```\n$a = b$\n```", "~~~\n$$a = b$$\n~~~",
    "```python\n$a = b$\n```", "```{r}\n$a = b$\n```", "    $a = b$", "\t$$a = b$$",
    "<!-- $a = b$ -->", "<!--\n$$\na = b\n$$\n-->", "<pre>$a = b$</pre>", "<code>$a = b$</code>",
    "[x](http://a.b/$a=b$)", "<http://a.b/$a=b$>", "https://a.b/$a=b$", '<a href="$a = b$">x</a>',
    "![x](a$b=c$.png)", "\\$5 = 4 and \\$6", "see \\[1\\] and \\[2, 3\\]",
    "{% highlight c %}\n$a = b$\n{% endhighlight %}", "{% comment %}$a = b${% endcomment %}",
    "{{< highlight c >}}$a = b${{< /highlight >}}", "%% $a = b$ %%",
    "{% include a.html x='$a=b$' %}",
    "---\ntitle: $a = b$\n---\n", "<style>$a = b$</style>", "[r]: http://a.b/$a=b$",
    "<script>var a = '$a = b$';</script>", "* \\[x\\] done\n* \\[ \\] open",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_MATHEMATICS)
def test_what_is_no_formula(text: str) -> None:
    assert contents(text) == []


@pytest.mark.parametrize("text", NOT_MATHEMATICS)
def test_formulas_around_what_is_none_are_read(text: str) -> None:
    front = text.startswith("---")
    around = f"{text}\n\nand $c = d$." if front else f"Let $e = f$.\n\n{text}\n\nand $c = d$."
    assert contents(around) == ["c = d"] if front else ["e = f", "c = d"]


def test_a_code_fence_that_is_never_closed_holds_no_formulas() -> None:
    assert contents("$x = 1$\n\n```c\na[i] = $b$;\n") == ["x = 1"]


def test_a_display_in_a_fence_that_is_never_closed_is_reported() -> None:
    first, lost = formulas("$x = 1$\n\n```c\na[i] = 0;\n\nBut then\n\n$$\ny = 2\n$$\n")
    assert not first.problem
    assert "never closed" in lost.problem


def test_paragraphs_indented_below_a_numbered_item_are_no_code() -> None:
    text = "  1. First:\n\n    \\(a = b\\).\n\n  2. Second:\n\n    \\[ c = d \\]\n"
    assert contents(text) == ["a = b", "c = d"]


def test_indentation_is_never_code_in_a_text_file() -> None:
    assert contents("See\n\n    \\[ a = b \\]\n", "a.txt") == ["a = b"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("$$ a = b\n\nand so on it goes for long.\n\n$$ c = d $$", "a = b"),
        ("\\[ a = b\n\nText.\n\n\\[ c = d \\]", "a = b"),
        ("\\begin{align} a = b\n\nText.\n\n$$ c = d $$", "a = b"),
        ("We have \\( a = b for all.\n\nThen \\( c = d \\).", "a = b for all."),
        ("We have $a = \\frac{b}{c} for all.\n\nThen $c = d$.", "a = \\frac{b}{c} for all."),
        ("```math\na = b\n\n$$ c = d $$", "a = b"),
    ],
)
def test_what_is_never_closed_is_reported_and_the_rest_is_read(text: str, content: str) -> None:
    first, *rest = formulas(text)
    assert first.content == content
    assert first.problem == "this formula is never closed"
    if "```" not in text:
        assert [(formula.content, formula.problem) for formula in rest] == [("c = d", "")]


@pytest.mark.parametrize("text", ["a = b^2 \\)", "a = b^2 \\]", "a = b^2\n\\end{align}"])
def test_what_is_never_opened_is_reported(text: str) -> None:
    (found,) = formulas(text)
    assert "never opened" in found.problem


def test_a_blank_line_within_an_environment_does_not_end_the_display() -> None:
    text = "$$\n\\begin{aligned}\na &= b \\\\\n\nc &= d\n\\end{aligned}\n$$\n\nThen $e$."
    assert contents(text) == ["a &= b \\\\\n\nc &= d", "e"]


def test_formulas_within_the_words_of_a_formula() -> None:
    rows = "a & \\text{if $i = j$} \\\\ b & \\mbox{if \\(i \\ne j\\)}"
    text = f"$$ f = \\begin{{cases}} {rows} \\end{{cases}} $$"
    (found,) = formulas(text)
    assert found.content.endswith("\\end{cases}")
    assert contents("Here $f = a \\text{ if $i = j$}$ holds, $c$.") == [
        "f = a \\text{ if $i = j$}", "c"
    ]  # fmt: skip


def test_environments_of_rows_are_named_and_taken_off() -> None:
    named = [
        (f.environment, f.content)
        for f in formulas(
            "$$\\begin{eqnarray} a &=& b \\end{eqnarray}$$\n\n"
            "\\begin{alignat}{2} a &= b \\end{alignat}\n\n"
            "$$ \\begin{cases} a \\\\ b \\end{cases} $$\n\n"
            "$$ x = \\begin{aligned} a \\end{aligned} $$\n\n"
            "$$ \\begin{aligned} a \\end{aligned} = \\begin{aligned} b \\end{aligned} $$"
        )
    ]
    assert named == [
        ("eqnarray", "a &=& b"),
        ("alignat", "a &= b"),
        ("", "\\begin{cases} a \\\\ b \\end{cases}"),
        ("", "x = \\begin{aligned} a \\end{aligned}"),
        ("", "\\begin{aligned} a \\end{aligned} = \\begin{aligned} b \\end{aligned}"),
    ]


def test_quoted_lines_lose_their_marks_and_keep_a_relation() -> None:
    assert contents("> $$\n> a\n>   > b\n> $$") == ["a\n  > b"]
    assert contents("$$\na\n> b\n$$") == ["a\n> b"]


def test_doubled_backslashes() -> None:
    assert contents("\\\\( \\\\frac{a}{b} \\_ \\\\)") == ["\\frac{a}{b} _"]
    assert contents("\\\\[ \\frac{a}{b} \\\\ c \\\\]") == ["\\frac{a}{b} \\\\ c"]
    assert contents("\\\\[ \\\\begin{aligned} a \\\\\\\\ b \\\\end{aligned} \\\\]") == ["a \\\\ b"]


def test_entities_comments_and_pipes() -> None:
    assert contents("$$ a &lt; b $$") == ["a < b"]
    assert contents("$$\na % $c$\n= b\n$$") == ["a \n= b"]
    assert contents("| a |\n|---|\n| $\\|x\\|$ |\n") == ["|x|"]
    assert contents("outside $\\|x\\|$") == ["\\|x\\|"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("x\\_1^\\top x\\_{ij} + \\theta\\_1", "x_1^\\top x_{ij} + \\theta_1"),
        ("\\sum\\_{k=1}^ny\\_kp\\_j", "\\sum_{k=1}^ny_kp_j"),
        ("n\\_in\\_x = 1", "n\\_in\\_x = 1"),
        ("\\sum\\_{i=1}^m L_{C E} x_i", "\\sum_{i=1}^m L_{C E} x_i"),
        ("y^\\*_j", "y^*_j"),
        ("A2_{true\\_class}", "A2_{true\\_class}"),
        ("L_{true} = a\\_b", "L_{true} = a\\_b"),
        ("true\\_class = 1", "true\\_class = 1"),
        ("y \\in \\\\{0, 1\\\\}", "y \\in \\{0, 1\\}"),
        ("a \\\\ b", "a \\\\ b"),
        ("f&prime;(x) &#60; &#x3c0;", "f′(x) < π"),
    ],
)
def test_what_markdown_made_authors_escape(written: str, meant: str) -> None:
    assert contents(f"$$ {written} $$") == [meant]
    if "&" not in written:
        tex = document_from_text(f"$$ {written} $$", "a.tex")
        assert [f.content for f in tex.items if isinstance(f, Formula)] == [written]


def test_a_sign_that_hides_what_is_written_is_reported() -> None:
    (turned,) = formulas("$a \u202e= b$")
    assert "direction" in turned.problem
    (damaged,) = formulas("$$ a = \x0crac{b}{c} $$")
    assert "U+000C" in damaged.problem
    (tab,) = formulas("$$ a \times b $$")
    assert "backslash" in tab.problem
    (marked,) = formulas("$a \u200e= b$")
    assert not marked.problem


def test_lines_and_columns_are_those_of_the_file() -> None:
    text = "# A\r\n\r\nŷ is $x$, and\r\n> $$\r\n> a\r\n> = b $$\r\n"
    document = read(text)
    inline, display = [item for item in document.items if isinstance(item, Formula)]
    place = document.place(inline.span)
    assert (place.line, place.column, place.end_line, place.end_column) == (3, 6, 3, 8)
    place = document.place(display.span)
    assert (place.line, place.column, place.end_line, place.end_column) == (4, 3, 6, 8)
    relation = display.content.index("=")
    assert text[display.offsets[relation]] == "="
    assert document.place(display.span).cell is None


def test_cells_of_tables_and_items_of_lists_end_sentences() -> None:
    items = read("| $a$ | $b$ |\n|---|---|\n| $c$ | d |\n\n- $e$\n- $f$\n").items
    kinds = [type(item) for item in items]
    assert kinds.count(Formula) == 5
    for first, second in pairwise(items):
        assert not (isinstance(first, Formula) and isinstance(second, Formula))


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("Since\n\n$$a$$\n\nwe have\n\n$$b$$\n", 0),
        ("Since it holds.\n\n$$a$$\n\nWe have\n\n$$b$$\n", 2),
        ("One.\n\nTwo.\n", 1),
        ("$$a$$\n\n$$b$$\n", 1),
        ("$$a$$\n\n$$= b$$\n", 0),
        ("$$a,$$\n\n$$b$$\n", 0),
        ("If $a$, then\n\n$b$.", 0),
    ],
)
def test_where_sentences_run_over_a_display(text: str, breaks: int) -> None:
    assert sum(isinstance(item, Break) for item in read(text).items) == breaks


def test_headings() -> None:
    text = (
        "Title $x$\n=========\n\n## Part *two* of `it` {#id} ##\n\nSetext\n---\n\n"
        "<h4 class='a'>In $h$</h4>\n\n**Bold line**\n\n###Tight\n\n#hashtag\n\n"
        "Part 1: Begin\n\nCase 1: j = k (Derivative of it)\n\nStep 3.\n\n__Case 2: j ≠ k__\n"
    )
    assert headings(text) == [
        (1, "Title $x$"), (2, "Part two of it"), (2, "Setext"), (4, "In $h$"), (8, "Bold line"),
        (3, "Tight"), (7, "Part 1: Begin"), (9, "Case 1: j = k (Derivative of it)"),
        (10, "Step 3."), (9, "Case 2: j ≠ k"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Result 1: $a = b$.", "Case studies show a lot.", "Part of it is $a$.",
        "Step by step we go on.", "**The result is $a = b + c$**",
        "**This is a long sentence, not a title.**",
        "a **bold** word", "**one** and **two**", "A line\nCase 1: j = k", "case by case",
        "In case 1 we see it.", "$$\na\n=\nb\n$$\n---\n", "a | b\n--|--\n1 | 2",
        "Part A of the text.",
    ],
)  # fmt: skip
def test_what_is_no_heading(text: str) -> None:
    assert headings(text) == []


def test_the_condition_of_a_case_is_in_its_heading_and_the_rest_is_text() -> None:
    for text in (
        "**Case 1:** $i = j$. Then $a = b$.", "Case 1: $i = j$. Then $a = b$.",
        "**Case 1: $i = j$.** Then $a = b$.", "Case 1 ($i = j$): then $a = b$.",
        "Case $i = j$: then $a = b$.", "- **Case 1:** $i = j$. Then $a = b$.",
        "Case 1. When $i = j$, then $a = b$.",
    ):  # fmt: skip
        document = read(text)
        (heading,) = [item for item in document.items if isinstance(item, Heading)]
        assert [f.content for f in heading.formulas] == ["i = j"], text
        assert [f.content for f in document.items if isinstance(f, Formula)] == ["a = b"], text


def test_a_claim_behind_a_step_is_not_part_of_its_heading() -> None:
    document = read("Step 1: $L = a + b$\n\n**Step 2: the sum for $i \\ne j$**\n")
    first, second = [item for item in document.items if isinstance(item, Heading)]
    assert first.title == "Step 1:"
    assert contents("Step 1: $L = a + b$") == ["L = a + b"]
    assert [f.content for f in second.formulas] == ["i \\ne j"]


@pytest.mark.parametrize(
    "text",
    ["$$ a $$\nCase 1: $i = j$\n$$ b $$", "$$ a $$.\n**Case 1:** $i = j$\n\n$$ b $$",
     "There are two.\nCase 1: $i = j$\n$$ b $$", "Two cases:\n- Case 1: $i = j$\n- No\n"],
)  # fmt: skip
def test_cases_without_blank_lines(text: str) -> None:
    assert [level for level, _ in headings(text)] == [9]


@pytest.mark.parametrize("path", ["a.md", "a.tex"])
def test_a_dollar_that_was_forgotten_does_not_turn_the_rest_around(path: str) -> None:
    found = formulas(
        "Let $y_i \\sim N(0, 1),\nwith the mean $m = 0$.\nFor $0 \\leq a$, set $b_1$.\n\nThen $c$.",
        path,
    )
    assert found[0].problem == "this formula is never closed"
    assert [f.content for f in found[1:]] == ["m = 0", "0 \\leq a", "b_1", "c"]


def test_cases_within_steps_end_with_the_step() -> None:
    text = "Step 1: A\n\nCase 1: i = j\n\nCase 2: i ≠ j\n\nStep 2: B\n"
    assert [level for level, _ in headings(text)] == [10, 11, 11, 10]
    text = "Case 1: i = j\n\nStep 1: A\n\nStep 2: B\n\nCase 2: i ≠ j\n"
    assert [level for level, _ in headings(text)] == [9, 10, 10, 9]


def test_a_bold_lead_does_not_end_a_case_but_what_gathers_them_does() -> None:
    text = "**Case 2: $i = j$**\n\n**The numerator:**\n\n**Combining both cases:**\n"
    assert [level for level, _ in headings(text)] == [9, 12, 8]


def test_cases_that_are_items_end_with_the_list() -> None:
    items = read("- Case 1: $i = j$\n- Case 2: $i \\ne j$\n\nTogether we have $a$.").items
    (end,) = [item for item in items if isinstance(item, Break) and item.closes]
    assert end.closes == 9


def test_front_matter_and_macros() -> None:
    document = read(
        "---\ntitle: A\nmath: true\n---\n\\newcommand{\\R}{\\mathbb{R}}\n\n"
        "$\\def\\a{b}$\n\n<script>MathJax = {tex: {macros: {E: '\\\\mathbb{E}', "
        "bold: ['{\\\\bf #1}', 1]}}};</script>\n"
    )
    assert document.front_matter == "title: A\nmath: true\n"
    assert document.macros == (
        "\\newcommand{\\R}{\\mathbb{R}}",
        "\\newcommand{\\E}{\\mathbb{E}}",
        "\\newcommand{\\bold}[1]{{\\bf #1}}",
    )
    assert contents("---\n\nA rule, not front matter: $a$\n\n---\n") == ["a"]


def test_directives_hold_text() -> None:
    text = (
        "```{note}\nSee $a$\n```\n\n::: {.callout}\n$b$\n:::\n\n:::{prf:theorem} T\n$c$\n:::\n$d$"
    )
    assert contents(text) == ["a", "b", "c", "d"]


def test_mathml_is_reported() -> None:
    (found,) = formulas("<math><mi>x</mi><mo>=</mo><mn>1</mn></math>")
    assert "MathML" in found.problem


def test_prose_is_kept_as_written() -> None:
    items = read("Since the *sum* is 1, $a = b$ holds.").items
    assert [item.text for item in items if isinstance(item, Prose)] == [
        "Since the *sum* is 1, ", " holds."
    ]  # fmt: skip


def test_a_relation_sign_between_two_formulas_joins_them() -> None:
    text = "Such as $\\hat{y}_1$ = $P(y)$, not $a$ and $b$, nor $c$ is = $d$."
    first, *rest = formulas(text)
    assert first.content == "\\hat{y}_1 = P(y)"
    assert [text[offset] for offset in first.offsets[8:13]] == ["1", "$", "=", " ", "P"]
    assert [formula.content for formula in rest] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "formula",
    [
        "aX+bY",
        "ax + by + cz",
        "i and j",
        " t+1",
        " x ",
        "n",
        "10",
        "a, b",
        "WX+b",
        "i = 1 and j = 2",
        "K",
        " f(x) ",
    ],
)
def test_short_formulas_between_dollars(formula: str) -> None:
    (found,) = formulas(f"Take ${formula}$ and go on.")
    assert found.content == formula.strip()


def test_words_of_other_scripts_may_stand_beside_a_dollar() -> None:
    assert contents("其中$WX+b$是$x$的函数。") == ["WX+b", "x"]


@pytest.mark.parametrize(
    "text", ["[ y = \\frac{a}{[b]^2} ]", "[\ny = \\frac{a}{[b]^2}\n]", "> [ y = \\frac{a}{[b]^2} ]"]
)
def test_a_display_that_lost_its_backslashes(text: str) -> None:
    (found,) = formulas(f"We get:\n\n{text}\n\nThen it is done.")
    assert (found.content, found.display) == ("y = \\frac{a}{[b]^2}", True)


@pytest.mark.parametrize(
    "text", ["[ a link ]", "[ ] open \\frac", "[\\frac{a}{b}](c)", "see [ \\frac ]"]
)
def test_other_brackets_are_no_display(text: str) -> None:
    assert contents(text) == []


def test_dollars_that_a_converter_escaped() -> None:
    text = "We set \\$x\\_1 = \\frac{a}{b}\\$ and \\$y^2\\$ at \\$t\\$, \\$M=0\\$."
    assert contents(text) == ["x_1 = \\frac{a}{b}", "y^2", "t", "M=0"]
    assert contents("It costs \\$5 or \\$6.") == []


def test_mathml_with_its_source() -> None:
    text = (
        '<p><math display="block"><semantics><mi>a</mi><annotation encoding="application/x-tex">'
        "a &lt; b</annotation></semantics></math></p>"
    )
    (found,) = formulas(text)
    assert (found.content, found.display, found.problem) == ("a < b", True, "")


@pytest.mark.parametrize(
    ("text", "path"),
    [("{{< include two.qmd >}}", "a.qmd"), ("```{include} two.md\n```", "a.md"),
     (".. include:: two.rst", "a.rst"), ("\\include{two}", "a.tex")],
)  # fmt: skip
def test_other_files_are_not_read_in_silence(text: str, path: str) -> None:
    (found,) = formulas(text, path)
    assert found.problem == "the file named here is not read"


def test_a_matrix_over_several_lines_between_dollars() -> None:
    text = "Let $f(u) =\n\\begin{pmatrix}\nax + by + cz \\\\\ndx + ey + fz\n\\end{pmatrix}$ be."
    (found,) = formulas(text)
    assert not found.problem
