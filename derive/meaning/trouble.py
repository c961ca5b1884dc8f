"""Why a formula has no meaning here."""

from __future__ import annotations

from derive.reader.source import Span

__all__ = ["Incomprehensible", "Misfit", "OutOfReach", "Trouble", "WrongShape"]


class Trouble(Exception):
    """Base: one sentence that names the symbol and the reason, and its place if known."""

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


class Incomprehensible(Trouble):
    """The reader does not understand the formula: it is reported as unread."""


class OutOfReach(Trouble):
    """The formula is understood, but terms cannot express it: the claim is unproved."""


class Misfit(OutOfReach):
    """A name stands otherwise than the document uses it elsewhere."""


class WrongShape(Misfit):
    """Vectors or matrices whose shapes do not go together.

    ``axes``: the places of the two ranges that would have to be one, where it is about those;
    ``certain``: whatever is meant, they do not, as the text declares them.
    """

    def __init__(
        self, message: str, axes: tuple[str, str] | None = None, *, certain: bool = False
    ) -> None:
        super().__init__(message)
        self.axes = axes
        self.certain = certain
