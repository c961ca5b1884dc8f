"""A CPython module around the generated C, for calls that cost less than a microsecond."""

from __future__ import annotations

import json
from dataclasses import dataclass

from derive.codegen.c_target import CFunction, functions_of
from derive.codegen.loopform import Array, Kernel
from derive.codegen.precision import Precision

__all__ = ["Call", "call_of"]


@dataclass(frozen=True)
class _Typed:
    """The C function of one precision, and the ways to call it."""

    function: CFunction
    call: Call

    @property
    def name(self) -> str:
        return self.function.name

    @property
    def precision(self) -> Precision:
        return self.function.precision

    def _cast(self, array: Array, text: str) -> str:
        kind = "int64_t" if array.role == "labels" else self.precision.real
        const = "" if array.role == "output" else "const "
        pointer = f"({const}{kind} *){text}"
        return pointer if self.function.is_pointer(array) else f"*{pointer}"

    def _arguments(self, addresses: dict[str, str]) -> str:
        kernel = self.function.kernel
        texts = []
        for name in kernel.order:
            array = next((a for a in kernel.arguments if a.name == name), None)
            if array is not None:
                texts.append(self._cast(array, addresses[name]))
            elif name == kernel.batch:
                texts.append("(size_t)rows")
            else:
                texts.append(f"(size_t){name}")
        return ", ".join(texts)

    @property
    def direct_arguments(self) -> str:
        """From the arrays of a call."""
        found = {a.name: f"data(args[{n}])" for n, a in enumerate(self.call.inputs)}
        found |= {a.name: f"data(results[{n}])" for n, a in enumerate(self.call.outputs)}
        return self._arguments(found)

    @property
    def address_arguments(self) -> str:
        """From addresses."""
        pairs = enumerate(self.call.pointers)
        return self._arguments({a.name: f"(uintptr_t)at[{n}]" for n, a in pairs})


@dataclass(frozen=True)
class Call:
    """One function of the module."""

    kernel: Kernel

    @property
    def name(self) -> str:
        return self.kernel.name

    @property
    def batch(self) -> str | None:
        return self.kernel.batch

    @property
    def typed(self) -> list[_Typed]:
        return [_Typed(function, self) for function in functions_of(self.kernel)]

    def _ordered(self) -> list[Array]:
        by_name = {a.name: a for a in self.kernel.arguments}
        return [by_name[name] for name in self.kernel.order if name in by_name]

    @property
    def inputs(self) -> list[Array]:
        return [a for a in self._ordered() if a.role != "output"]

    @property
    def outputs(self) -> list[Array]:
        return [a for a in self._ordered() if a.role == "output"]

    @property
    def pointers(self) -> list[Array]:
        return [*self.inputs, *self.outputs]

    @property
    def sizes(self) -> list[str]:
        return [name for _, name in self.kernel.sizes]

    def is_led(self, array: Array) -> bool:
        return self.kernel.batch is None or array.batched

    def axes(self, array: Array) -> list[str]:
        return [self.kernel.size(r) for r in array.ranges]

    @property
    def first(self) -> int:
        """An input with the leading axes."""
        return next(n for n, a in enumerate(self.inputs) if self.is_led(a) and a.role == "input")

    @property
    def is_direct(self) -> bool:
        """Whether all sizes can be read off the inputs."""
        led = any(self.is_led(a) and a.role == "input" for a in self.inputs)
        return led and all(places for _, places in self.size_places)

    @property
    def size_places(self) -> list[tuple[str, list[tuple[int, int, bool]]]]:
        """For each size: input, axis (counted after the leading ones), whether it has those."""
        return [
            (
                name,
                [
                    (n, axis, self.is_led(a))
                    for n, a in enumerate(self.inputs)
                    for axis, own in enumerate(a.ranges)
                    if own == range_
                ],
            )
            for range_, name in self.kernel.sizes
        ]

    @property
    def has_ignored(self) -> bool:
        """Whether a label can be named whose rows are left out."""
        return any(typed.function.has_ignored for typed in self.typed)

    @property
    def switch_text(self) -> str:
        """The keyword that leaves the optional outputs out, named after the first, as C."""
        first = next((a.name for a in self.outputs if a.optional), None)
        return "NULL" if first is None else f'"with_{first}"'

    @property
    def docstring(self) -> str:
        """What help() shows, as a C string."""
        inputs = ", ".join(a.name for a in self.inputs)
        outputs = ", ".join(a.name for a in self.outputs)
        lines = [f"{self.name}({inputs}, **keywords)", "--", "", f"{outputs} from {inputs}."]
        return json.dumps("\n".join(lines))


def call_of(kernel: Kernel) -> Call:
    """The Python function for a kernel."""
    return Call(kernel)
