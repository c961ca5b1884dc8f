"""A kernel in C for short rows: what is vectorised are the rows, side by side in a tile.

Each scalar of the loop form becomes a small array with one entry a row of the tile (a *lane*),
each loop over an index a plain loop around a loop over lanes.  Nothing is summed across lanes, so
that rows of one or ten entries run at the same speed as long ones.  What is stored at a label goes
to the rows themselves, once their other entries are there.
"""

from __future__ import annotations

from dataclasses import dataclass

from derive.codegen.lanes import Except, LaneLoop, LaneStatement, Rest, side_by_side
from derive.codegen.loopform import Array, Keep, Kernel, Let, Loop, Reduce, Reference, Store
from derive.codegen.precision import Precision
from derive.codegen.scalars import CScalars, scalars_of
from derive.logic.terms import IndexTerm, Label, Position

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
                f"{p.integer} {array.name}[LANES];",
                f"{LANES} {array.name}[lane] = ({p.integer}){array.name}_rows[{last}];",
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
            f"to_lanes_{p.suffix}(count, lanes, {size}, {array.name}_rows, {array.name});",
        ]

    def save(self, array: Array) -> list[str]:
        size = self._size()
        if not array.ranges:
            return [
                "for (size_t lane = 0; lane < count; lane++) "
                f"{array.name}_rows[lane] = {array.name}[lane];"
            ]
        name = f"from_lanes_{self.precision.suffix}"
        return [f"{name}(count, {size}, {array.name}, {array.name}_rows);"]

    def save_at(self, store: Store) -> str:
        """An entry at an index that is fixed in each row, to the rows themselves."""
        (index,) = store.indices
        at = self.scalars.index(index, "lane")
        at = f"(size_t){at}" if isinstance(index, Label) else at
        target = f"{store.array}_rows[lane * {self._size()} + {at}]"
        text = self.scalars.text(store.value, "lane")
        return f"for (size_t lane = 0; lane < count; lane++) {target} = {text};"

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
        statements = side_by_side(self.kernel)
        last: list[Store] = []
        for number, statement in enumerate(statements):
            match statement:
                case Store(name, (Label() | Position(),)) if not _fills(
                    statements[number + 1 :], name
                ):
                    last.append(statement)
                case _:
                    lines += self.statement(statement)
        for array in self.kernel.arguments:
            if array.role == "output":
                lines += self.save(array)
        lines += [self.save_at(store) for store in last]
        return ["    " + line for line in lines]

    def statement(self, statement: LaneStatement) -> list[str]:
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
            case Except(name, whole, entry, rest):
                x, total, left = (s.text(term, "lane") for term in (entry, whole, rest))
                return [
                    f"{p.real} {name}[LANES];",
                    f"{LANES} {{",
                    f"    const {p.real} {name}_entry = {x}, {name}_whole = {total};",
                    f"    {name}[lane] = 2 * {name}_entry <= {name}_whole",
                    f"        ? {name}_whole - {name}_entry : {left};",
                    "}",
                ]
            case LaneLoop(index, body):
                size = self.kernel.size(index.range)
                reductions = [r for r in body if isinstance(r, Reduce | Rest)]
                before = [line for r in reductions for line in self.start(r)]
                inner = [line for inside in body for line in self.entry(inside, index.name)]
                letter = index.name
                return [
                    *before,
                    f"for ({p.integer} {letter} = 0; {letter} < ({p.integer}){size}; {letter}++)",
                    "    VECTOR_LOOP()",
                    f"    {LANES} {{",
                    *(f"        {line}" for line in inner),
                    "    }",
                ]
        raise AssertionError(statement)

    def start(self, reduce: Reduce | Rest) -> list[str]:
        p, name = self.precision, reduce.name
        if isinstance(reduce, Rest):
            return [
                f"{p.real} {name}[LANES], {reduce.largest}[LANES];",
                f"{LANES} {name}[lane] = {reduce.largest}[lane] = 0;",
            ]
        if reduce.operation == "position":
            return [
                f"{p.integer} {name}[LANES];",
                f"{p.real} {name}_value[LANES];",
                f"{LANES} {{ {name}[lane] = 0; {name}_value[lane] = -({p.real})INFINITY; }}",
            ]
        neutral = {"sum": "0", "product": "1", "maximum": f"-({p.real})INFINITY"}
        return [
            f"{p.real} {name}[LANES];",
            f"{LANES} {name}[lane] = {neutral[reduce.operation]};",
        ]

    def entry(self, statement: Let | Keep | Store | Reduce | Rest, letter: str) -> list[str]:
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
            case Rest(name, largest, value):
                kept = f"{largest}[lane]"
                return [
                    f"const {p.real} {name}_next = {s.text(value, 'lane')};",
                    f"const {p.real} {name}_more = {name}_next > {kept} ? {name}_next : {kept};",
                    f"{name}[lane] += other_{p.suffix}({name}_next, {kept}, {name}_more);",
                    f"{kept} = {name}_more;",
                ]
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
            # A choice between two integers would become a store that is made or not.
            mask = f"-({self.precision.integer}){name}_better"
            lines.append(f"{name}[lane] ^= ({name}[lane] ^ {letter}) & {mask};")
        return [*lines, f"{known} = {name}_better ? {text} : {known};"]


def _fills(statements: tuple[LaneStatement, ...], array: str) -> bool:
    """Whether one of the loops stores entries of the array."""
    loops = [statement for statement in statements if isinstance(statement, LaneLoop)]
    return any(isinstance(s, Store) and s.array == array for loop in loops for s in loop.body)


def tile_lines(kernel: Kernel, precision: Precision, scaled: bool) -> list[str]:
    """The body of the function that computes a tile of rows."""
    return _Tiles(kernel, precision, scalars_of(kernel, precision, scaled)).lines()
