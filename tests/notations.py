r"""Right derivations, and wrong ones, in many notations at random.

    python -m tests.notations --pages 200 [--seed 1] [--keep FOLDER]

A topic is written once, with letters that may be exchanged (``@p``) and macros for what authors
write in different ways: ``\D{L}{z_k}`` a derivative, ``\E{x}`` an exponential, ``\S{i}`` a sum,
``\V{w}`` a vector, ``\T`` a transpose.  A line ``right || wrong`` is a claim.  Of each topic
pages are made with random notations.  On a right page every claim must be proved; on a page with
one wrong claim that claim must be refuted or conditional with a counterexample.  What is not so
is printed; the figures come at the end.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import derive
from derive.prover.verdict import Judgement

Macro = Callable[..., str]

DERIVATIVES: tuple[Macro, ...] = (
    lambda a, b: rf"\frac{{\partial {a}}}{{\partial {b}}}",
    lambda a, b: rf"\dfrac{{\partial {a}}}{{\partial {b}}}",
    lambda a, b: rf"\frac{{\partial}}{{\partial {b}}} {a}",
    lambda a, b: rf"\partial {a} / \partial {b}",
    lambda a, b: rf"\frac{{d {a}}}{{d {b}}}",
    lambda a, b: rf"\frac{{\mathrm{{d}} {a}}}{{\mathrm{{d}} {b}}}",
)
EXPONENTIALS: tuple[Macro, ...] = (
    lambda x: f"e^{{{x}}}",
    lambda x: rf"\exp({x})",
    lambda x: rf"\exp\left({x}\right)",
    lambda x: rf"\mathrm{{e}}^{{{x}}}",
    lambda x: rf"\exp\{{{x}\}}",
)
VECTORS: tuple[Macro, ...] = (
    lambda x: x,
    lambda x: rf"\mathbf{{{x}}}",
    lambda x: rf"\boldsymbol{{{x}}}",
    lambda x: rf"\bm{{{x}}}",
    lambda x: rf"\vec{{{x}}}",
)
QUOTIENTS: tuple[Macro, ...] = (
    lambda a, b: rf"\frac{{{a}}}{{{b}}}",
    lambda a, b: rf"\dfrac{{{a}}}{{{b}}}",
    lambda a, b: rf"{{{a} \over {b}}}",
)
DELTAS: tuple[Macro, ...] = (
    lambda i, k: rf"\delta_{{{i}{k}}}",
    lambda i, k: rf"\delta_{{{i},{k}}}",
    lambda i, k: rf"\mathbf{{1}}[{i}={k}]",
    lambda i, k: rf"\mathbb{{1}}_{{{i}={k}}}",
    lambda i, k: rf"\mathbb{{1}}\{{{i} = {k}\}}",
)
TRANSPOSES = ("^T", r"^\top", r"^{\top}", r"^{T}", r"^\mathsf{T}", r"^{\mathrm{T}}", r"^\intercal")
DISPLAYS = (
    ("$$\n", "\n$$"),
    ("$$ ", " $$"),
    ("\\[\n", "\n\\]"),
    ("\\begin{equation}\n", "\n\\end{equation}"),
    ("\\begin{align*}\n", "\n\\end{align*}"),
    ("$$\n\\begin{aligned}\n", "\n\\end{aligned}\n$$"),
    ("```math\n", "\n```"),
)
WORDS = (
    "We get",
    "Hence",
    "Differentiating,",
    "Then",
    "It follows that",
    "So",
    "By the chain rule,",
)
SHAPE = ("shape", "wrong shape")  # how it is said that a product or an equation has no shape
LOSSES = ("L", "J", "E", "C", r"\ell", r"\mathcal{L}", r"\mathcal{J}", r"\mathrm{CE}")


@dataclass(frozen=True)
class Topic:
    """A derivation with ``letters`` that may be exchanged, each for one of several."""

    text: str
    letters: Mapping[str, tuple[str, ...]]


SOFTMAX = Topic(
    r"""
    @p_i = \Q{\E{@z_i}}{\S{j} \E{@z_j}}

The targets satisfy $\S{i} @t_i = 1$.

    @L = -\S{i} @t_i \Log @p_i

Then

    \D{@p_i}{@z_k} = @p_i (\K{i}{k} - @p_k) || \D{@p_i}{@z_k} = @p_k (\K{i}{k} + @p_k)
    \D{@L}{@p_k} = -\Q{@t_k}{@p_k} || \D{@L}{@p_k} = \Q{@t_k}{@p_k}
    \D{@L}{@z_k} = -\S{i} \Q{@t_i}{@p_i} \D{@p_i}{@z_k} || \D{@L}{@z_k} = \S{i} \Q{@t_i}{@p_i} \D{@p_i}{@z_k}
    \D{@L}{@z_k} = @p_k - @t_k || \D{@L}{@z_k} = @t_k - @p_k
""",
    {
        "p": ("p", r"\hat{y}", "q", "a", r"\pi", "S"),
        "z": ("z", "x", "o", "s", "u", r"\theta"),
        "t": ("t", "y", "d", r"\tau"),
        "L": LOSSES,
    },
)
LOGISTIC = Topic(
    r"""
Let $@s(z) = \Q{1}{1 + \E{-z}}$, $z_i = \V{w}\T \V{x}_i + b$ and $@p_i = @s(z_i)$.

    @L = -\S{i} \left[ y_i \Log @p_i + (1 - y_i) \Log(1 - @p_i) \right]

Then

    @s'(z) = @s(z) (1 - @s(z)) || @s'(z) = @s(z) (1 + @s(z))
    \D{@L}{\V{w}} = \S{i} (@p_i - y_i) \V{x}_i || \D{@L}{\V{w}} = \S{i} (y_i - @p_i) \V{x}_i
    \D{@L}{b} = \S{i} (@p_i - y_i) || \D{@L}{b} = \S{i} (@p_i + y_i)
""",
    {"s": (r"\sigma", "g", r"\mathrm{sigmoid}"), "p": ("p", r"\hat{y}", "h", "a"), "L": LOSSES[:6]},
)
LEAST_SQUARES = Topic(
    r"""
Let $@X \in \mathbb{R}^{@N \times d}$, $\V{y} \in \mathbb{R}^@N$ and $\V{w} \in \mathbb{R}^d$.

    @L(\V{w}) = \frac{1}{2} \|@X \V{w} - \V{y}\|^2

Then

    \nabla @L(\V{w}) = @X\T (@X \V{w} - \V{y}) || \nabla @L(\V{w}) = @X\T (@X \V{w} + \V{y})
    \D{@L}{\V{w}} = @X\T @X \V{w} - @X\T \V{y} || \D{@L}{\V{w}} = @X @X\T \V{w} - @X\T \V{y}
    \nabla^2 @L(\V{w}) = @X\T @X || \nabla^2 @L(\V{w}) = 2 @X\T @X
""",
    {"X": ("X", "A", r"\mathbf{X}", r"\Phi"), "N": ("N", "m", "n"), "L": LOSSES[:7]},
)
NETWORK = Topic(
    r"""
The activation $@f$ is applied to each component.

    @{z}{1} = @{W}{1} \V{x} + @{b}{1}, \quad @{a}{1} = @f(@{z}{1}), \quad @{z}{2} = @{W}{2} @{a}{1} + @{b}{2}

and the loss is $@L = \frac{1}{2} \|@{z}{2} - \V{y}\|^2$. Then

    \D{@L}{@{z}{2}} = @{z}{2} - \V{y} || \D{@L}{@{z}{2}} = \V{y} - @{z}{2}
    \D{@L}{@{W}{2}} = (@{z}{2} - \V{y}) (@{a}{1})\T || \D{@L}{@{W}{2}} = (@{z}{2} + \V{y}) (@{a}{1})\T
    \D{@L}{@{a}{1}} = (@{W}{2})\T (@{z}{2} - \V{y}) || \D{@L}{@{a}{1}} = (@{W}{2})\T (\V{y} - @{z}{2})
    \D{@L}{@{b}{1}} = (@{W}{2})\T (@{z}{2} - \V{y}) \odot @f'(@{z}{1}) || \D{@L}{@{b}{1}} = (@{W}{2})\T (@{z}{2} - \V{y}) \odot @f(@{z}{1})
""",
    {"f": ("f", "g", r"\sigma", r"\phi", "h"), "L": LOSSES[:6]},
)
NORMALIZATION = Topic(
    r"""
    @m = \frac{1}{@N} \sum_{i=1}^{@N} x_i

    @s^2 = \frac{1}{@N} \sum_{i=1}^{@N} (x_i - @m)^2

    @h_i = \Q{x_i - @m}{\sqrt{@s^2 + \epsilon}}

Then

    \D{@m}{x_j} = \frac{1}{@N} || \D{@m}{x_j} = @N
    \D{@s^2}{x_j} = \frac{2}{@N} (x_j - @m) || \D{@s^2}{x_j} = \frac{2}{@N} (x_j + @m)
    \D{@h_i}{x_j} = \Q{1}{\sqrt{@s^2 + \epsilon}} \left( \K{i}{j} - \frac{1}{@N} - \frac{1}{@N} @h_i @h_j \right) || \D{@h_i}{x_j} = \Q{1}{\sqrt{@s^2 + \epsilon}} \left( \K{i}{j} - \frac{1}{@N} + \frac{1}{@N} @h_i @h_j \right)
    \sum_{i=1}^{@N} @h_i = 0 || \sum_{i=1}^{@N} @h_i = 1
""",
    {
        "m": (r"\mu", "m", r"\bar{x}"),
        "s": (r"\sigma", "s", r"\sigma_B"),
        "h": (r"\hat{x}", "z", "u"),
        "N": ("N", "D", "n", "H"),
    },
)
ENTROPY = Topic(
    r"""
    p_i = \Q{\E{z_i}}{\S{j} \E{z_j}}

    @H = -\S{i} p_i \Log p_i

Then

    \D{@H}{p_k} = -\Log p_k - 1 || \D{@H}{p_k} = -\Log p_k + 1
    \D{@H}{z_k} = -p_k (\Log p_k + @H) || \D{@H}{z_k} = -p_k (\Log p_k - @H)
""",
    {"H": ("H", "S", r"\mathcal{H}")},
)
ATTENTION = Topic(
    r"""
Let $@S_{ij} = \frac{1}{\sqrt{d}} \sum_{k=1}^{d} Q_{ik} K_{jk}$, $@P_{ij} = \Q{\E{@S_{ij}}}{\sum_l \E{@S_{il}}}$.

    @O_{ic} = \sum_j @P_{ij} V_{jc}

Then

    \D{@O_{ic}}{V_{jc}} = @P_{ij} || \D{@O_{ic}}{V_{jc}} = @P_{ji}
    \D{@P_{ij}}{@S_{il}} = @P_{ij} (\K{j}{l} - @P_{il}) || \D{@P_{ij}}{@S_{il}} = @P_{ij} (\K{j}{l} + @P_{il})
    \D{@S_{ij}}{Q_{ik}} = \frac{1}{\sqrt{d}} K_{jk} || \D{@S_{ij}}{Q_{ik}} = \frac{1}{d} K_{jk}
    \D{@O_{ic}}{@S_{il}} = @P_{il} (V_{lc} - @O_{ic}) || \D{@O_{ic}}{@S_{il}} = @P_{il} (V_{lc} + @O_{ic})
""",
    {"S": ("S", "E", "A"), "P": ("P", r"\alpha", "W"), "O": ("O", "Y", "Z")},
)
PREFERENCES = Topic(
    r"""
With $\sigma(u) = \Q{1}{1 + \E{-u}}$ and the margin $m = @b (r_w - r_l)$ the loss is

    @L = -\Log \sigma(m)

Then

    \D{@L}{m} = \sigma(m) - 1 || \D{@L}{m} = 1 - \sigma(m)
    \D{@L}{r_w} = -@b (1 - \sigma(m)) || \D{@L}{r_w} = @b (1 - \sigma(m))
    \D{@L}{r_l} = @b \sigma(-m) || \D{@L}{r_l} = @b \sigma(m)
    @L = \Log(1 + \E{-m}) || @L = \Log(1 + \E{m})
""",
    {"b": (r"\beta", "b"), "L": LOSSES[:7]},
)
QUADRATIC = Topic(
    r"""
Let $@A \in \mathbb{R}^{n \times n}$, $\V{b} \in \mathbb{R}^n$ and

    @f(\V{x}) = \frac{1}{2} \V{x}\T @A \V{x} - \V{b}\T \V{x}

Then

    \nabla @f(\V{x}) = \frac{1}{2} (@A + @A\T) \V{x} - \V{b} || \nabla @f(\V{x}) = @A \V{x} - \V{b}
    \nabla^2 @f(\V{x}) = \frac{1}{2} (@A + @A\T) || \nabla^2 @f(\V{x}) = @A
""",
    {"A": ("A", "Q", r"\mathbf{A}"), "f": ("f", "q", "J")},
)
WEIGHTED_MEAN = Topic(
    r"""
    @m = \Q{\S{i} w_i x_i}{\S{i} w_i}

Then

    \D{@m}{x_k} = \Q{w_k}{\S{i} w_i} || \D{@m}{x_k} = \Q{w_k x_k}{\S{i} w_i}
    \D{@m}{w_k} = \Q{x_k - @m}{\S{i} w_i} || \D{@m}{w_k} = \Q{x_k + @m}{\S{i} w_i}
    \S{i} w_i (x_i - @m) = 0 || \S{i} w_i (x_i - @m) = @m
""",
    {"m": ("m", r"\mu", r"\bar{x}")},
)
TOPICS = {
    "softmax": SOFTMAX,
    "logistic": LOGISTIC,
    "least squares": LEAST_SQUARES,
    "network": NETWORK,
    "normalization": NORMALIZATION,
    "entropy": ENTROPY,
    "attention": ATTENTION,
    "preferences": PREFERENCES,
    "quadratic": QUADRATIC,
    "weighted mean": WEIGHTED_MEAN,
}

_MACRO = re.compile(r"\\([DEVQSK])\{|@\{")
_LETTER = re.compile(r"@([A-Za-z])")


@dataclass(frozen=True)
class Notation:
    """How a page writes things."""

    macros: Mapping[str, Macro]
    letters: Mapping[str, str]
    transpose: str
    logarithm: str
    display: tuple[str, str]

    def written(self, text: str) -> str:
        """The text in this notation."""
        text = _LETTER.sub(lambda match: self.letters[match[1]], text)
        while (found := _MACRO.search(text)) is not None:
            name, at = found[1] or "@", found.end() - 1
            arguments = []
            while at < len(text) and text[at] == "{" and len(arguments) < _COUNTS[name]:
                end = _closing(text, at)
                arguments.append(text[at + 1 : end])
                at = end + 1
            text = text[: found.start()] + self.macros[name](*arguments) + text[at:]
        return text.replace(r"\T", self.transpose).replace(r"\Log", self.logarithm)


_COUNTS = {"D": 2, "Q": 2, "K": 2, "@": 2, "E": 1, "V": 1, "S": 1}


def _closing(text: str, at: int) -> int:
    """Where the brace that opens at a place is closed."""
    depth = 0
    for n in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[n], 0)
        if depth == 0:
            return n
    raise ValueError(f"a brace is not closed: {text[at:]}")


def notation(topic: Topic, random: Random) -> Notation:
    """A notation at random, in which no letter stands for two things."""
    letters: dict[str, str] = {}
    for letter, choices in topic.letters.items():
        letters[letter] = random.choice([x for x in choices if x not in letters.values()])
    total = random.choice((r"\sum_{0}", r"\sum_{{{0}=1}}^{{N}}", r"\sum\limits_{{{0}=1}}^{{N}}"))
    vector = random.choice(VECTORS)
    layer = random.choice(("{0}_{1}", "{0}^{{[{1}]}}", "{0}^{{({1})}}"))
    macros: dict[str, Macro] = {
        "D": random.choice(DERIVATIVES),
        "E": random.choice(EXPONENTIALS),
        "V": vector,
        "Q": random.choice(QUOTIENTS),
        "S": total.format,
        "K": random.choice(DELTAS),
        "@": lambda name, n: layer.format(name if name == "W" else vector(name), n),
    }
    logarithm = random.choice((r"\log", r"\ln"))
    return Notation(macros, letters, random.choice(TRANSPOSES), logarithm, random.choice(DISPLAYS))


@dataclass(frozen=True)
class Page:
    """A page of a topic; ``wrong``: its line with the wrong claim, 0 for none."""

    topic: str
    text: str
    claims: int
    wrong: int = 0


def page(name: str, random: Random, wrong: bool) -> Page:
    """A page at random, right or with one wrong claim."""
    topic = TOPICS[name]
    way = notation(topic, random)
    lines = [line for line in topic.text.splitlines() if line]
    count = sum("||" in line for line in lines)
    chosen = random.randrange(count) if wrong else -1
    parts, at, number = ["# Page"], 0, 0
    for line in lines:
        if not line.startswith("    "):
            parts.append(way.written(line))
            continue
        right, _, false = line.strip().partition(" || ")
        if false:
            parts.append(random.choice(WORDS))
            if number == chosen:
                at, right = "\n\n".join(parts).count("\n") + 3, false  # behind an empty line
            number += 1
        parts.append(way.display[0] + way.written(right) + way.display[1])
    return Page(name, "\n\n".join(parts) + "\n", count, at)


def pages(seed: int, count: int) -> Iterator[Page]:
    """Pages of all topics in turn, every second one with a wrong claim."""
    random = Random(seed)
    names = list(TOPICS)
    for n in range(count):
        yield page(names[n % len(names)], random, wrong=n // len(names) % 2 == 1)


def faults(one: Page) -> list[str]:
    """What is said of a page and should not be."""
    judged = derive.check(one.text, format="markdown").judgements
    found: list[str] = []
    claims = [j for j in judged if j.verdict is not None]
    if one.wrong == 0:
        found.extend(_said(j) for j in claims if j.verdict and j.verdict.outcome != "proved")
        found.extend(_said(j) for j in judged if j.statement.kind == "unread")
        if len(claims) < one.claims:
            found.append(f"{len(claims)} of {one.claims} claims were found")
        return found
    here = [
        j
        for j in claims
        if j.statement.place.line <= one.wrong + 2 and j.statement.place.end_line >= one.wrong
    ]
    said = [_said(j) for j in here]
    caught = any(
        j.verdict.outcome in ("refuted", "conditional") or j.verdict.message.startswith(SHAPE)
        for j in here
        if j.verdict is not None
    )
    if not caught:
        found.append(f"the wrong claim at line {one.wrong}: {said or 'not found'}")
    return found


def _said(judgement: Judgement) -> str:
    statement, verdict = judgement.statement, judgement.verdict
    outcome = verdict.outcome if verdict is not None else statement.kind
    message = verdict.message if verdict is not None else statement.message
    written = f"{statement.left} {statement.relation} {statement.right}"
    return f"line {statement.place.line} {outcome}: {written} ({message})"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--pages", type=int, default=100, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="K")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write pages with faults there")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for n, one in enumerate(pages(options.seed, options.pages)):
        kind = "wrong" if one.wrong else "right"
        counts[kind] += 1
        for fault in faults(one):
            counts[f"{kind} with a fault"] += 1
            print(f"page {n} ({one.topic}, {kind}): {fault}", flush=True)
            if options.keep is not None:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{n:04}.md").write_text(one.text)
    print(", ".join(f"{kind}: {count}" for kind, count in sorted(counts.items())))
    return 1 if any("fault" in kind for kind in counts) else 0


if __name__ == "__main__":
    sys.exit(main())
