"""Plain text without delimiters: lines that are clearly formulas (``∂L/∂z_i = y_i - t_i``)."""

from __future__ import annotations

from derive.reader.document import Item


def typed_formulas(text: str, items: list[Item]) -> list[Item]:
    """``items`` with the lines of prose that are formulas made formulas."""
    return items
