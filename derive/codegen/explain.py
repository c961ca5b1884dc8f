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
from derive.codegen.pipeline import pipeline_of
from derive.logic.terms import (
    Add,
    Delta,
    Function,
    Index,
    IndexTerm,
    Label,
    Mul,
    Number,
    Position,
    Pow,
    Shift,
    Size,
    Term,
    Variable,
)
from derive.meaning.notation import readable

__all__ = ["explanation"]

_VERBS = {"sum": "+=", "product": "*=", "maximum": "max=", "position": "argmax="}


SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4


def _index(index: IndexTerm) -> str:
    match index:
        case Index(name, _):
            return name
        case Label(name, indices, _):
            return _entry(name, indices)
        case Position(value, range_):
            return str(value) if value >= 1 else range_ if value == 0 else f"{range_}{value}"
        case Shift(letter, offset):
            return f"{letter.name}{offset:+d}"


def _entry(array: str, indices: tuple[IndexTerm, ...]) -> str:
    return f"{array}[{', '.join(map(_index, indices))}]" if indices else array


def _text(term: Term, holds: int = SUM) -> str:
    text, own = _written(term)
    return text if own >= holds else f"({text})"


def _written(term: Term) -> tuple[str, int]:
    """The term, and how tightly what is outermost binds."""
    match term:
        case Number(value):
            return str(value), ATOM if value >= 0 and value.denominator == 1 else SUM
        case Size(range_):
            return range_, ATOM
        case Variable(name, indices):
            return _entry(name, indices), ATOM
        case Delta(left, right):
            return f"[{_index(left)} = {_index(right)}]", ATOM
        case Add((first, *rest)):
            text = _text(first)
            for part in rest:
                match part:
                    case Mul((Number(value), *inner)) if value == -1 and inner:
                        positive = inner[0] if len(inner) == 1 else Mul(tuple(inner))
                        text += f" - {_text(positive, PRODUCT)}"
                    case _:
                        text += f" + {_text(part, PRODUCT)}"
            return text, SUM
        case Mul((Number(value), *inner)) if value == -1 and inner:
            return "-" + _text(inner[0] if len(inner) == 1 else Mul(tuple(inner)), PRODUCT), SUM
        case Mul((first, *rest)):
            text = _text(first, PRODUCT)
            for factor in rest:
                match factor:
                    case Pow(base, Number(value)) if value == -1:
                        text += f" / {_text(base, POWER)}"
                    case _:
                        text += f" * {_text(factor, POWER)}"
            return text, PRODUCT
        case Pow(base, Number(value)) if value == -1:
            return f"1 / {_text(base, POWER)}", PRODUCT
        case Pow(base, exponent):
            return f"{_text(base, ATOM)}^{_text(exponent, ATOM)}", POWER
        case Function("exp_from", (value, reference)):
            return f"exp({_text(value)} - {_text(reference, PRODUCT)})", ATOM
        case Function(name, arguments):
            return f"{name}({', '.join(map(_text, arguments))})", ATOM
    return repr(term), ATOM


def _lines(statements: tuple[Statement, ...], depth: int) -> Iterator[str]:
    indent = "    " * depth
    for statement in statements:
        match statement:
            case Let(name, value):
                yield f"{indent}{name} = {_text(value)}"
            case Reference(name, value):
                yield f"{indent}{name} = a constant near {_text(value)}"
            case Keep(array, indices, value):
                yield f"{indent}{_entry(array, indices)} = {_text(value)}"
            case Store(array, indices, value, excluded):
                unless = "".join(f"  unless {_index(a)} = {_index(b)}" for a, b in excluded)
                yield f"{indent}{_entry(array, indices)} = {_text(value)}{unless}"
            case Reduce(name, operation, excluded, value):
                unless = "".join(f"  unless the index is {_index(b)}" for b in excluded)
                yield f"{indent}{name} {_VERBS[operation]} {_text(value)}{unless}"
            case Loop(index, body):
                yield f"{indent}for {index.name} in 1..{index.range}:"
                yield from _lines(body, depth + 1)


def _argument(array: Array, batch: str | None) -> str:
    axes = ((batch,) if batch is not None and array.batched else ()) + array.ranges
    return f"{array.name}[{', '.join(axes)}]" if axes else array.name


def _body(kernel: Kernel) -> Iterator[str]:
    yield from _lines(kernel.body, 1)
    pipeline = pipeline_of(kernel)
    if pipeline is None:
        return
    count = len(pipeline.passes)
    if count > 1:
        yield f"  in C: {count} passes in one loop, each over another row of the batch"
    for one in pipeline.passes:
        if one.guess is not None:
            peak = one.guess.peak.name
            yield f"  in C: {one.guess.reference} of the row before serves while near {peak}"


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
    lines += list(_body(kernel))
    if kernel.without is not None:
        lines.append(f"{kernel.name} without its optional outputs:")
        lines += list(_body(kernel.without))
    return "\n".join(lines) + "\n"
