"""Limits of processor time: what is within one, and limits within limits."""

from __future__ import annotations

import signal
import time

import pytest

import derive
from derive import clock
from derive.clock import Overdue, late, left, limited, stopped
from derive.prover import judge

pytestmark = pytest.mark.hurried


def test_without_a_limit_it_is_never_late() -> None:
    assert not late()
    assert left() == float("inf")


def test_it_is_late_once_the_processor_has_worked_so_long() -> None:
    started = time.process_time()
    with limited(0.05):
        assert not late()
        while not late():
            assert time.process_time() < started + 5
        assert time.process_time() >= started + 0.05
        assert left() <= 0
    assert not late()


def test_the_time_of_others_does_not_count() -> None:
    with limited(0.2):
        time.sleep(0.4)  # the clock on the wall goes on, the processor's does not
        assert not late()


def test_an_inner_limit_is_never_longer_than_the_outer_one() -> None:
    with limited(-1):
        with limited(100):
            assert late()
            assert left() < 0
        assert late()
    with limited(100):
        with limited(-1):
            assert late()
        assert not late()
        assert 0 < left() <= 100


def test_a_limit_ends_with_what_raises_within_it() -> None:
    with pytest.raises(KeyError), limited(-1):
        raise KeyError
    assert not late()


def test_the_processor_is_asked_only_when_it_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def process_time() -> float:
        asked.append(None)
        return time.process_time()

    with limited(60):
        monkeypatch.setattr(clock, "process_time", process_time)
        assert not any(late() for _ in range(1000))
        assert not asked


def work_for(seconds: float) -> None:
    started = time.process_time()
    while time.process_time() < started + seconds:
        pass


def test_what_does_not_ask_is_stopped() -> None:
    with pytest.raises(Overdue), stopped(0.05):
        work_for(5)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL


def test_what_is_done_in_time_is_not_stopped() -> None:
    with stopped(0.02), stopped(0.01):  # the inner one does nothing
        pass
    work_for(0.1)


def test_the_timer_of_others_is_left_alone() -> None:
    heard = []
    signal.signal(signal.SIGVTALRM, lambda *_: heard.append(True))
    try:
        with stopped(0.01):
            work_for(0.05)
        signal.raise_signal(signal.SIGVTALRM)
        assert heard == [True]
    finally:
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)


def test_a_step_that_does_not_ask_is_unproved(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(judge, "STEP", 0.1)
    monkeypatch.setattr(judge, "_in_numbers", lambda statement, found: endless(found))
    monkeypatch.setattr(judge, "_by_readings", lambda _: judge.Verdict("unproved"))
    (step,) = derive.check("$x + x = 2x$").judgements
    assert step.verdict is not None
    assert step.verdict.outcome == "unproved"
    assert step.verdict.message == judge.OUT_OF_TIME
