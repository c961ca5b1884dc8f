"""Kernels as NumPy: what the template in ``templates/numpy`` prints, decided here.

A function runs over blocks of rows; within a block no loop of Python runs over rows or entries
(see ``derive.codegen.numpy_statements``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.codegen.degrees import is_homogeneous, multiplies_data
from derive.codegen.lanes import side_by_side
from derive.codegen.loopform import Array, Keep, Kernel, Let, Loop, Reduce, Statement, Store
from derive.codegen.numpy_statements import Emitter
from derive.logic.terms import Add, Mul, Number, Term, Variable, subterms

__all__ = ["NumpyFunction", "module_functions"]

REDUCTIONS = (".reduce(", "_sum(", "_sum_without(", "_largest(", "_rest(")


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
    row_size: str
    whole: tuple[str, ...]
    required: tuple[str, ...]
    scratch: tuple[tuple[str, str], ...]
    reduces: bool

    @property
    def signature(self) -> str:
        """The parameters of the function."""
        texts = [*(a.name for a in self.inputs), *self.loose_sizes, "*"]
        texts += [f"with_{a.name}=True" for a in self.optional[:1]]
        texts += ["ignored=None"] if self.has_ignored else []
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
    def has_ignored(self) -> bool:
        """Whether a row has one label, so that it can be left out by that."""
        return len(self.row_labels) == 1

    @property
    def leading_label(self) -> Array | None:
        """The labels whose leading axes are those of the call, where no numbers have them."""
        led = self.led
        return led[0] if led and all(a.role == "labels" for a in led) else None

    @property
    def led(self) -> list[Array]:
        """The inputs that have the leading axes."""
        return [a for a in self.inputs if self.is_led(a)]

    @property
    def led_names(self) -> str:
        return _listed([a.name for a in self.led])

    @property
    def block_names(self) -> str:
        """What a block consists of."""
        return ", ".join([*(a.name for a in (*self.led, *self.outputs)), *dict(self.scratch)])

    @property
    def scratch_text(self) -> str:
        """What is asked of _blocks beyond the arguments: rows for intermediate results."""
        lengths = [length for _, length in self.scratch]
        return f", ({_listed(lengths)})" if lengths else ""

    @property
    def needed_at(self) -> list[int]:
        return [n for n, a in enumerate(self.outputs) if not a.optional]

    @property
    def reals(self) -> list[Array]:
        return [a for a in self.inputs if a.role == "input"]

    def is_led(self, array: Array) -> bool:
        """Whether the argument has the leading axes."""
        return self.kernel.batch is None or array.batched

    def axes(self, array: Array) -> list[str]:
        return [self.kernel.size(r) for r in array.ranges]


def _listed(names: list[str]) -> str:
    return ", ".join(names) + ("," if len(names) == 1 else "")


def _depth(statements: tuple[Statement, ...]) -> int:
    return max((1 + _depth(s.body) for s in statements if isinstance(s, Loop)), default=0)


def _nests(statements: tuple[Statement, ...], kernel: Kernel) -> dict[str, None]:
    """How many turns the loops around loops take in all, for each of the innermost."""
    found: dict[str, None] = {}
    for statement in statements:
        if isinstance(statement, Loop):
            own = kernel.size(statement.index.range)
            inner = _nests(statement.body, kernel)
            found |= {f"{own} * {turns}": None for turns in inner} or {own: None}
    return found


def _row_size(kernel: Kernel) -> str:
    """How many entries are worked on for each row."""
    turns = sorted(_nests(kernel.body, kernel), key=lambda text: -text.count("*"))
    deepest = [t for t in turns if t.count("*") == turns[0].count("*")]
    return f"max({', '.join(deepest)})" if len(deepest) > 1 else "".join(deepest) or "1"


def _room(kernel: Kernel) -> str:
    """The logarithm of what exponentials are multiplied by at most, beside one another.

    Data is taken to be below 10^5.  Infinite where exponentials do not cancel in the end, or are
    multiplied with each other on the way: then each of them must stay below 1.
    """
    if not is_homogeneous(kernel):
        return "math.inf"
    return "12" if multiplies_data(kernel) else "2"


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


def _is_flat(kernel: Kernel) -> bool:
    """Whether each loop holds nothing but values, sums and what is kept or stored."""
    loops = [statement for statement in kernel.body if isinstance(statement, Loop)]
    return all(isinstance(s, Let | Keep | Reduce | Store) for loop in loops for s in loop.body)


def _emitted(kernel: Kernel) -> Emitter:
    depth = max(1, _depth(kernel.body))
    inputs = [a for a in kernel.arguments if a.role == "input"]
    in_place = depth == 1 and all(len(a.ranges) <= 1 for a in inputs)
    # What all rows share has an axis less.
    led = [kernel.batch is None or a.batched for a in inputs if a.ranges]
    in_place = in_place and all(led)
    aliases = _aliases(kernel) if in_place else {}
    emitter = Emitter(kernel, depth, in_place, aliases, _room(kernel))
    emitter.run(side_by_side(kernel) if in_place and _is_flat(kernel) else kernel.body, 0)
    return emitter


def _function(kernel: Kernel, label_sizes: Callable[[Kernel], dict[str, str]]) -> NumpyFunction:
    by_name = {a.name: a for a in kernel.arguments}
    arrays = [by_name[name] for name in kernel.order if name in by_name]
    inputs = tuple(a for a in arrays if a.role != "output")
    seen = {r for a in inputs for r in a.ranges}
    whole = _emitted(kernel)
    required = _emitted(kernel.without) if kernel.without is not None else None
    scratch = dict(whole.scratch)
    if required is not None:
        switch = next(f"with_{a.name}" for a in arrays if a.optional)
        for name, length in required.scratch.items():
            scratch.setdefault(name, f"None if {switch} else {length}")
    return NumpyFunction(
        kernel.name,
        kernel,
        inputs,
        tuple(a for a in arrays if a.role == "output"),
        tuple((r, name) for r, name in kernel.sizes if r in seen),
        tuple(name for r, name in kernel.sizes if r not in seen),
        label_sizes(kernel),
        whole.depth,
        _row_size(kernel),
        tuple(whole.lines),
        tuple(required.lines) if required is not None else (),
        tuple(scratch.items()),
        whole.depth == 1 and any(call in line for line in whole.lines for call in REDUCTIONS),
    )


def module_functions(
    kernels: tuple[Kernel, ...], label_sizes: Callable[[Kernel], dict[str, str]]
) -> list[NumpyFunction]:
    """All functions of the module."""
    return [_function(kernel, label_sizes) for kernel in kernels]
