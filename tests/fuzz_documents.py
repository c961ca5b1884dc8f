"""A long search for documents that the program does not survive.

    python -m tests.fuzz_documents --minutes 60 [--seed 1] [--jobs 2] [FILE OR FOLDER ...]

Each is one of the documents given (else the project's own) with a few random edits: pieces of
text dropped, doubled, exchanged, taken from another document, or signs and commands put in.
The whole program reads and judges it and writes its reports: nothing may be raised, nothing may
be kept back as an "internal error", each verdict has its reason, each place is in the text, and
the time is what a step may take.  What fails is printed with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from types import FrameType

import derive
from derive.prover.verdict import Report
from derive.reader.formats import UnreadableDocument
from derive.report import data, findings, text
from derive.report.layout import Style
from tests.reader.test_documents_fuzzed import PIECES

SECONDS = 10.0  # for one step
LETTERS = 10_000  # that are read in a second at least
PATIENCE = 120.0
MEMORY = 3 << 30
MOST_LETTERS = 4_000  # of a document, so that many are tried
BATCH = 60

SIGNS = (
    "=", "+", "-", "-", "^2", "_i", "_j", "_{ij}", "'", "!", "{", "}", "(", ")", r"\left(",
    r"\right)", r"\sum_i ", r"\sum_{j \ne i} ", r"\prod_i ", r"\frac{1}{x}", r"\frac", r"\sqrt ",
    r"\log ", r"\exp", r"\partial ", r"\frac{\partial}{\partial z_i} ", r"\nabla ", r"\mathbf ",
    r"\hat ", r"^\top", r"\delta_{ij}", r"\approx ", r"\Rightarrow ", r"\ldots", r"\cdot ", "&",
    r"\\", r"\quad ", r"\text{ if } ", r"\int ", r"\mathbb{E}", "0", "1", "-1", "N", "1/0", "|",
    " Suppose ", " Let ", " where ", " for all $i$ ", " not ", " if ", " Then ", "\n\n", "\n# A\n",
)  # fmt: skip


def damaged(sources: Sequence[str], rng: Random) -> str:
    """One of the documents, or a stretch of it, with some edits."""
    body = rng.choice(sources)
    if len(body) > MOST_LETTERS:
        start = rng.randrange(len(body) - MOST_LETTERS)
        body = body[start : start + MOST_LETTERS]
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8, 20))):
        body = rng.choice(EDITS)(body, sources, rng)
    return body


def _stretch(body: str, rng: Random, most: int) -> tuple[int, int]:
    start = rng.randrange(len(body) + 1)
    return start, min(len(body), start + rng.randint(1, most))


def _drop(body: str, _: Sequence[str], rng: Random) -> str:
    start, end = _stretch(body, rng, rng.choice((1, 5, 40, 400)))
    return body[:start] + body[end:]


def _double(body: str, _: Sequence[str], rng: Random) -> str:
    start, end = _stretch(body, rng, rng.choice((1, 5, 40, 400)))
    return body[:end] + body[start:end] * rng.choice((1, 1, 2, 7)) + body[end:]


def _exchange(body: str, _: Sequence[str], rng: Random) -> str:
    (a, b), (c, d) = sorted((_stretch(body, rng, 30), _stretch(body, rng, 30)))
    return body if b > c else body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]


def _graft(body: str, sources: Sequence[str], rng: Random) -> str:
    other = rng.choice(sources)
    start, end = _stretch(other, rng, rng.choice((10, 80, 600)))
    at = rng.randrange(len(body) + 1)
    return body[:at] + other[start:end] + body[at:]


def _insert(body: str, _: Sequence[str], rng: Random) -> str:
    at = rng.randrange(len(body) + 1)
    return body[:at] + rng.choice(rng.choice((SIGNS, SIGNS, PIECES))) + body[at:]


def _replace_letter(body: str, _: Sequence[str], rng: Random) -> str:
    letters = [n for n, sign in enumerate(body) if sign.isalnum()]
    if not letters:
        return body
    at, to = rng.choice(letters), rng.choice(letters)
    return body[:at] + body[to] + body[at + 1 :]


EDITS: tuple[Callable[[str, Sequence[str], Random], str], ...] = (
    _drop, _double, _exchange, _graft, _insert, _insert, _replace_letter,
)  # fmt: skip


class OutOfTime(BaseException):
    """Not an Exception, so that nothing takes it for its own."""


def _stop(_: int, __: FrameType | None) -> None:
    raise OutOfTime


def defect(body: str, counts: Counter[str]) -> str:
    """What is wrong with how the program takes a document, or nothing."""
    started = time.process_time()
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        report = derive.check(body, format="markdown")
        counts["judgements"] += len(report.judgements)
        return _of_report(report, body, time.process_time() - started, counts)
    except UnreadableDocument as refusal:
        counts["documents refused"] += 1
        return "" if len(str(refusal).splitlines()) == 1 else f"a refusal of lines: {refusal}"
    except OutOfTime:
        return f"not done after {PATIENCE} s"
    except (Exception, RecursionError) as error:
        return f"raised {type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _of_report(report: Report, body: str, spent: float, counts: Counter[str]) -> str:
    lines = body.splitlines() or [""]
    claims = 0
    for judgement in report.judgements:
        verdict, place = judgement.verdict, judgement.statement.place
        counts[verdict.outcome if verdict else judgement.statement.kind] += 1
        if not 1 <= place.line <= place.end_line <= len(lines) + 1:
            return f"a place outside of the text: {place}"
        if verdict is None:
            continue
        claims += 1
        if "internal error" in verdict.message:
            return verdict.message
        if verdict.outcome == "unproved" and not verdict.message:
            return f"unproved without a reason at {place.line}"
        if verdict.outcome == "refuted" and not (verdict.message or verdict.counterexample):
            return f"refuted without a counterexample at {place.line}"
    for style in (Style(80), Style(20, colour=True)):
        text.page(report, style, verbose=True)
        text.axioms(report, style)
        list(findings.findings(report, style))
        list(findings.reading(report, style))
    data.as_text(data.envelope([data.document(report)]))
    allowed = SECONDS * max(1, claims) + 2 + len(body) / LETTERS
    return f"{spent:.0f} s for {claims} claims" if spent > allowed else ""


def ask(seed: str, sources: Sequence[str], counts: Counter[str]) -> str:
    """Try the document that this seed makes; the defect that it shows, or nothing."""
    counts["documents"] += 1
    found = defect(damaged(sources, Random(seed)), counts)
    if found:
        counts["DEFECTS"] += 1
        print(f"seed {seed}: {found}", file=sys.stderr, flush=True)
    return found


def batch(seed: str, sources: Sequence[str], deadline: float) -> Counter[str]:
    """Documents until the deadline, in a process of its own, so that memory is freed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    counts: Counter[str] = Counter()
    for n in range(BATCH):
        if time.time() > deadline:
            break
        ask(f"{seed}.{n}", sources, counts)
    return counts


def run(minutes: float, seed: int, jobs: int, sources: Sequence[str]) -> Counter[str]:
    """Batches until the time is up."""
    deadline = time.time() + 60 * minutes
    counts: Counter[str] = Counter()
    number = 0
    with multiprocessing.get_context("spawn").Pool(jobs, maxtasksperchild=1) as pool:
        while time.time() < deadline:
            tasks = [(f"{seed}.{number + n}", sources, deadline) for n in range(jobs)]
            number += jobs
            for found in pool.starmap(batch, tasks, chunksize=1):
                counts += found
    return counts


def texts(paths: Sequence[Path]) -> list[str]:
    """The documents at these paths, and in the folders among them."""
    files = [f for p in paths for f in (sorted(p.iterdir()) if p.is_dir() else [p])]
    return [f.read_text(encoding="utf-8", errors="replace") for f in files if f.is_file()]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz_documents", description=__doc__)
    own = Path(__file__).parent / "documents"
    parser.add_argument("documents", nargs="*", type=Path, default=[own])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--document", help="the seed of one document, to see it and try it again")
    options = parser.parse_args()
    sources = texts(options.documents)
    if options.document:
        print(damaged(sources, Random(options.document)))
        return 1 if ask(options.document, sources, Counter()) else 0
    counts = run(options.minutes, options.seed, options.jobs, sources)
    print(f"{options.minutes} minutes, seed {options.seed}")
    for name, count in sorted(counts.items()):
        print(f"{count:9d}  {name}")
    return 1 if counts["DEFECTS"] else 0


if __name__ == "__main__":
    sys.exit(main())
