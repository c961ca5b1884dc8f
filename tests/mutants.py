"""Wrong versions of all documents: ``python -m tests.mutants [DOCUMENT ...]``.

The same as ``derive mutate`` over the shipped derivation and the documents of the tests, and one
thing more: each version that is called true is tried by the second evaluator of the tests, which
shares no arithmetic with the program.  Exit code 1 where that evaluator finds a difference or no
point to try, or where less than 99 % of the wrong versions are caught.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import mpmath

from derive.clock import limited
from derive.logic.problem import Claim
from derive.meaning.notation import unicode
from derive.meaning.understand import understand
from derive.pipeline import SHIPPED, Source, in_processes, read
from derive.prover.judge import verdict
from derive.prover.mutants import mutants
from derive.prover.mutate import Mutation, Original, Sharpness, originals, tried
from derive.refuter.evaluation import Evaluation
from derive.refuter.sampling import Draw, Style
from derive.refuter.space import Space
from derive.refuter.values import Unusable
from derive.report import layout, sharpness
from tests.conftest import DOCUMENTS
from tests.refuter.naive import DIGITS, Naive, NoNumber

POINTS = 12
CLOSE = mpmath.mpf(10) ** -20


@dataclass(frozen=True)
class Oracle:
    """A version that is called true: where both sides were found equal, or a difference."""

    where: str
    claim: str
    points: int
    difference: str = ""


STYLES: tuple[Style, ...] = ("mixed", "signed", "fractions", "simple", "generic")


def admissible(claim: Claim) -> Iterator[Evaluation]:
    """Evaluations at points that satisfy the hypotheses, at N = 1 to 4."""
    space = Space([claim.left, claim.right], claim.context)
    for number in range(100, 160):  # numbers that the program's own plan does not use
        sizes = space.sizes((1 + number % 4, 1 + (number // 2) % 3))
        style = STYLES[number % len(STYLES)]
        chosen = space.assignments(sizes, Draw(style, number))
        for indices, labels in chosen[:: max(1, len(chosen) // 3)]:
            with limited(20):
                found = space.evaluation(sizes, indices, labels, Draw(style, number), 5_000_000)
            if found is not None:
                found.point.indices = indices
                yield found


def oracle(claim: Claim) -> tuple[int, str]:
    """At how many points the second evaluator finds both sides equal, and a difference."""
    equal = 0
    for evaluation in admissible(claim):
        try:
            evaluation.value(claim.left)
            evaluation.value(claim.right)
        except Unusable:
            continue
        point = evaluation.point
        data = {key: Fraction(int(v.p), int(v.q)) for key, v in point.values.items()}
        naive = Naive(claim.context, point.sizes, data, point.labels, point.indices)
        with mpmath.workdps(DIGITS):
            try:
                left = naive.value(claim.left, point.indices)
                right = naive.value(claim.right, point.indices)
            except (NoNumber, KeyError):  # undefined a step beside the point, or derived data
                continue
            if abs(left - right) > CLOSE * (1 + abs(left)):
                return equal, f"{mpmath.nstr(left, 12)} and {mpmath.nstr(right, 12)} at {data}"
        equal += 1
        if equal >= POINTS:
            break
    return equal, ""


def judged(original: Original) -> tuple[Mutation, tuple[Oracle, ...]]:
    """The wrong versions of a claim, and the oracle's word on those that are called true."""
    mutation = tried(original)
    if not any(trial.outcome == "proved" for trial in mutation.trials):
        return mutation, ()
    made = mutants(original.claim, verdict(original.claim).hypotheses)
    told = []
    for mutant, trial in zip(made, mutation.trials, strict=True):
        if trial.outcome == "proved":
            claim = mutant.claim
            where = f"line {original.line}: {trial.kind}"
            formula = f"{unicode(claim.left)} = {unicode(claim.right)}"
            told.append(Oracle(where, formula, *oracle(claim)))
    return mutation, tuple(told)


def main(paths: list[str]) -> int:
    """Judge all wrong versions and print the tables."""
    all_found = []
    told: list[tuple[str, Oracle]] = []
    for path in paths or [str(SHIPPED), *map(str, sorted(DOCUMENTS.iterdir()))]:
        meaning = understand(read(Source(path)))
        pairs = list(in_processes(judged, list(originals(meaning))))
        found = Sharpness(meaning.path, meaning.title, tuple(mutation for mutation, _ in pairs))
        print(sharpness.page(found, layout.Style(100)), flush=True)
        all_found.append(found)
        told += [(path, one) for _, of_claim in pairs for one in of_claim]
    print(sharpness.totals(all_found, layout.Style(100)))
    suspect = [(path, one) for path, one in told if one.difference or not one.points]
    print(f"{len(told)} versions are called true; the second evaluator agrees with", end=" ")
    print(f"{len(told) - len(suspect)} of them, each at up to {POINTS} points.")
    for path, one in suspect:
        print(f"{path}: {one.where}: {one.claim}: {one.difference or 'no point'}")
    right, wrong = sharpness.caught(pair for found in all_found for pair in found.trials)
    return int(bool(suspect) or right < 0.99 * wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
