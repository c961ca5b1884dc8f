"""How many claims a report holds, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from derive.prover.verdict import Report

__all__ = ["Summary", "plural"]


@dataclass(frozen=True)
class Summary:
    """Numbers of claims by outcome, and of stretches of mathematics that were not read."""

    claims: int = 0
    proved: int = 0
    refuted: int = 0
    conditional: int = 0
    unproved: int = 0
    unread: int = 0

    @staticmethod
    def of(report: Report) -> Summary:
        """The summary of one document."""
        outcomes: Counter[str] = Counter(
            judgement.verdict.outcome for judgement in report.judgements if judgement.verdict
        )
        unread = sum(judgement.statement.kind == "unread" for judgement in report.judgements)
        return Summary(claims=outcomes.total(), unread=unread, **outcomes)

    @staticmethod
    def total(summaries: Iterable[Summary]) -> Summary:
        """The summary of several documents."""
        counts: Counter[str] = Counter()
        for summary in summaries:
            counts.update(summary.as_dict())
        return Summary(**counts)

    def as_dict(self) -> dict[str, int]:
        """The numbers by name."""
        return asdict(self)

    @property
    def nothing_to_check(self) -> bool:
        """No claim, and no mathematics that might have been one."""
        return not self.claims and not self.unread

    @property
    def all_proved(self) -> bool:
        """At least one claim, every claim proved, and nothing unread."""
        return bool(self.claims) and self.proved == self.claims and not self.unread

    def __str__(self) -> str:
        parts = [
            f"{count} {name}"
            for name, count in self.as_dict().items()
            if count and name not in ("claims", "unread")
        ]
        text = plural(self.claims, "claim") + (": " + ", ".join(parts) if parts else "")
        return text + (f"; {plural(self.unread, 'formula')} not read" if self.unread else "")


def plural(count: int, noun: str) -> str:
    """``1 claim``, ``2 claims``, ``2 formulas``."""
    return f"{count} {noun}" + ("" if count == 1 else "s")
