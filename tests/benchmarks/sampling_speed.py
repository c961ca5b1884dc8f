"""How long the refuter takes for a claim: ``python -m tests.benchmarks.sampling_speed``."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from derive.logic.problem import Claim
from derive.refuter.refute import sample
from tests.refuter.test_refute import FALSE, TRUE

REPEATS = 5


def milliseconds(claim: Claim) -> float:
    """The median time of a survey, warm."""
    times = []
    for _ in range(REPEATS):
        start = perf_counter()
        sample(claim)
        times.append((perf_counter() - start) * 1e3)
    return median(times)


def main() -> None:
    """Prints a line for each claim, and the medians."""
    for title, claims in (("true", TRUE), ("false", FALSE)):
        measured = {name: milliseconds(claim) for name, claim in claims.items()}
        print(f"{title} claims: median {median(measured.values()):.2f} ms")
        for name, time in sorted(measured.items(), key=lambda item: -item[1]):
            print(f"  {time:8.2f} ms  {sample(claims[name]).points:3d} points  {name}")


if __name__ == "__main__":
    main()
