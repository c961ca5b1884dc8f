"""A long search for false proofs and false refutations, on random claims of the whole language.

    python -m tests.fuzz --minutes 30 [--seed 1] [--jobs 2]

What the prover calls equal must be equal at every point that the refuter samples, and at one of
them by plain differences with many digits as well; what is called refuted must differ at the
counterexample, by that second evaluator.  A term must equal each of its normal forms.  The
prover must answer in time.  Disagreements are printed as they are found, with the seed that
makes them again; the figures come at the end.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from random import Random
from types import FrameType

import mpmath

from derive.algebra.arithmetic import Refused
from derive.logic.checker import Theorem, opening
from derive.logic.problem import Claim
from derive.logic.terms import Application, Derivative, Index, names, subterms
from derive.meaning.notation import latex
from derive.prover.judge import verdict
from derive.prover.normal import Search
from derive.prover.prove import prove
from derive.refuter.counterexample import Counterexample
from derive.refuter.refute import Effort, sample
from tests.random_claims import DEFINITIONS, FREE, Question, random_question
from tests.refuter.naive import DIGITS, Naive, NoNumber

PATIENCE = 10.0  # seconds: what a step may take
EFFORT = Effort(operations=150_000, seconds=1.5, more_rounds=12)
BATCH = 400  # questions that one process asks before another takes over, so that memory is freed
MEMORY = 3 << 30


class OutOfTime(BaseException):
    """The patience is at an end; not an Exception, so that nothing takes it for its own."""


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Raises OutOfTime in the block after so many seconds of processor time."""

    def stop(_: int, __: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@dataclass
class Figures:
    """What a run came to."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    disagreements: list[str] = field(default_factory=list)

    def __iadd__(self, other: Figures) -> Figures:
        self.counts += other.counts
        self.slowest = max(self.slowest, other.slowest)
        self.disagreements += other.disagreements
        return self

    def disagree(self, what: str, seed: str, claim: Claim) -> None:
        """Note a defect."""
        hypotheses = "; ".join(h.source for h in claim.context.hypotheses)
        text = f"{what} (seed {seed}): {latex(claim.left)} = {latex(claim.right)}  [{hypotheses}]"
        self.counts[f"DISAGREEMENTS: {what}"] += 1
        self.disagreements.append(text)
        print(text, file=sys.stderr, flush=True)


def examine(question: Question, seed: str, figures: Figures) -> None:
    """Ask prover and refuter about one claim and compare."""
    claim = question.claim
    figures.counts["terms"] += 2
    figures.counts["claims"] += 1
    started = time.process_time()
    try:
        with patience(2 * PATIENCE):
            attempt = prove(claim)
    except OutOfTime:
        figures.disagree("the prover did not stop", seed, claim)
        return
    except Exception as error:
        figures.disagree(f"the prover raised {type(error).__name__}: {error}", seed, claim)
        return
    figures.slowest = max(figures.slowest, time.process_time() - started)
    try:
        with patience(2 * PATIENCE):
            survey = sample(claim, EFFORT)
    except OutOfTime:
        figures.disagree("the refuter did not stop", seed, claim)
        return
    except Exception as error:
        figures.disagree(f"the refuter raised {type(error).__name__}: {error}", seed, claim)
        return
    found = survey.contradiction
    outcome = "proved" if attempt.theorem else "refuted" if found else "undecided"
    figures.counts[outcome] += 1
    if attempt.theorem is not None and found is not None:
        figures.disagree("proved and refuted", seed, claim)
    elif attempt.theorem is not None:
        figures.counts["proved, with a point to see it at"] += survey.points > 0
        if survey.witness is not None and agreement(claim, survey.witness, figures) is False:
            figures.disagree("proved and differs by plain differences", seed, claim)
    elif found is not None and _is_plain(found) and agreement(claim, found, figures) is True:
        figures.disagree("refuted and equal by plain differences", seed, claim)


def forms(question: Question, seed: str, figures: Figures) -> None:
    """A term against its normal forms."""
    claim = question.claim
    try:
        left, right, scope = opening(Claim(claim.left, "=", claim.left, claim.context))
    except Refused:
        return
    unfold = frozenset(d.name for d in DEFINITIONS)
    for search in (Search(), Search(unfold, True, True)):
        try:
            with patience(2 * PATIENCE):
                new, _ = search.normal(left, scope)
        except Refused:
            continue
        except OutOfTime:
            figures.disagree("the normal form did not stop", seed, claim)
            continue
        except Exception as error:
            figures.disagree(f"the normal form raised {type(error).__name__}", seed, claim)
            continue
        if new is right:
            continue
        figures.counts["terms"] += 1
        figures.counts["normal forms"] += 1
        same = Claim(claim.left, "=", new, claim.context)
        with patience(2 * PATIENCE):
            survey = sample(same, EFFORT)
        if survey.contradiction is not None:
            figures.disagree("a normal form differs from its term", seed, same)


def conditional(question: Question, seed: str, figures: Figures) -> None:
    """The whole verdict: what is said to be missing must make the claim true."""
    claim = question.claim
    try:
        with patience(60):
            found = verdict(claim)
    except OutOfTime:
        figures.counts["verdicts that took a minute"] += 1
        return
    except Exception as error:
        figures.disagree(f"the verdict raised {type(error).__name__}: {error}", seed, claim)
        return
    figures.counts[f"verdict {found.outcome}"] += 1
    if "internal error" in found.message:
        figures.disagree("internal error", seed, claim)
    if found.outcome == "conditional":
        for theorem in found.theorems:
            if not isinstance(theorem, Theorem):
                continue
            survey = sample(theorem.claim, EFFORT)
            if survey.contradiction is not None:
                figures.disagree("false under what is said to be missing", seed, theorem.claim)


def _is_plain(found: Counterexample) -> bool:
    """Whether plain differences see that the sides differ, as they do not e^63 + 3 and e^63 - 3."""
    try:
        with mpmath.workdps(DIGITS):
            left, right = mpmath.mpf(found.left), mpmath.mpf(found.right)
            return bool(abs(left - right) > mpmath.mpf(10) ** -20 * (abs(left) + abs(right)))
    except ValueError:  # a side without a value
        return True


def agreement(claim: Claim, at: Counterexample, figures: Figures) -> bool | None:
    """Whether both sides are equal at a point by the second evaluator; None where it cannot say."""
    if {"E", "H", "h"} & (names(claim.left) | names(claim.right)):
        return None  # open functions
    try:
        naive = _point(claim, at)
        with patience(5), mpmath.workdps(DIGITS):
            left = naive.value(claim.left, naive.free)
            right = naive.value(claim.right, naive.free)
            error = abs(left - right)
            size = 1 + abs(left) + abs(right)
    except (NoNumber, KeyError, AssertionError, OutOfTime, ValueError, TypeError, OverflowError):
        return None
    except (ZeroDivisionError, mpmath.libmp.NoConvergence):
        return None
    figures.counts["points seen by a second evaluator"] += 1
    # Two nested central differences leave 30 digits; without any, all but a few are right.
    exact = not any(
        isinstance(part, Derivative) or (isinstance(part, Application) and any(part.orders))
        for root in (claim.left, claim.right)
        for part in subterms(root)
    )
    if exact and error <= mpmath.mpf(10) ** (-DIGITS // 2) * (size - 1):
        # sigmoid(x^4) and sigmoid(x^6) differ by less than half of the digits, and do differ.
        return True if error <= mpmath.mpf(10) ** (20 - DIGITS) * size else None
    if not exact and size > 10**12:
        return None  # such as e^(e^(u w)), which its differences are not small beside
    if not exact and error < mpmath.mpf(10) ** -27 * size:
        return True if size > 1.001 else None
    return False if error > mpmath.mpf(10) ** -8 * size else None


def _point(claim: Claim, at: Counterexample) -> Naive:
    """The point of a counterexample, read from what it tells a person."""
    data: dict[tuple[str, tuple[int, ...]], Fraction] = {}
    labels: dict[tuple[str, tuple[int, ...]], int] = {}
    for name, texts in at.values.items():
        grid = product(*(range(1, size + 1) for size in at.shapes[name]))
        for positions, text in zip(grid, texts, strict=True):
            if name in ("l", "n"):
                labels[name, positions] = int(text)
            else:
                data[name, positions] = Fraction(text)
    free = {Index(letter, _range(letter)): n for letter, n in at.indices.items()}
    return Naive(claim.context, at.sizes, data, labels, free)


def _range(letter: str) -> str:
    return next((i.range for i in FREE if i.name == letter), "N")


def batch(seed: str, deadline: float) -> Figures:
    """Questions until the deadline, but no more than a batch."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    figures = Figures()
    for n in range(BATCH):
        if time.time() > deadline:
            break
        name = f"{seed}.{n}"
        ask(name, figures)
    return figures


def ask(seed: str, figures: Figures) -> None:
    """The question with this seed."""
    rng = Random(seed)
    question = random_question(rng)
    figures.counts[f"of kind {question.kind}"] += 1
    try:
        examine(question, seed, figures)
        if rng.random() < 0.5:
            forms(question, seed, figures)
        if rng.random() < 0.05:
            conditional(question, seed, figures)
    except OutOfTime:
        figures.disagree("something did not stop", seed, question.claim)
    except MemoryError:
        figures.disagree("out of memory", seed, question.claim)


def run(minutes: float, seed: int, jobs: int) -> Figures:
    """Batches in processes of their own until the time is up."""
    deadline = time.time() + 60 * minutes
    figures = Figures()

    def tasks() -> Iterator[tuple[str, float]]:
        number = 0
        while time.time() < deadline:
            yield f"{seed}.{number}", deadline
            number += 1

    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, maxtasksperchild=1) as pool:
        waiting = []
        for arguments in tasks():
            waiting.append(pool.apply_async(batch, arguments))
            while len(waiting) >= jobs:
                waiting = [w for w in waiting if not _done(w, figures)]
                time.sleep(0.2)
        for w in waiting:
            figures += w.get()
    return figures


def _done(waiting: multiprocessing.pool.AsyncResult[Figures], figures: Figures) -> bool:
    if not waiting.ready():
        return False
    figures += waiting.get()
    return True


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--question", help="the seed of one question, to ask it again")
    options = parser.parse_args()
    started = time.monotonic()
    if options.question:
        figures = Figures()
        ask(options.question, figures)
    else:
        figures = run(options.minutes, options.seed, options.jobs)
    print(f"{(time.monotonic() - started) / 60:.1f} minutes, seed {options.seed}")
    for name, count in sorted(figures.counts.items()):
        print(f"{count:9d}  {name}")
    print(f"{figures.slowest:9.1f}  seconds for the slowest proof search")
    print(f"{len(figures.disagreements):9d}  disagreements")
    return 1 if figures.disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
