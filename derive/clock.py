"""How long a piece of work may take, in processor time: a busy machine changes no verdict.

``with limited(4.0): ...`` allows so many seconds for what is done within, or fewer where less is
left of a limit around it.  Whatever loops asks ``late()``, and gives up with a reason.
``with stopped(9.0): ...`` is for what may have forgotten to ask.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic, process_time

__all__ = ["Overdue", "late", "left", "limited", "stopped", "used"]


class Overdue(BaseException):
    """The time was up, and nobody had asked: as Ctrl-C, it is no error of what it interrupts."""


class Deadline:
    """A moment of the processor's clock that is asked about often.

    That clock is slow to read.  The clock on the wall is not, and it never goes more slowly: as
    long as it has not moved on by what was left, the moment has not come.
    """

    __slots__ = ("end", "look")

    def __init__(self, end: float) -> None:
        self.end = end
        self.look = monotonic() + end - process_time()

    def passed(self) -> bool:
        """Whether the moment has come."""
        now = monotonic()
        if now < self.look:
            return False
        rest = self.end - process_time()
        self.look = now + rest
        return rest <= 0


NEVER = Deadline(float("inf"))
_deadline = ContextVar("deadline", default=NEVER)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """A limit for what is done within."""
    end = min(process_time() + seconds, _deadline.get().end)
    token = _deadline.set(Deadline(end))
    try:
        yield
    finally:
        _deadline.reset(token)


@contextmanager
def stopped(seconds: float) -> Iterator[None]:
    """Raises ``Overdue`` within, once the processor has worked so long.

    It holds in a process's first thread, where the system has a timer that nobody else uses;
    elsewhere, and within another such limit, nothing happens.
    """
    if seconds <= 0 or not _timer_is_free():  # a timer of no time would never end
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _raise_overdue)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _timer_is_free() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
        and signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    )


def _raise_overdue(*_: object) -> None:
    raise Overdue


def used() -> float:
    """How many seconds the processor has worked for this process."""
    return process_time()


def late() -> bool:
    """Whether the time is up."""
    return _deadline.get().passed()


def left() -> float:
    """How many seconds are left."""
    return _deadline.get().end - process_time()
