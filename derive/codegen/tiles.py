"""A kernel in C for short rows: what is vectorised are the rows, side by side in a tile.

Each scalar of the loop form becomes a small array with one entry a row of the tile (a *lane*),
each loop over an index a plain loop around a loop over lanes.  Nothing is summed across lanes, so
that rows of one or ten entries run at the same speed as long ones.
"""

from __future__ import annotations

from dataclasses import dataclass

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
from derive.codegen.precision import Precision
from derive.codegen.scalars import CScalars, scalars_of
from derive.logic.terms import IndexTerm

__all__ = ["has_tiles", "tile_lines"]

LANES = "for (size_t lane = 0; lane < lanes; lane++)"


def has_tiles(kernel: Kernel) -> bool:
    """Whether the kernel runs over independent rows with one index and no loop within a loop."""
    if kernel.batch is None or len(kernel.sizes) != 1:
        return False
    arrays = (*kernel.arguments, *kernel.kept)
    if any(len(array.ranges) > 1 or (array.role == "labels" and array.ranges) for array in arrays):
        return False
    if any(array.role == "labels" and not array.batched for array in arrays):
        return False
    loops = [statement for statement in kernel.body if isinstance(statement, Loop)]
    return bool(loops) and all(loop.is_pass for loop in loops)


@dataclass
class _Tiles:
    kernel: Kernel
    precision: Precision
    scalars: CScalars

    def load(self, array: Array) -> list[str]:
        p, size = self.precision, self._size()
        last = "(lane < count ? lane : count - 1)"
        if array.role == "labels":
            return [
                f"int32_t {array.name}[LANES];",
                f"{LANES} {array.name}[lane] = (int32_t){array.name}_rows[{last}];",
            ]
        if not array.batched:
            return []
        if not array.ranges:
            return [
                f"{p.real} {array.name}[LANES];",
                f"{LANES} {array.name}[lane] = {array.name}_rows[{last}];",
            ]
        return [
            f"{p.real} {array.name}[SHORT * LANES];",
            "for (size_t lane = 0; lane < lanes; lane++) {",
            f"    const {p.real} *entries = {array.name}_rows + {last} * {size};",
            f"    for (size_t n = 0; n < {size}; n++) {array.name}[n * LANES + lane] = entries[n];",
            "}",
        ]

    def save(self, array: Array) -> list[str]:
        size = self._size()
        if not array.ranges:
            return [
                "for (size_t lane = 0; lane < count; lane++) "
                f"{array.name}_rows[lane] = {array.name}[lane];"
            ]
        return [
            "for (size_t lane = 0; lane < count; lane++)",
            f"    for (size_t n = 0; n < {size}; n++)",
            f"        {array.name}_rows[lane * {size} + n] = {array.name}[n * LANES + lane];",
        ]

    def room(self, array: Array) -> str:
        entries = "SHORT * LANES" if array.ranges else "LANES"
        return f"{self.precision.real} {array.name}[{entries}];"

    def _size(self) -> str:
        return self.kernel.sizes[0][1]

    def lines(self) -> list[str]:
        lines: list[str] = []
        for array in self.kernel.arguments:
            lines += [self.room(array)] if array.role == "output" else self.load(array)
        lines += [self.room(array) for array in self.kernel.kept]
        for statement in self.kernel.body:
            lines += self.statement(statement)
        for array in self.kernel.arguments:
            if array.role == "output":
                lines += self.save(array)
        return ["    " + line for line in lines]

    def statement(self, statement: Statement) -> list[str]:
        p, s = self.precision, self.scalars
        match statement:
            case Let(name, value):
                text = s.text(value, "lane")
                return [f"{p.real} {name}[LANES];", f"{LANES} {name}[lane] = {text};"]
            case Reference(name, value):
                fields = ("offset", "low", "magic")
                near = f"reference_near_{p.suffix}({s.text(value, 'lane')})"
                return [
                    f"{p.real} {', '.join(f'{name}_{field}[LANES]' for field in fields)};",
                    f"{LANES} {{",
                    f"    const reference_{p.suffix} here = {near};",
                    *(f"    {name}_{field}[lane] = here.{field};" for field in fields),
                    "}",
                ]
            case Store(array, indices, value) | Keep(array, indices, value):
                return [f"{LANES} {s.entry(array, indices, 'lane')} = {s.text(value, 'lane')};"]
            case Loop(index, body):
                size = self.kernel.size(index.range)
                before = [line for r in body if isinstance(r, Reduce) for line in self.start(r)]
                inner = [line for inside in body for line in self.entry(inside, index.name)]
                letter = index.name
                return [
                    *before,
                    f"for (int32_t {letter} = 0; {letter} < (int32_t){size}; {letter}++)",
                    "    VECTOR_LOOP()",
                    f"    {LANES} {{",
                    *(f"        {line}" for line in inner),
                    "    }",
                ]
        raise AssertionError(statement)

    def start(self, reduce: Reduce) -> list[str]:
        p, name = self.precision, reduce.name
        if reduce.operation == "position":
            return [
                f"int32_t {name}[LANES];",
                f"{p.real} {name}_value[LANES];",
                f"{LANES} {{ {name}[lane] = 0; {name}_value[lane] = -({p.real})INFINITY; }}",
            ]
        neutral = {"sum": "0", "product": "1", "maximum": f"-({p.real})INFINITY"}
        return [
            f"{p.real} {name}[LANES];",
            f"{LANES} {name}[lane] = {neutral[reduce.operation]};",
        ]

    def entry(self, statement: Statement, letter: str) -> list[str]:
        p, s = self.precision, self.scalars
        match statement:
            case Let(name, value):
                return [f"const {p.real} {name}_here = {s.text(value, 'lane')};"]
            case Keep(array, indices, value) | Store(array, indices, value, ()):
                return [f"{s.entry(array, indices, 'lane')} = {s.text(value, 'lane')};"]
            case Store(array, indices, value, excluded):
                target = s.entry(array, indices, "lane")
                test = " || ".join(f"{a.name} == {s.index(b, 'lane')}" for a, b in excluded)
                return [f"{target} = {test} ? {target} : {s.text(value, 'lane')};"]
            case Reduce(name, operation, excluded, value):
                return self.reduce(name, operation, excluded, s.text(value, "lane"), letter)
        raise AssertionError(statement)

    def reduce(
        self, name: str, operation: str, excluded: tuple[IndexTerm, ...], text: str, letter: str
    ) -> list[str]:
        test = " || ".join(f"{letter} == {self.scalars.index(x, 'lane')}" for x in excluded)
        match operation:
            case "sum":
                return [f"{name}[lane] += {f'{test} ? 0 : ' if test else ''}{text};"]
            case "product":
                return [f"{name}[lane] *= {f'{test} ? 1 : ' if test else ''}{text};"]
        known = f"{name}_value[lane]" if operation == "position" else f"{name}[lane]"
        better = f"{text} > {known}"
        if test:
            better = f"!({test}) && {better}"
        lines = [f"const int {name}_better = {better};"]
        if operation == "position":
            lines.append(f"{name}[lane] = {name}_better ? {letter} : {name}[lane];")
        return [*lines, f"{known} = {name}_better ? {text} : {known};"]


def tile_lines(kernel: Kernel, precision: Precision, scaled: bool) -> list[str]:
    """The body of the function that computes a tile of rows."""
    return _Tiles(kernel, precision, scalars_of(kernel, precision, scaled)).lines()
