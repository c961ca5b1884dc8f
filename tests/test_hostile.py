"""Documents made to harm: each ends with a verdict, and the rest of the document is judged.

With DERIVE_HEAVY=1 in the environment the slower ones run as well.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import derive
from derive.cli import main
from derive.prover.verdict import Verdict

pytestmark = pytest.mark.hurried

SECONDS = 10.0  # for one step
LETTERS = 10_000  # that are read in a second at least
MEMORY = 1 << 30
BIG = 100_000
REST = "\n\nAnd $s + s = 2 s$. And $s + s = 3 s$.\n"

heavy = pytest.mark.skipif(not os.environ.get("DERIVE_HEAVY"), reason="DERIVE_HEAVY is not set")


def nested(left: str, right: str, times: int) -> str:
    return f"${left * times}x{right * times} = x$"


def joined(sign: str, part: Callable[[int], str], count: int, right: str) -> str:
    return f"${sign.join(map(part, range(1, count + 1)))} = {right}$"


DOCUMENTS: dict[str, str] = {
    "braces": nested("{", "}", BIG),
    "braces left open": f"${'{' * BIG}x = x$",
    "brackets": nested("(", ")", BIG),
    "growing brackets": nested(r"\left(", r"\right)", BIG // 5),
    "fractions": nested(r"\frac{1}{", "}", BIG // 5),
    "fractions, fewer": nested(r"\frac{1}{1 + ", "}", 60),
    "roots": nested(r"\sqrt{", "}", BIG // 5),
    "roots, fewer": nested(r"\sqrt{1 + ", "}", 60),
    "exponents": nested("x^{", "}", BIG // 5),
    "exponents, fewer": nested("e^{", "}", 60),
    "logarithms": nested(r"\log(", ")", 60),
    "subscripts": nested("x_{", "}", BIG // 5),
    "sums of sums": nested(r"\sum_i ", "", 5_000),
    "signs": nested("-", "", BIG),
    "bars": nested("|", "|", 100),
    "digits": f"$x + {'7' * BIG} = x$",
    "equal digits": f"${'7' * BIG} = {'7' * (BIG - 1)}8$",
    "decimals": f"$x = 0.{'7' * BIG} x$",
    "digits to the digits": f"${'7' * 400}^{{{'7' * 400}}} = x$",
    "digits as an index": f"$x_{{{'7' * BIG}}} = x$",
    "digits as a bound": rf"$\sum_{{i=1}}^{{{'7' * BIG}}} x_i = x$",
    "x^(10^9)": "$x^{1000000000} = x$",
    "(1 + x)^(10^9)": "$(1 + x)^{1000000000} = x$",
    "2^(10^9)": "$2^{1000000000} = x$",
    "powers that cancel": "$x^{999999999999} x^{-999999999998} = x$",
    "a root of degree 10^9": r"$\sqrt[1000000007]{x^{1000000007}} = x$",
    "a tower": "$9^{9^{9^9}} = x$",
    "a tower of e": r"$\exp(\exp(\exp(\exp(10)))) = 1$",
    "powers of powers": "$(((x + y + z)^{100})^{100})^{100} = x$",
    "a factorial": "$1000000000! = x$",
    "10 000 terms": joined(" + ", lambda n: f"x_{{{n}}}", 10_000, "x"),
    "10 000 equal terms": joined(" + ", lambda n: "x", 10_000, "10000 x"),
    "10 000 equals signs": joined(" = ", lambda n: "x", 10_000, "x"),
    "rational functions": joined(
        " + ", lambda n: rf"\frac{{x_{{{n}}}}}{{1 + x_{{{n}}} + y}}", 12, "1"
    ),
    "a continued fraction": nested(r"\frac{1}{x + ", "}", 40),
    "derivatives": nested(r"\frac{d}{dx} ", "", 200),
    "derivatives of an exponential": "$" + r"\frac{d}{dx} " * 20 + "e^{x^2} = 1$",
    "a derivative of order 10^9": r"$\frac{d^{1000000000}}{dx^{1000000000}} e^{x^2} = x$",
    "primes": f"$f{chr(39) * 1000}(x) = 1$",
    "a position": "$x_{999999999} = x_{999999998}$",
    "a large sum": r"$\sum_{i=1}^{999999999} x_i = x_1$",
    "a late sum": r"$\sum_{i=1000}^{N} x_i = x_1$",
    "a far neighbour": "$h_{t-1000000} = h_t$",
    "doubling": "\n\n".join(f"$f_{{{n + 1}}} = f_{{{n}}} f_{{{n}}} + x$" for n in range(40)),
    "a circle": "Let $a = b + 1$. Let $b = a + 1$. $a = 2$",
    "a recurrence": "Let $h_t = h_{t-1} + h_{t-2}$. $$h_t = 2 h_{t-1}$$",
    "a macro that calls itself": r"\newcommand{\a}{\a\a} $\a = x$",
    "macros that explode": "".join(
        rf"\newcommand{{\l{chr(97 + n)}}}{{{(chr(92) + 'l' + chr(96 + n)) * 10 if n else 'x'}}}"
        for n in range(20)
    )
    + r" $\lt = x$",
    "dollars": "$" * BIG,
    "backslashes": "\\" * BIG,
    "openings": r"\(" * (BIG // 2),
    "environments": r"\begin{align}" * 5_000,
    "stars": "*" * BIG,
    "quotations": ">" * (BIG // 2) + " $x = x$",
    "pipes": "|" * BIG,
    "tags": "<" * BIG + " $x = x$",
    "a matrix": rf"$\begin{{pmatrix}}{'x & ' * 20_000}x\end{{pmatrix}} = x$",
    "accents": f"$x{chr(0x301) * BIG} = x$",
    "right to left": "$x \u202e= \u202cx$ \u200f $x + x\u202e = 2x$ \u2066",
    "front matter that explodes": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
    )
    + "---\n$x = x$",
}

SOFTMAXES = (
    r"$$y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$ $$w_i = \frac{e^{y_i}}{\sum_j e^{y_j}}$$"
    r"$$v_i = \frac{e^{w_i}}{\sum_j e^{w_j}}$$ "
)
DOCUMENTS |= {
    "a tower of sums": "$((((x+1)^9+1)^9+1)^9+1)^9 = x$",
    "nested derivatives of a product": "$"
    + r"\frac{\partial}{\partial x}" * 6
    + r" (x^2 e^{x^2} \sin(x) \log(x)) = 1$",
    "a derivative of a tower": r"$\frac{d^3}{dx^3} x^{x^{x}} = 1$",
    "a product of sums over eight letters": "$"
    + "".join(rf"(\sum_{c} x_{c} + y_{c})" for c in "ijklmnpq")
    + " = 1$",
    "Kronecker deltas": "$"
    + " ".join(rf"\delta_{{{a}{b}}}" for a in "ijklmn" for b in "pqrst")
    + " = 1$",
    "sums of Kronecker deltas": "$"
    + "".join(rf"\sum_{c}" for c in "ijklmn")
    + " ".join(rf"\delta_{{{a}{b}}}" for a, b in zip("ijklm", "jklmn", strict=True))
    + r" x_i = \sum_i x_i$",
    "many cases": r"$$\delta_{ij} = \begin{cases} "
    + r" \\ ".join(["1 & i = j"] * 300)
    + r" \end{cases}$$",
    "many indices": "$x_{"
    + " ".join("abcdefghklmnpqrstuvwxyz"[k % 23] for k in range(200))
    + "} = y$",
    "many free letters": joined(" + ", lambda n: f"x_{{{chr(96 + n)}}}", 24, "1"),
    "a chain of definitions": "$$f_0 = x$$\n\n"
    + "\n\n".join(f"$$f_{{{k}}} = f_{{{k - 1}}} + 1$$" for k in range(1, 400)),
    "a chain of squares": "$$a = x + y$$\n\n"
    + "\n\n".join(f"$${chr(97 + k)} = {chr(96 + k)}^2 + x {chr(96 + k)}$$" for k in range(1, 20)),
    "macros that call each other": r"\newcommand{\aa}{\bb} \newcommand{\bb}{\aa} $\aa = x$",
    "a macro that doubles its argument": r"\newcommand{\dd}[1]{#1#1}$"
    + r"\dd{" * 25
    + "x"
    + "}" * 25
    + " = x$",
    "recurrences that call each other": "$$a_t = b_{t-1} + a_{t-1}$$ $$b_t = a_{t-1} b_{t-1}$$",
    "functions that call each other": "$$f(x) = g(x) + 1$$ $$g(x) = f(x) - 1$$ $$f(2) = g(2)$$",
    "a function of itself": "$$f(x) = f(f(x))$$ $$f(1) = 2$$",
    "2000 hypotheses": " ".join(f"Assume $x_{{{k}}} > 0$." for k in range(2000))
    + " $$x + x = 3x$$",
    "3000 formulas in one sentence": "".join(f"$x_{{{k}}}$ equals " for k in range(3000)) + "$y$",
    "3000 hypotheses in one sentence": "Let "
    + " and ".join(f"$x_{{{k}}} > {k}$" for k in range(3000))
    + ".",
    "definitions in a circle": "\n\n".join(
        f"$$a_{{\\text{{n{k}}}}} = a_{{\\text{{n{(k + 1) % 300}}}}} + 1$$" for k in range(300)
    )
    + "\n\n$$a_{\\text{n0}} = 3$$",
    "a table of 1000 rows": "| a | b |\n|---|---|\n"
    + "".join(f"| $x_{{{k}}}$ | ${k} + 0 = {k}$ |\n" for k in range(1000)),
    "fractions in both parts": "$" + r"\frac{" * 40 + "x" + r"}{1 + x}" * 40 + " = x$",
    "many readings": "\n\n".join([r"$\log x y / 2 z + \sigma(x) + \sum_i a_i + b = 1/2 x$"] * 30),
    "many examples": "$$y_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}$$\n\n"
    + "\n\n".join(
        f"For example, $z = ({k}, 2, 3)$. Then $y_1 = 0.1$ and $y_i = y_j$." for k in range(30)
    ),
    "a long example": f"$z = ({', '.join(map(str, range(2000)))})$ and"
    r" $y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$ and $y_1 = 0.5$ and $\sum_i z_i = 3$",
    "a long identifier": r"$\text{" + "a" * 50_000 + "} = x$",
    "quadratic hypotheses": " ".join(
        f"Assume $a_{{{k}}} b_{{{k}}} = c_{{{k}}}$." for k in range(1, 200)
    )
    + " $$x = 2x$$",
    "moments": " ".join(rf"Assume $\sum_i t_i x_i^{{{k}}} = {k}$." for k in range(1, 60))
    + r" $$\sum_i t_i x_i = 2$$",
    "a large matrix": r"$\begin{pmatrix}"
    + r" \\ ".join(" & ".join(f"a_{{{i}{k}}}" for k in range(1, 40)) for i in range(1, 40))
    + r"\end{pmatrix} x = y$",
    "a telescope": joined(
        " + ", lambda n: rf"\frac{{1}}{{(x + {n})(x + {n + 1})}}", 30, r"\frac{30}{(x+1)(x+31)}"
    ),
}

HEAVY: dict[str, str] = {
    "second derivatives of three softmaxes": SOFTMAXES
    + r"$$\frac{\partial^2 v_i}{\partial z_j \partial z_k} ="
    + r" \frac{\partial^2 v_j}{\partial z_k \partial z_i}$$",
    "third derivatives of two softmaxes": SOFTMAXES
    + r"$$\frac{\partial^3 w_i}{\partial z_j \partial z_k \partial z_l} ="
    + r" \frac{\partial^3 w_i}{\partial z_l \partial z_k \partial z_j}$$",
    "a product of sums": joined(" ", lambda n: f"(x_{{{n}}} + 1)", 500, "x"),
    "2000 terms": joined(" + ", lambda n: f"x_{{{n}}}", 2_000, "x"),
    "many rational functions": joined(
        " + ", lambda n: rf"\frac{{x_{{{n}}}}}{{1 + x_{{{n}}} + y}}", 100, "1"
    ),
    "a quotient to differentiate": r"$\frac{d}{dx} "
    + "".join(rf"\frac{{x + {n}}}{{x - {n}}}" for n in range(1, 100))
    + " = 1$",
    "a large power": "$(x+y+z+a+b+c)^{60} - (x+y+z+a+b+c)^{60} = 1$",
    "coupled sums": "$"
    + "".join(rf"\sum_{{{c}=1}}^N " for c in "abcdghjk")
    + "e^{"
    + " ".join(f"x_{{{c}}}" for c in "abcdghjk")
    + "} = 1$",
    "fourth derivatives": r"$y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$ $$"
    + "".join(rf"\frac{{\partial}}{{\partial z_{c}}}" for c in "abcd")
    + " y_g y_h = 1$$",
}


def verdicts(text: str) -> Iterator[Verdict]:
    for judgement in derive.check(text, format="markdown").judgements:
        if judgement.verdict is not None:
            yield judgement.verdict


def peak() -> int:
    """The most memory that this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def check_bounded(text: str) -> None:
    before, started = peak(), time.process_time()
    found = list(verdicts(text + REST))
    spent = time.process_time() - started
    assert [verdict.outcome for verdict in found[-2:]] == ["proved", "refuted"]
    for verdict in found:
        assert "internal error" not in verdict.message
        assert verdict.outcome != "unproved" or verdict.message, "no reason is given"
    # Reading takes its time where nothing is to be judged: thousands of hypotheses are no step.
    reading = 2 + min(len(text) / LETTERS, SECONDS)
    assert spent < SECONDS * max(1, len(found) - 2) + reading
    assert peak() - before < MEMORY


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hostile(name: str) -> None:
    check_bounded(DOCUMENTS[name])


@heavy
@pytest.mark.parametrize("name", HEAVY)
def test_hostile_and_slow(name: str) -> None:
    check_bounded(HEAVY[name])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a\0b $x\0 = x$", "NUL"),
        (b"$x = x$ \xff\xfe\xfa", ""),
        (b"$x = x$ \xed\xa0\x80", ""),  # half a surrogate pair
        (b"$x + x = 2 x$ and so on\n" * (50 * 2**20 // 24), ""),
    ],
    ids=["NUL bytes", "no UTF-8", "half a surrogate", "50 MB"],
)
def test_what_is_no_document_is_one_line_and_exit_code_2(
    data: bytes, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.md"
    path.write_bytes(data)
    started = time.monotonic()
    assert main(["check", str(path)]) == 2
    assert time.monotonic() - started < SECONDS
    error = capsys.readouterr().err
    assert reason in error
    assert len(error.strip().splitlines()) == 1
    assert "Traceback" not in error


@pytest.mark.parametrize(
    "text",
    [
        "$__import__('pathlib').Path('MARK').touch() = x$",
        "$\\operatorname{__import__('pathlib').Path('MARK').touch()} = x$",
        "---\nkernels: !!python/object/apply:pathlib.Path.touch ['MARK']\n---\n$x = x$",
        "---\ntitle: \"{{ ''.__class__.__mro__ }}\"\n---\n$x = x$",
        r"\input{/etc/passwd} $x = x$ \write18{touch MARK}",
    ],
)
def test_text_is_never_run(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = derive.check(text + REST, format="markdown")
    assert [j.verdict.outcome for j in report.claims if j.verdict][-2:] == ["proved", "refuted"]
    assert not list(tmp_path.iterdir())
    assert "root:" not in repr(report)
