"""The generated functions against the statements that they came from.

Each output's quantity, as the document defines it (with its derivatives, before any rewriting), is
evaluated in interval arithmetic at random points, and compared with what the generated C and the
generated NumPy return there.  Nothing of the way from statement to code takes part: not the
prover, not the choice of the form, not the loops.  It finds errors of translation, so it is
generous with rounding; how accurate the kernels are is another question (see the tests).
"""

from __future__ import annotations

import ctypes
import itertools
import random
import shutil
import subprocess
import tempfile
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from derive.codegen.assemble import kernels_of
from derive.codegen.c_target import functions_of
from derive.codegen.loopform import Array, Computed, Kernel, labels_of
from derive.logic.problem import Context, Equation, Hypothesis, Sign
from derive.logic.terms import Index, Variable
from derive.meaning.rounding import given_sizes
from derive.prover.verdict import Report
from derive.refuter.evaluate import CannotEvaluate, Undefined, evaluate
from derive.refuter.hypotheses import System
from derive.refuter.point import Key, Point, rational
from derive.refuter.polynomial import NotPolynomial
from derive.refuter.sampling import Draw, Style
from derive.refuter.values import Missing, TooExpensive, Unusable
from derive.refuter.world import Ambiguous, World

__all__ = ["Agreement", "Disagreement", "described", "verify"]

# Sizes of the index ranges, in turn: one entry, few, and enough for vector code and its rest.
_SIZES = ((1,), (2, 3), (5, 2), (24, 3), (70, 3))
_ROWS = 3
_ENTRIES = 5

# Data that hypotheses bind, in turn until the quantity has a value; the positive ones last.
_STYLES: tuple[Style, ...] = (
    "generic", "signed", "simple", "fractions", "fractions", "simple", *("fractions",) * 20,
)  # fmt: skip
_POSITIVE = frozenset(("simple", "fractions"))

# By type: how much an input's rounding may be amplified.
_TOLERANCE = {"float32": 2.0**-13, "float64": 2.0**-40}


@dataclass(frozen=True)
class Agreement:
    """How often a function was compared with its statement; ``largest`` difference, relative."""

    function: str
    target: str
    entries: int
    largest: float


@dataclass(frozen=True)
class Disagreement:
    """A function that does not compute its statement: where, what, and what it should be."""

    function: str
    target: str
    output: str
    sizes: dict[str, int]
    indices: dict[str, int]
    returned: float
    expected: float


class _NoPoint(Exception):
    """No data was found at which the quantity has a value."""


@dataclass
class _Case:
    """One call: inputs by argument name, for all rows, and a point for each row."""

    sizes: dict[str, int]
    inputs: dict[str, Any]
    points: list[Point]


def _ranges(kernel: Kernel) -> list[str]:
    return [range_ for range_, _ in kernel.sizes]


def _is_label(array: Array) -> bool:
    return array.role == "labels"


def _positions(array: Array, sizes: Mapping[str, int]) -> Iterator[tuple[int, ...]]:
    return itertools.product(*(range(1, sizes[r] + 1) for r in array.ranges))


class _Sampler:
    """Data for one kernel, exactly representable in the type that it is computed in."""

    def __init__(self, kernel: Kernel, seed: int, style: Style) -> None:
        self.style = style
        self.kernel = kernel
        self.random = random.Random(seed)
        self.context = kernel.computes[0].context
        self.world = World(self.context)
        terms = [computed.quantity for computed in kernel.computes]
        self.shapes = self.world.shapes(terms)
        self.documents = dict(kernel.documents)
        self.known: dict[object, float] = {}

    def case(self, pattern: tuple[int, ...]) -> _Case:
        sizes = dict(zip(_ranges(self.kernel), itertools.cycle(pattern), strict=False))
        fixed = given_sizes(self._in_force())  # "let N = 3"
        sizes |= {range_: size for range_, size in fixed.items() if range_ in sizes}
        rows = _ROWS if self.kernel.batch is not None else 1
        points = [self.point(sizes) for _ in range(rows)]
        shared = [a for a in self._inputs() if not a.batched and self.kernel.batch is not None]
        for array in shared:
            for point in points[1:]:
                for key in self._keys(array, sizes):
                    if key in points[0].values:
                        point.values[key] = points[0].values[key]
        return _Case(sizes, self.inputs(points, sizes), points)

    def _in_force(self) -> tuple[Hypothesis, ...]:
        return self.kernel.hypotheses + self.context.hypotheses

    def _inputs(self) -> list[Array]:
        return [a for a in self.kernel.arguments if a.role != "output"]

    def _keys(self, array: Array, sizes: Mapping[str, int]) -> list[Key]:
        name = self.documents[array.name]
        return [(name, position) for position in _positions(array, sizes)]

    def number(self) -> float:
        """A number with few bits, so that it is exact in either type."""
        value = self.random.gauss(0, 2)
        value = round(value * 2**14) / 2**14
        return abs(value) + 2**-8 if self.style in _POSITIVE else value

    def point(self, sizes: dict[str, int]) -> Point:
        indices: dict[Index, int] = {}
        labels: dict[Key, int] = {}
        for array in self._inputs():
            if not _is_label(array):
                continue
            bound = sizes[self._label_range(array)]
            if array.ranges:
                labels |= {k: self.random.randint(1, bound) for k in self._keys(array, sizes)}
            else:
                letter = Index(self.documents[array.name], self._label_range(array))
                position = self.random.randint(1, bound)
                indices[letter] = position
                labels[self.documents[array.name], ()] = position
        values: dict[Key, Any] = {}
        for (name, _), shape in sorted(self.shapes.items()):
            if self.context.definition(name) is not None:
                continue
            for place in itertools.product(*(range(1, sizes.get(r, 1) + 1) for r in shape)):
                values[name, place] = rational(self.number())
        values |= self._constrained(sizes, indices, labels)
        return Point(dict(sizes), indices, values, labels)

    def _label_range(self, array: Array) -> str:
        found = {label.name: label.range for label in labels_of(self.kernel.body)}
        return found[array.name]

    def _constrained(
        self, sizes: dict[str, int], indices: dict[Index, int], labels: dict[Key, int]
    ) -> dict[Key, Any]:
        """Values of the data that hypotheses speak of."""
        data = [
            hypothesis
            for hypothesis in dict.fromkeys(self._in_force())
            if all(isinstance(fact, Equation | Sign) for fact in hypothesis.facts)
        ]
        if not data:
            return {}
        try:
            bound = replace(self.context, hypotheses=tuple(data))
            system = System(bound, sizes, indices, labels)
            found = system.solution(Draw(self.style, self.random.randint(1, 10**6)))
        except (NotPolynomial, Missing, Unusable, Ambiguous, TooExpensive):
            raise _NoPoint from None
        if found is None:
            raise _NoPoint
        return {key: rational(float(value.p) / float(value.q)) for key, value in found.items()}

    def inputs(self, points: list[Point], sizes: dict[str, int]) -> dict[str, Any]:
        """What the functions are called with; a defined input is computed from the data."""
        import numpy as np

        found: dict[str, Any] = {}
        for array in self._inputs():
            rows = [self._row(array, point, sizes) for point in points]
            shape = tuple(sizes[r] for r in array.ranges)
            kind = np.int64 if _is_label(array) else np.float64
            values = np.array(rows, dtype=kind).reshape(len(points), *shape)
            led = self.kernel.batch is not None and array.batched
            found[array.name] = values if led else values[0]
        return found

    def _row(self, array: Array, point: Point, sizes: dict[str, int]) -> list[float]:
        name = self.documents[array.name]
        if _is_label(array):
            return [point.labels[key] - 1 for key in self._keys(array, sizes)]
        if self.context.definition(name) is None:
            fractions = [point.values[key] for key in self._keys(array, sizes)]
            return [float(value.p) / float(value.q) for value in fractions]
        letters = tuple(Index(f"%{n}", r) for n, r in enumerate(array.ranges))
        return [
            self.value(Variable(name, letters), letters, position, point)
            for position in _positions(array, sizes)
        ]

    def value(
        self, quantity: Any, letters: tuple[Index, ...], position: tuple[int, ...], point: Point
    ) -> float:
        """The quantity at a position.  Raises _NoPoint where it has no value there."""
        key = (quantity, letters, position, id(point))
        if key not in self.known:
            self.known[key] = self._evaluated(quantity, letters, position, point)
        return self.known[key]

    def _evaluated(
        self, quantity: Any, letters: tuple[Index, ...], position: tuple[int, ...], point: Point
    ) -> float:
        here = {**point.indices, **dict(zip(letters, position, strict=True))}
        placed = Point(point.sizes, here, point.values, point.labels)
        try:
            found = evaluate(quantity, self._own(quantity), placed)
        except CannotEvaluate as why:
            raise _NoPoint(str(why)) from None
        if isinstance(found, Undefined):
            raise _NoPoint(found.reason)
        return float(found)

    def _own(self, quantity: Any) -> Context:
        return next(
            (c.context for c in self.kernel.computes if c.quantity is quantity), self.context
        )


# ------------------------------------------------------------------ the two targets


def _library(files: Mapping[str, str], folder: Path) -> ctypes.CDLL | None:
    """The generated C, compiled; None where there is no compiler."""
    compiler = next((c for c in ("cc", "gcc", "clang") if shutil.which(c)), None)
    sources = [name for name in files if name.endswith(".c")]
    if compiler is None or not sources:
        return None
    from derive.codegen.generate import COMPILE

    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    target = folder / "verified.so"
    command = [compiler, *COMPILE, "-shared", "-fPIC", str(folder / sources[0])]
    done = subprocess.run([*command, "-o", str(target), "-lm"], capture_output=True, timeout=300)
    if done.returncode:
        raise ValueError(f"the generated C does not compile: {done.stderr.decode()[:500]}")
    return ctypes.CDLL(str(target))


def _module(files: Mapping[str, str]) -> types.ModuleType | None:
    source = next((text for name, text in files.items() if name.endswith(".py")), None)
    if source is None:
        return None
    module = types.ModuleType("verified")
    exec(compile(source, "verified.py", "exec"), module.__dict__)  # our own text, not a document's
    return module


def _called_c(
    kernel: Kernel, library: ctypes.CDLL, case: _Case, kind: str, whole: bool
) -> dict[str, Any]:
    """The outputs by name; not ``whole``: without the optional ones, which other loops compute."""
    import numpy as np

    (function,) = [
        f for f in functions_of(kernel) if (f.precision.real == "float") == (kind == "float32")
    ]
    arrays: dict[str, Any] = {}
    for array in kernel.arguments:
        if array.role == "output":
            led = (len(case.points),) if kernel.batch is not None else ()
            shape = led + tuple(case.sizes[r] for r in array.ranges)
            arrays[array.name] = np.full(shape, np.nan, kind)
        else:
            dtype = np.int64 if _is_label(array) else kind
            arrays[array.name] = np.ascontiguousarray(case.inputs[array.name], dtype)
    names = {name: case.sizes[r] for r, name in kernel.sizes}
    if kernel.batch is not None:
        names[kernel.batch] = len(case.points)
    real = ctypes.c_float if kind == "float32" else ctypes.c_double
    arguments: list[Any] = []
    for name in kernel.order:
        array_ = next((a for a in kernel.arguments if a.name == name), None)
        if array_ is None:
            arguments.append(ctypes.c_size_t(names[name]))
        elif array_.optional and not whole:
            arguments.append(ctypes.c_void_p(None))
        elif function.is_pointer(array_):
            arguments.append(ctypes.c_void_p(arrays[name].ctypes.data))
        elif _is_label(array_):
            arguments.append(ctypes.c_int64(int(arrays[name].flat[0])))
        else:
            arguments.append(real(float(arrays[name].flat[0])))
    status = getattr(library, function.name)(*arguments)
    if status:
        raise RuntimeError(f"{function.name} returned {status}")
    outputs = (a for a in kernel.arguments if a.role == "output")
    return {a.name: arrays[a.name] for a in outputs if whole or not a.optional}


def _called_numpy(
    kernel: Kernel, module: types.ModuleType, case: _Case, kind: str, whole: bool
) -> dict[str, Any]:
    """As ``_called_c``."""
    import numpy as np

    by_name = {a.name: a for a in kernel.arguments}
    inputs = [by_name[n] for n in kernel.order if n in by_name and by_name[n].role != "output"]
    outputs = [by_name[n] for n in kernel.order if n in by_name and by_name[n].role == "output"]
    given = [
        case.inputs[a.name] if _is_label(a) else np.asarray(case.inputs[a.name], kind)
        for a in inputs
    ]
    known = {r for a in inputs for r in a.ranges}
    given += [case.sizes[r] for r in _ranges(kernel) if r not in known]
    left_out = [] if whole else [a.name for a in outputs if a.optional][:1]
    outputs = [a for a in outputs if whole or not a.optional]
    returned = getattr(module, kernel.name)(*given, **{f"with_{name}": False for name in left_out})
    results = returned if len(outputs) > 1 else (returned,)
    found = {a.name: np.asarray(r) for a, r in zip(outputs, results, strict=True)}
    if kernel.batch is not None and not any(a.batched for a in inputs):
        # Where no argument has rows, NumPy returns the one that all would be.
        rows = len(case.points)
        return {name: np.broadcast_to(one, (rows, *one.shape)) for name, one in found.items()}
    return found


# ------------------------------------------------------------------ comparison


def _entries(
    computed: Computed, sizes: Mapping[str, int], rng: random.Random
) -> list[tuple[int, ...]]:
    every = [range(1, sizes[axis.range] + 1) for axis in computed.axes]
    count = 1
    for axis in every:
        count *= len(axis)
    if count <= _ENTRIES:
        return list(itertools.product(*every))
    corner = [tuple(axis[0] for axis in every), tuple(axis[-1] for axis in every)]
    more = [tuple(rng.choice(axis) for axis in every) for _ in range(_ENTRIES - 2)]
    return [*corner, *more]


def _scale(point: Point) -> float:
    """The size of the data, to which rounding is proportional."""
    return 1 + max((abs(float(v.p) / float(v.q)) for v in point.values.values()), default=0.0)


def _compared(
    kernel: Kernel, sampler: _Sampler, case: _Case, results: dict[str, Any], target: str
) -> Iterator[tuple[float, Disagreement | None]]:
    for computed in kernel.computes:
        if computed.name not in results:
            continue
        places = _entries(computed, case.sizes, random.Random(repr(case.sizes)))
        for number, point in enumerate(case.points):
            own = results[computed.name]
            own = own[number] if kernel.batch is not None else own
            for place in places:
                try:
                    expected = sampler.value(computed.quantity, computed.axes, place, point)
                except _NoPoint:  # a root of a negative number, at this entry alone
                    continue
                returned = float(own[tuple(p - 1 for p in place)])
                difference = abs(returned - expected) / (abs(expected) + _scale(point))
                if difference <= _TOLERANCE[target.split()[-1]]:
                    yield difference, None
                    continue
                indices = {letter.name: at for letter, at in point.indices.items()}
                indices |= {axis.name: at for axis, at in zip(computed.axes, place, strict=True)}
                yield (
                    difference,
                    Disagreement(
                        kernel.name,
                        target,
                        computed.name,
                        dict(case.sizes),
                        indices,
                        returned,
                        expected,
                    ),
                )


def _cases(kernel: Kernel, seed: int) -> Iterator[tuple[_Sampler, _Case]]:
    """Calls at several sizes; data is positive where the quantity has no value otherwise."""
    for number, pattern in enumerate(_SIZES):
        for attempt, style in enumerate(_STYLES):
            sampler = _Sampler(kernel, seed + number + 100 * attempt, style)
            try:
                case = sampler.case(pattern)
                for computed in kernel.computes:
                    first = tuple(1 for _ in computed.axes)
                    for point in case.points:
                        sampler.value(computed.quantity, computed.axes, first, point)
            except (_NoPoint, Unusable):
                continue
            yield sampler, case
            break


def described(agreements: list[Agreement], disagreements: list[Disagreement]) -> str:
    """What was compared, for people, a line each."""
    lines = [
        f"{a.function} ({a.target}): {a.entries} entries agree, off by at most {a.largest:.1e}"
        if a.entries
        else f"{a.function} ({a.target}): no point was found at which it has a value"
        for a in agreements
        if not any(d.function == a.function and d.target == a.target for d in disagreements)
    ]
    for d in disagreements:
        at = ", ".join(f"{name} = {n}" for name, n in {**d.sizes, **d.indices}.items())
        lines.append(
            f"{d.function} ({d.target}): {d.output} is {d.returned!r} at {at}, "
            f"but the statement says {d.expected!r}"
        )
    return "\n".join(lines) + "\n"


def verify(
    report: Report, files: Mapping[str, str], seed: int = 1
) -> tuple[list[Agreement], list[Disagreement]]:
    """Compare every function of the generated files with its statements at random points.

    ``files``: what ``generate`` made of the report.  C takes part where there is a compiler;
    ValueError is raised where it does not compile.  An agreement of 0 entries says that no point
    was found at which the quantity has a value.
    """
    agreements: list[Agreement] = []
    disagreements: list[Disagreement] = []
    with tempfile.TemporaryDirectory() as folder:
        library, module = _library(files, Path(folder)), _module(files)
        for kernel in kernels_of(report):
            cases = list(_cases(kernel, seed))
            for target in ("C", "NumPy"):
                if (library if target == "C" else module) is None:
                    continue
                for kind in _TOLERANCE:
                    seen, largest = 0, 0.0
                    optional = any(a.optional for a in kernel.arguments)
                    for (sampler, case), whole in itertools.product(
                        cases, (True, False) if optional else (True,)
                    ):
                        if target == "C":
                            assert library is not None
                            results = _called_c(kernel, library, case, kind, whole)
                        else:
                            assert module is not None
                            results = _called_numpy(kernel, module, case, kind, whole)
                        for difference, wrong in _compared(
                            kernel, sampler, case, results, f"{target} {kind}"
                        ):
                            seen, largest = seen + 1, max(largest, difference)
                            if wrong is not None:
                                disagreements.append(wrong)
                    agreements.append(Agreement(kernel.name, f"{target} {kind}", seen, largest))
    return agreements, disagreements
