"""Kernels as NumPy: what the template in ``templates/numpy`` prints, decided here.

No loop of Python runs over rows or entries (see ``derive.codegen.numpy_statements``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.codegen.loopform import (
    Array,
    Keep,
    Kernel,
    Loop,
    Reference,
    Statement,
    Store,
)
from derive.codegen.numpy_statements import Emitter
from derive.codegen.rewriting import transform
from derive.logic.terms import (
    Add,
    Function,
    Index,
    Mul,
    Number,
    Term,
    Variable,
    subterms,
)

__all__ = ["NumpyFunction", "module_functions"]


@dataclass(frozen=True)
class NumpyFunction:
    """One function of the module, as text."""

    name: str
    kernel: Kernel
    inputs: tuple[Array, ...]
    outputs: tuple[Array, ...]
    sizes: tuple[tuple[str, str], ...]
    loose_sizes: tuple[str, ...]
    label_sizes: dict[str, str]
    depth: int
    whole: tuple[str, ...]
    required: tuple[str, ...]

    @property
    def signature(self) -> str:
        """The parameters of the function."""
        texts = [*(a.name for a in self.inputs), *self.loose_sizes, "*"]
        texts += [f"with_{a.name}=True" for a in self.optional[:1]]
        texts += ["ignored=None"] if self.row_labels else []
        return ", ".join([*texts, "out=None"])

    @property
    def optional(self) -> list[Array]:
        return [a for a in self.outputs if a.optional]

    @property
    def needed(self) -> list[Array]:
        return [a for a in self.outputs if not a.optional]

    @property
    def row_labels(self) -> list[Array]:
        return [a for a in self.inputs if a.role == "labels" and not a.ranges]

    @property
    def reals(self) -> list[Array]:
        return [a for a in self.inputs if a.role == "input"]

    def is_led(self, array: Array) -> bool:
        """Whether the argument has the leading axes."""
        return self.kernel.batch is None or array.batched

    def axes(self, array: Array) -> list[str]:
        return [self.kernel.size(r) for r in array.ranges]


def _depth(statements: tuple[Statement, ...]) -> int:
    return max((1 + _depth(s.body) for s in statements if isinstance(s, Loop)), default=0)


def _with_shifted(kernel: Kernel) -> Kernel:
    """Where entries minus a reference are needed again after their exponential, they are kept.

    A target that subtracts the reference exactly, as C does, has no use for that; here it saves
    a pass over the entries.
    """
    references = {r.name: r.value for r in kernel.body if isinstance(r, Reference)}
    stores = [s for loop in kernel.body if isinstance(loop, Loop) for s in loop.body]
    for name, value in references.items():
        taken = Mul((Number(Fraction(-1)), value))
        for store in stores:
            match store:
                case Store(_, (Index() as i,), Add((entry, second, *rest)), ()) if second is taken:
                    shifted = Variable("shifted", (i,))
                    exponential = Function("exp_from", (entry, Variable(name, ())))
                    new: dict[Term, Term] = {
                        exponential: Function("exp", (shifted,)),
                        store.value: Add((shifted, *rest)) if rest else shifted,
                    }
                    keep = Keep("shifted", (i,), Add((entry, _minus(Variable(name, ())))))
                    return _kept(kernel, exponential, keep, new)
    return kernel


def _minus(term: Term) -> Term:
    return Mul((Number(Fraction(-1)), term))


def _kept(kernel: Kernel, first: Term, keep: Keep, new: dict[Term, Term]) -> Kernel:
    """The kernel with ``keep`` before the loop that computes ``first``, and the new terms."""
    body: list[Statement] = []
    found = False
    for statement in kernel.body:
        if not isinstance(statement, Loop):
            body.append(statement)
            continue
        inside = [_replaced(s, new) for s in statement.body]
        if not found and any(first in set(subterms(_value(s))) for s in statement.body):
            found = True
            inside.insert(0, keep)
        body.append(Loop(statement.index, tuple(inside)))
    range_ = next(i.range for i in keep.indices)
    array = Array(keep.array, (range_,), "kept", False)
    return replace(kernel, body=tuple(body), kept=(*kernel.kept, array)) if found else kernel


def _value(statement: Statement) -> Term:
    return Number(Fraction(0)) if isinstance(statement, Loop) else statement.value


def _replaced(statement: Statement, new: dict[Term, Term]) -> Statement:
    if isinstance(statement, Loop):
        return statement
    return replace(statement, value=transform(statement.value, lambda term: new.get(term, term)))


# ------------------------------------------------------------------ functions


def _uses(statement: Statement, name: str) -> bool:
    if isinstance(statement, Loop):
        return any(_uses(inside, name) for inside in statement.body)
    return any(isinstance(p, Variable) and p.name == name for p in subterms(statement.value))


def _is_read_first(value: Term, name: str) -> bool:
    """Whether the value reads the array once, before anything is written in its place."""
    if sum(isinstance(p, Variable) and p.name == name for p in subterms(value)) != 1:
        return False
    while not isinstance(value, Variable):
        match value:
            case Mul((Number(), second, *_)):
                value = second
            case Add((first, *_)) | Mul((first, *_)):
                value = first
            case _:
                return False
    return value.name == name


def _aliases(kernel: Kernel) -> dict[str, str]:
    """An output in whose memory a kept array can live: where the output is stored, all other
    uses of the kept array are over."""
    found: dict[str, str] = {}
    for array in kernel.kept:
        for number, statement in enumerate(kernel.body):
            if not isinstance(statement, Loop):
                continue
            stores = [
                inside
                for inside in statement.body
                if isinstance(inside, Store)
                and len(inside.indices) == 1
                and _uses(inside, array.name)
            ]
            alone = [inside for inside in statement.body if _uses(inside, array.name)] == stores
            after = any(_uses(s, array.name) for s in kernel.body[number + 1 :])
            free = len(stores) == 1 and stores[0].array not in found.values()
            if free and alone and not after and _is_read_first(stores[0].value, array.name):
                found[array.name] = stores[0].array
    return found


def _emitted(kernel: Kernel) -> tuple[int, tuple[str, ...]]:
    depth = _depth(kernel.body)
    inputs = [a for a in kernel.arguments if a.role == "input"]
    in_place = depth == 1 and (kernel.batch is None or all(a.batched for a in inputs))
    in_place = in_place and all(len(a.ranges) == 1 for a in inputs)
    if in_place:
        kernel = _with_shifted(kernel)
    emitter = Emitter(kernel, depth, in_place, _aliases(kernel) if in_place else {})
    emitter.run(kernel.body, 0)
    return depth, tuple(emitter.lines)


def _function(kernel: Kernel, label_sizes: Callable[[Kernel], dict[str, str]]) -> NumpyFunction:
    by_name = {a.name: a for a in kernel.arguments}
    arrays = [by_name[name] for name in kernel.order if name in by_name]
    inputs = tuple(a for a in arrays if a.role != "output")
    seen = {r for a in inputs for r in a.ranges}
    depth, whole = _emitted(kernel)
    required: tuple[str, ...] = ()
    if kernel.without is not None:
        _, required = _emitted(kernel.without)
    return NumpyFunction(
        kernel.name,
        kernel,
        inputs,
        tuple(a for a in arrays if a.role == "output"),
        tuple((r, name) for r, name in kernel.sizes if r in seen),
        tuple(name for r, name in kernel.sizes if r not in seen),
        label_sizes(kernel),
        depth,
        whole,
        required,
    )


def module_functions(
    kernels: tuple[Kernel, ...], label_sizes: Callable[[Kernel], dict[str, str]]
) -> list[NumpyFunction]:
    """All functions of the module."""
    return [_function(kernel, label_sizes) for kernel in kernels]
