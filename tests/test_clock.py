"""Limits of processor time: what is within one, and limits within limits."""

from __future__ import annotations

import time

import pytest

from derive import clock
from derive.clock import late, left, limited

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
