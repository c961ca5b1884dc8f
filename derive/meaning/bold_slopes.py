"""Slopes by components that are bold there alone: ``\\partial \\mathbf{z}_j`` beside ``z_j``.

A bold letter with an index is a vector, one of several, where it is used as such.  What is only
differentiated by, beside plain components of the same vector, is one of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from derive.meaning.spelling import rewritten, walk
from derive.reader.syntax import Differentiation, Name, Node, ParsedFormula, Scripts

__all__ = ["with_plain_components"]


def with_plain_components(formulas: Mapping[int, ParsedFormula]) -> dict[int, ParsedFormula]:
    """The formulas with such components as they are written elsewhere."""
    nodes = [node for formula in formulas.values() for node in walk(formula)]
    bold = [name for node in nodes for name in _indexed(node, "bold")]
    sloped = [
        name
        for node in nodes
        if isinstance(node, Differentiation)
        for variable in node.variables
        for name in _indexed(variable, "bold")
    ]
    bare = {node.text for node in nodes if isinstance(node, Name) and node.font == "bold"}
    plain = {name for node in nodes for name in _indexed(node, "")}
    parts = {id(node.base) for node in nodes if isinstance(node, Scripts)}
    alone = {
        n.text for n in nodes if isinstance(n, Name) and n.font == "" and id(n) not in parts
    }  # a plain z is no vector of the z_j
    found = {n for n in sloped if sloped.count(n) == bold.count(n)} & plain & bare - alone
    if not found:
        return dict(formulas)

    def changed(node: Node) -> Node:
        match node:
            case Scripts(_, Name(_, text, "bold") as base, Name()) if text in found:
                return replace(node, base=replace(base, font=""))
        return node

    return {key: rewritten(formula, changed) for key, formula in formulas.items()}


def _indexed(node: Node, font: str) -> Iterator[str]:
    """The z of ``z_j`` in this font."""
    match node:
        case Scripts(_, Name(_, text, written), Name()) if written == font:
            yield text
