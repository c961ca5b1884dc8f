"""Products, sums, fractions, scripts, brackets: each beside a twin that means something else."""

from __future__ import annotations

import pytest

from tests.reader.outlines import row


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a b", "(a b)"),
        (r"a \cdot b", "(a cdot b)"),
        (r"a \times b * c", "(a times b * c)"),
        (r"a \odot b \otimes c", "(a odot b otimes c)"),
        (r"a \circ b \oplus c", "(a odot b oplus c)"),
        ("a - b + c", "(+ a - b + c)"),
        ("-a", "(- a)"),
        ("+a", "(+ a)"),
        ("p_j.p_i", "((p sub j) cdot (p sub i))"),
        (r"\pm a", "(± a)"),
        (r"a \cdot -b", "(a cdot (- b))"),
        ("a(b + c)", "(a ((+ b + c)))"),
        ("(a + b)(c)", "(((+ a + b)) (c))"),
    ],
)
def test_products_and_sums(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\frac{a}{b}", "(a over b)"),
        (r"\dfrac ab", "(a over b)"),
        (r"\frac12", "(1 over 2)"),
        (r"\frac{a + b}{c} d", "(((+ a + b) over c) d)"),
        (r"{a \over b}", "(a over b)"),
        ("a / b", "(a / b)"),
        ("a / b c", "((a / b) c)"),
        ("E/kT", "(E / (k T))"),
        (r"\lambda / v s", r"((\lambda / v) s)"),
        ("a / b / c", "((a / b) / c)"),
        (r"a \div b", "(a / b)"),
        ("1/2 x", "((1 / 2) x)"),
        ("-a/b", "(- (a / b))"),
    ],
)
def test_fractions(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("z_i", "(z sub i)"),
        ("z_i^2", "(z sub i sup 2)"),
        ("z^2_i", "(z sub i sup 2)"),
        ("y^*_j", "(y sub j sup *)"),
        ("w_{ij}", "(w sub (i j))"),
        ("w_{i,j}", "(w sub [i, j])"),
        ("w_{dk}", "(w sub (d k))"),
        ("h_{t-1}", "(h sub (+ t - 1))"),
        ("s_{{t-1}_n}", "(s sub ((+ t - 1) sub n))"),
        ("x^12", "((x sup 1) 2)"),
        ("x^{12}", "(x sup 12)"),
        ("W^T x", "((W sup T) x)"),
        (r"W^\top x", r"((W sup \top) x)"),
        ("a^{(m)}", "(a sup (m))"),
        ("u'", "(u')"),
        ("f''(x)", "((f'') (x))"),
        (r"f^{\prime\prime}", "(f'')"),
        ("W'^T", "(W sup T')"),
        ("x_{}", "x"),
        (r"(a + b)^{-1}", "(((+ a + b)) sup (- 1))"),
    ],
)
def test_scripts(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\left( x \right)", "(x)"),
        (r"\Bigg( x \Bigg)", "(x)"),
        (r"\bigl[ x \bigr]", "[x]"),
        (r"\{ 1, 2 \}", "{[1, 2]}"),
        ("(0, 1]", "([0, 1]]"),
        ("|x| |y|", "(|x| |y|)"),
        ("|x||y|", "(|x| |y|)"),
        (r"\left| x \right|", "|x|"),
        (r"\|x\|^2_2", "(‖x‖ sub 2 sup 2)"),
        ("||x||_2", "(‖x‖ sub 2)"),
        (r"\langle x, y \rangle", "⟨[x, y]⟩"),
        (r"\lfloor x \rfloor", "⌊x⌋"),
        ("p(a | b)", "(p (a given b))"),
        ("KL(p || q)", "('KL' (p given q))"),
        (r"p(a \mid b; c)", "(p (a given [b, c]))"),
        (r"\left. f \right|_{x = a}", "(f at x = a)"),
        (r"\frac{df}{dx}\Big|_{x=0}", "((d f by x) at x = 0)"),
        ("2 f(x)|_{x=1}", "((2 f (x)) at x = 1)"),
    ],
)
def test_brackets(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"{\displaystyle x}{y}", "(x y)"),
        (r"{a + b} c", "(+ a + (b c))"),
        (r"a {=} b", "a = b"),
        (r"a\,b\!c~d\;e", "(a b c d e)"),
        (r"\sum_{t}{}y_t", "(sum below t of (y sub t))"),
        (r"\textcolor{red}{a} + \color{blue} b", "(+ a + b)"),
        (r"\cancel{a} b \phantom{xyz}", "(a b)"),
        (r"\boxed{a = b}", "a = b"),
        (r"\boxed{1}\boxed{2}", "|1, 2|"),
        ("a b % c d\n+ e", "(+ (a b) + e)"),
    ],
)
def test_what_only_changes_the_look_leaves_no_trace(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("0.245", "0.245"),
        (".5", ".5"),
        ("1e-3", "1e-3"),
        ("2e^x", "(2 (e sup x))"),
        ("1{,}000.5", "1000.5"),
        ("1,000", "[1, 000]"),
        ("1...", "(1 ...)"),
    ],
)
def test_numbers(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\sqrt{x}", "(root x)"),
        (r"\sqrt[3]{x}", "(root 3 x)"),
        (r"\sqrt x y", "((root x) y)"),
        ("sqrt(x)", "(root x)"),
        (r"\binom{n}{k}", "(binomial [n, k])"),
        (r"{n \choose k}", "(binomial [n, k])"),
        ("n!", "(factorial n)"),
        (r"\underbrace{a + b}_{=1} c", "(((+ a + b) brace _ = 1) c)"),
        (r"\overbrace{a}^{\text{bias}}", "(a brace roman:'bias')"),
    ],
)
def test_roots_and_the_like(source: str, expected: str) -> None:
    assert row(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f(x, y)", "(f ([x, y]))"),
        (r"x, y \in A", "[x, y] in A"),
        (r"i = 1, \ldots, N", "i = [1, ..., N]"),
        (r"\{x : x > 0\}", "{x other x > 0}"),
        (r"(i=1, j \neq i)", "([i = 1, j != i])"),
        ("0 < a < 1", "0 < a < 1"),
        (r"a \equiv b \approx c", "a equiv b approx c"),
        (r"a := b \coloneqq c", "a assign b assign c"),
        (r"x \to \infty", r"x to \infty"),
        (r"a \not= b", "a != b"),
        (r"a \stackrel{(1)}{=} b", "a =^(1) b"),
        (r"a \overset{\text{def}}{=} b", r"a assign^\text{def} b"),
        (r"f : A \to B", "f other A to B"),
    ],
)
def test_relations_and_lists(source: str, expected: str) -> None:
    assert row(source) == expected
