"""An index that hangs below ``e`` instead of its exponent: ``e^a_k``, where ``e^{a_k}`` stands
elsewhere.  Euler's number has no components; nothing else can be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from derive.meaning.spelling import rewritten, spelling, walk
from derive.reader.syntax import Chain, Name, Node, ParsedFormula, Scripts

__all__ = ["without_slips"]


def without_slips(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with such indices below the exponent."""
    raised = {
        text for formula in formulas.values() for node in walk(formula) for text in _exponent(node)
    }
    if any(_introduced(row.body) for formula in formulas.values() for row in formula.rows):
        return dict(formulas)

    def written(node: Node) -> Node:
        match node:
            case Scripts(span, Name(_, "e") as e, index, Name() as above, 0) if index is not None:
                if spelling(above) in raised and above.span.start < index.span.start:
                    return Scripts(span, e, None, Scripts(above.span, above, index, None))
        return node

    return {key: rewritten(formula, written) for key, formula in formulas.items()}


def _introduced(body: Node) -> bool:
    """Whether ``e^l_k`` stands alone, or is said to equal something: an error of layer l, say."""
    first = body.first if isinstance(body, Chain) else body
    return (
        isinstance(first, Scripts)
        and isinstance(first.base, Name)
        and first.base.text == "e"
        and first.subscript is not None
    )


def _exponent(node: Node) -> Iterator[str]:
    """The a of ``e^{a_k}``."""
    match node:
        case Scripts(_, Name(_, "e"), None, Scripts(_, Name() as name, index, None)) if index:
            yield spelling(name)
