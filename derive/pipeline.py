"""From documents to reports: one document after another, or several at once on all cores."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from derive.memory import forget
from derive.prover.verdict import Report
from derive.reader.document import Document
from derive.reader.files.decoding import UnreadableDocument, decode, readable
from derive.reader.formats import read_document

__all__ = [
    "SHIPPED", "CannotCheck", "Outcome", "Source", "bytes_of", "defect", "in_processes",
    "judge_all", "judge_document", "macros_in", "read",
]  # fmt: skip

SHIPPED = Path(__file__).parent / "derivations" / "softmax_cross_entropy.md"

# Below this many bytes for each process, starting the process takes longer than it saves.
WORTH_A_PROCESS = 5_000

S = TypeVar("S")
T = TypeVar("T")


class CannotCheck(Exception):
    """A document that cannot be checked at all; the message is one sentence for people."""


@dataclass(frozen=True)
class Source:
    """A document to be checked: a path, or text that was given (standard input).

    ``macros``: texts that define commands for it, as a site's or a book's preamble does.
    """

    path: str
    data: bytes | None = None
    macros: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What came of one document: a result, or the sentence that says why there is none.

    ``internal``: the reason is a defect of this program, not of the document.
    """

    source: Source
    result: T | None = None
    problem: str = ""
    internal: bool = False


def bytes_of(source: Source) -> bytes:
    """The bytes of a document.  Raises CannotCheck where there is no such file, or a folder."""
    if source.data is not None:
        return source.data
    try:
        return Path(source.path).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotCheck(reason[:1].lower() + reason[1:]) from error


def read(source: Source) -> Document:
    """The document at a path.

    Raises CannotCheck where there is no such file, it is a folder, or it holds no text.
    """
    try:
        document = read_document(source.path, bytes_of(source))
    except UnreadableDocument as error:
        raise CannotCheck(str(error)) from error
    return replace(document, macros=(*source.macros, *document.macros))


def macros_in(path: str) -> str:
    """The text of a file that defines commands.  Raises CannotCheck as ``read`` does."""
    try:
        return readable(decode(bytes_of(Source(path))))
    except UnreadableDocument as error:
        raise CannotCheck(str(error)) from error


def judge_document(document: Document) -> Report:
    """Understand a document and judge its claims."""
    from derive.meaning.understand import understand
    from derive.prover.judge import judge

    forget()
    return judge(understand(document))


def judge_all(
    sources: Sequence[Source], render: Callable[[Report], T], jobs: int = 0
) -> Iterator[Outcome[T]]:
    """Judge each document and ``render`` its report, in the order of ``sources``.

    ``jobs``: how many processes at most (0: one for each core).  ``render`` runs in the process
    that judged, so that only what it makes has to travel; it and its result must be picklable.
    """
    processes = min(jobs or len(os.sched_getaffinity(0)), len(sources), _worth(sources))
    if processes < 2:
        for source in sources:
            yield _judge_one(source, render)
        return
    yield from _in_processes(sources, render, processes)


def _in_processes(
    sources: Sequence[Source], render: Callable[[Report], T], processes: int
) -> Iterator[Outcome[T]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # Loaded once, before the processes start as copies of this one.
    import derive.meaning.understand
    import derive.prover.judge  # noqa: F401

    pool = ProcessPoolExecutor(processes, initializer=_leave_interrupts_to_the_first_process)
    try:
        waiting = [pool.submit(_judge_one, source, render) for source in sources]
        for source, future in zip(sources, waiting, strict=True):
            try:
                outcome = future.result()
            except BrokenProcessPool:
                # One document ended its process, and the pool with it; each of the others that
                # had not been done gets a process of its own.
                outcome = _alone(source, render)
            yield outcome
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


def in_processes(function: Callable[[S], T], items: Sequence[S], jobs: int = 0) -> Iterator[T]:
    """``map`` over several processes, in order; ``jobs`` as for ``judge_all``."""
    from concurrent.futures import ProcessPoolExecutor

    processes = min(jobs or len(os.sched_getaffinity(0)), len(items))
    if processes < 2:
        yield from map(function, items)
        return
    with ProcessPoolExecutor(processes, initializer=_leave_interrupts_to_the_first_process) as pool:
        yield from pool.map(function, items)


def _alone(source: Source, render: Callable[[Report], T]) -> Outcome[T]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(1, initializer=_leave_interrupts_to_the_first_process) as pool:
        try:
            return pool.submit(_judge_one, source, render).result()
        except BrokenProcessPool:
            return Outcome(
                source, None, "the process that judged it ended before it was done", True
            )


def _leave_interrupts_to_the_first_process() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _worth(sources: Sequence[Source]) -> int:
    """How many processes the documents' sizes are worth."""

    def size(source: Source) -> int:
        try:
            return os.path.getsize(source.path) if source.data is None else len(source.data)
        except (OSError, ValueError):
            return 0

    return sum(map(size, sources)) // WORTH_A_PROCESS


def _judge_one(source: Source, render: Callable[[Report], T]) -> Outcome[T]:
    try:
        return Outcome(source, render(judge_document(read(source))))
    except CannotCheck as error:
        return Outcome(source, None, str(error))
    except Exception as error:  # a defect in this program: the other documents are still judged
        return Outcome(source, None, defect(error), True)


def defect(error: Exception) -> str:
    """One line that lets a developer find the defect."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    reason = " ".join(str(error).split())[:200]
    return f"internal error, please report it: {type(error).__name__}: {reason}{where}"
