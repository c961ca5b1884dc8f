"""A step about data that prose calls something, such as orthogonal, which no formula says.

It may hold for such data alone, so that a counterexample with any others does not refute it.
Where equations can say what the word means they are supposed; a word with two meanings, such as
binary, for 0 and 1 or for -1 and 1, proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from derive.logic.problem import Claim, Equation, Fact, Hypothesis
from derive.logic.terms import (
    Add,
    Application,
    Delta,
    Index,
    Mul,
    Number,
    Pow,
    Sum,
    Term,
    Variable,
    names,
    subterms,
)
from derive.meaning.facts import fact_names, is_symmetry
from derive.meaning.notation import readable
from derive.meaning.qualities import ONE_OF, Quality, is_told_by_others
from derive.meaning.statement import Statement
from derive.prover.missing import with_hypothesis
from derive.prover.unsaid import reached
from derive.prover.verdict import Verdict

__all__ = ["of_all_data"]

_OF_NUMBERS = re.compile(r"integer|natural|whole|even|odd")
NEAR = 3  # lines to "where Q is orthogonal"
ZERO, ONE, MINUS, TWO = (Number(Fraction(n)) for n in (0, 1, -1, 2))


def of_all_data(
    statement: Statement,
    found: Verdict | None,
    qualities: Iterable[Quality],
    judged: Callable[[Claim], Verdict],
) -> Verdict | None:
    """The verdict, but for one that may be false of what the text speaks of.

    ``judged``: what is said of one claim.
    """
    if found is None or found.outcome not in ("refuted", "conditional"):
        return found
    claims = [claim for reading in statement.readings for claim in reading.claims]
    line = statement.place.line
    said = [q for q in qualities if q.line <= line + NEAR]
    told = [q for q in said if any(_called(claim, q) for claim in claims)]
    if not told or (found.outcome == "refuted" and all(_has(found, q) for q in told)):
        return found
    supposed = _supposed(claims[0], told) if len(claims) == 1 else ()
    verdicts = [judged(with_hypothesis(claims[0], *known)) for known in supposed]
    here = all(q.line <= line <= q.until for q in told)
    if len(verdicts) == 1 and verdicts[0].outcome == "proved" and here:
        return verdicts[0]
    if verdicts and all(v.outcome in ("refuted", "conditional") for v in verdicts):
        return replace(found, counterexample=verdicts[0].counterexample)
    return Verdict("unproved", message=_perhaps(told[0]))


def _perhaps(quality: Quality) -> str:
    """What the text says, which may be why the step holds."""
    if is_told_by_others(quality.word):
        return f"line {quality.line} speaks of {quality.word}, from which it may follow"
    word = f"line {quality.line} says that {readable(quality.name)} is {quality.word}"
    return f"{word}, perhaps of this step, too"


def _called(claim: Claim, quality: Quality) -> frozenset[str]:
    """The data of a claim that are called so, and of which nothing else is said.

    And the numbers that are made of other data: of ``n = 2 m`` m is whole, if n is even.
    """
    about = {
        name
        for name in reached(claim, names(claim.left) | names(claim.right))
        if name.strip("{}").partition("_")[0].strip("{}") == quality.name
        and (claim.context.definition(name) is None or _is_made(claim, name, quality))
    }
    if quality.of_functions:
        about &= {part.name for part in _parts(claim) if isinstance(part, Application)}
    stated = (
        fact
        for hypothesis in claim.context.hypotheses
        for fact in hypothesis.facts
        if isinstance(fact, Equation) and not is_symmetry(fact)
    )
    return frozenset(about.difference(*map(fact_names, stated)))


def _is_made(claim: Claim, name: str, quality: Quality) -> bool:
    """Whether the name of a whole number is defined by sums and products of data."""
    definition = claim.context.definition(name)
    if definition is None or definition.arguments or not _OF_NUMBERS.match(quality.word):
        return False
    parts = list(subterms(definition.body))
    plain = all(isinstance(part, Number | Variable | Add | Mul) for part in parts)
    return plain and any(isinstance(part, Variable) for part in parts)


def _parts(claim: Claim) -> Iterator[Term]:
    """All parts of a claim and of the definitions in force."""
    for side in (claim.left, claim.right, *(d.body for d in claim.context.definitions)):
        yield from subterms(side)


def _has(found: Verdict, quality: Quality) -> bool:
    """Whether all values of the counterexample are as the text says: whole numbers, bits."""
    if found.counterexample is None:
        return False
    given = found.counterexample.values.items()
    try:
        values = [Fraction(v) for name, written in given if name == quality.name for v in written]
    except ValueError:
        return False
    if quality.word.startswith(ONE_OF):
        members = quality.word.removeprefix(ONE_OF).split(", ")
        return {str(value) for value in values} <= set(members)
    whole = bool(values) and all(value.denominator == 1 for value in values)
    match quality.word:
        case "binary":
            return bool(values) and (set(values) <= {0, 1} or set(values) <= {-1, 1})
        case "even" | "odd":
            return whole and all(value % 2 == (quality.word == "odd") for value in values)
    return whole and ("integer" in quality.word or "number" in quality.word)


def _supposed(claim: Claim, told: Sequence[Quality]) -> tuple[tuple[Hypothesis, ...], ...]:
    """What the words may mean, each meaning as hypotheses; () where no equation says it."""
    meanings = []
    for quality in told:
        for name in sorted(_called(claim, quality)):
            found = tuple(
                Hypothesis(facts, f"{name} \\text{{ {quality.word}}}", quality.line)
                for facts in _meanings(quality, name, _ranges(claim, name))
            )
            if not found:
                return ()
            meanings.append(found)
    most = max(map(len, meanings), default=0)
    return tuple(tuple(m[min(n, len(m) - 1)] for m in meanings) for n in range(most))


def _ranges(claim: Claim, name: str) -> tuple[str, ...] | None:
    """The ranges of the indices of a name; None where they are not the same everywhere."""
    variables = (p for p in _parts(claim) if isinstance(p, Variable) and p.name == name)
    found = {tuple(str(getattr(i, "range", "")) for i in v.indices) for v in variables}
    return found.pop() if len(found) == 1 else None


def _meanings(
    quality: Quality, name: str, ranges: tuple[str, ...] | None
) -> Iterator[tuple[Fact, ...]]:
    """What the word may mean of a name with such indices, as equations."""
    if ranges is None or not all(ranges):
        return
    letters = tuple(Index(letter, r) for letter, r in zip("ij", ranges, strict=False))
    x = Variable(name, letters)
    word = quality.word
    if word == "binary":
        yield (Equation(Pow(x, TWO), x, letters),)
        yield (Equation(Pow(x, TWO), ONE, letters),)
    elif len(ranges) == 1 and ("unit" in word or word.startswith("normali")):
        (i,) = letters
        yield (Equation(Sum(i, (), Pow(x, TWO)), ONE),)
        if "unit" not in word:
            yield (Equation(Sum(i, (), x), ONE),)
    elif len(ranges) == 1 and quality.whole and _is_law(word):
        yield (Equation(Sum(letters[0], (), x), ONE),)
    elif len(ranges) == 2 and "joint" in word:
        yield (Equation(Sum(letters[0], (), Sum(letters[1], (), x)), ONE),)
    elif len(ranges) == 1 and ("mean" in word or word.startswith("cent")):
        yield (Equation(Sum(letters[0], (), x), ZERO),)
    elif len(ranges) == 2 and ranges[0] == ranges[1]:
        yield from _of_matrices(word, name, ranges[0])


def _is_law(word: str) -> bool:
    return "distribution" in word or "mass" in word or "pmf" in word


def _of_matrices(word: str, name: str, size: str) -> Iterator[tuple[Fact, ...]]:
    """What the word means of a square matrix."""
    i, j, k = (Index(letter, size) for letter in "ijk")

    def entry(row: Index, column: Index) -> Term:
        return Variable(name, (row, column))

    if word.startswith("ortho"):
        columns = Sum(k, (), Mul((entry(k, i), entry(k, j))))
        rows = Sum(k, (), Mul((entry(i, k), entry(j, k))))
        yield tuple(Equation(product, Delta(i, j), (i, j)) for product in (columns, rows))
    elif "symmetric" in word:
        yield (Equation(entry(i, j), Mul((MINUS, entry(j, i))), (i, j)),)
    elif word == "idempotent":
        yield (Equation(Sum(k, (), Mul((entry(i, k), entry(k, j)))), entry(i, j), (i, j)),)
