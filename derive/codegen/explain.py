"""The loop form as text, for people who want to see how a statement became a kernel."""

from __future__ import annotations

from collections.abc import Iterator

from derive.codegen.loopform import (
    Array,
    Keep,
    Kernel,
    Let,
    Loop,
    Reduce,
    Reference,
    Statement,
    Store,
)
from derive.logic.terms import IndexTerm
from derive.meaning.notation import index_latex, readable, unicode

__all__ = ["explanation"]

_VERBS = {"sum": "+=", "product": "*=", "maximum": "max=", "position": "argmax="}


def _index(index: IndexTerm) -> str:
    return readable(index_latex(index))


def _entry(array: str, indices: tuple[IndexTerm, ...]) -> str:
    return f"{array}[{', '.join(map(_index, indices))}]" if indices else array


def _lines(statements: tuple[Statement, ...], depth: int) -> Iterator[str]:
    indent = "    " * depth
    for statement in statements:
        match statement:
            case Let(name, value):
                yield f"{indent}{name} = {unicode(value)}"
            case Reference(name, value):
                yield f"{indent}{name} = a constant near {unicode(value)}"
            case Keep(array, indices, value):
                yield f"{indent}{_entry(array, indices)} = {unicode(value)}"
            case Store(array, indices, value, excluded):
                unless = "".join(f"  unless {_index(a)} = {_index(b)}" for a, b in excluded)
                yield f"{indent}{_entry(array, indices)} = {unicode(value)}{unless}"
            case Reduce(name, operation, excluded, value):
                unless = "".join(f"  unless the index is {_index(b)}" for b in excluded)
                yield f"{indent}{name} {_VERBS[operation]} {unicode(value)}{unless}"
            case Loop(index, body):
                yield f"{indent}for {index.name} in 1..{index.range}:"
                yield from _lines(body, depth + 1)


def _argument(array: Array, batch: str | None) -> str:
    axes = ((batch,) if batch is not None and array.batched else ()) + array.ranges
    return f"{array.name}[{', '.join(axes)}]" if axes else array.name


def explanation(kernel: Kernel) -> str:
    """The kernel's loops, what it rests on and what was chosen freely."""
    inputs = ", ".join(
        _argument(a, kernel.batch) for a in kernel.arguments if a.role in ("input", "labels")
    )
    outputs = ", ".join(_argument(a, kernel.batch) for a in kernel.arguments if a.role == "output")
    lines = [f"{kernel.name}: {inputs} -> {outputs}"]
    lines += [f"  line {q.line}: {readable(q.latex)}  ({q.verdict})" for q in kernel.rests_on]
    lines += [f"  assumes {readable(hypothesis)}" for hypothesis in kernel.assumes]
    lines += [f"  chooses {choice}" for choice in kernel.choices]
    lines += list(_lines(kernel.body, 1))
    if kernel.without is not None:
        lines.append(f"{kernel.name} without its optional outputs:")
        lines += list(_lines(kernel.without.body, 1))
    return "\n".join(lines) + "\n"
