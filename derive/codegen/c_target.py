"""Kernels as C11: what the templates in ``templates/c`` print, decided here."""

from __future__ import annotations

from dataclasses import dataclass

from derive.codegen.degrees import is_homogeneous
from derive.codegen.loopform import Array, Kernel
from derive.codegen.passes import Passes
from derive.codegen.pipeline import pipeline_of
from derive.codegen.precision import DOUBLE, FLOAT, Precision
from derive.codegen.rows import row_lines
from derive.codegen.tiles import has_tiles, tile_lines

__all__ = ["CFunction", "Variant", "functions_of"]


@dataclass(frozen=True)
class Variant:
    """One body: all outputs, or the required ones only.

    ``passes``: over several rows at a time, where the kernel has that form; else ``row_lines``.
    """

    name: str
    kernel: Kernel
    precision: Precision
    passes: Passes | None
    row_lines: list[str]
    tile_lines: list[str]

    @property
    def inputs(self) -> list[Array]:
        return [a for a in self.kernel.arguments if a.role != "output"]

    @property
    def outputs(self) -> list[Array]:
        return [a for a in self.kernel.arguments if a.role == "output"]

    @property
    def row_parameters(self) -> str:
        """Of the function for one row: sizes, inputs, outputs, what is kept."""
        p = self.precision
        texts = [f"size_t {name}" for _, name in self.kernel.sizes]
        for array in self.inputs:
            kind = "int64_t" if array.role == "labels" else p.real
            pointer = f"const {kind} *restrict " if array.ranges else f"{kind} "
            texts.append(f"{pointer}{array.name}")
        texts += [f"{p.real} *restrict {a.name}" for a in (*self.outputs, *self.kernel.kept)]
        return ", ".join(texts)

    @property
    def row_arguments(self) -> str:
        texts = [name for _, name in self.kernel.sizes]
        for array in self.inputs:
            texts.append(self._of_row(array, array.role != "output" and not array.ranges))
        texts += [self._of_row(a, False) for a in self.outputs]
        offset: list[str] = []
        for array in self.kernel.kept:
            texts.append(" + ".join(["kept", *offset]))
            offset.append(self.kernel.size(array.ranges[0]))
        return ", ".join(texts)

    def _of_row(self, array: Array, value: bool) -> str:
        if self.kernel.batch is None or not array.batched:
            return array.name
        if value:
            return f"{array.name}[row]"
        stride = " * ".join(["row", *(self.kernel.size(r) for r in array.ranges)])
        return f"{array.name} + {stride}"

    @property
    def tile_parameters(self) -> str:
        p = self.precision
        texts = ["size_t count", "size_t lanes"]
        texts += [f"size_t {name}" for _, name in self.kernel.sizes]
        for array in self.inputs:
            kind = "int64_t" if array.role == "labels" else p.real
            if array.batched:
                texts.append(f"const {kind} *{array.name}_rows")
            else:
                texts.append(f"const {kind} {'*' if array.ranges else ''}{array.name}")
        texts += [f"{p.real} *{a.name}_rows" for a in self.outputs]
        return ", ".join(texts)

    @property
    def tile_arguments(self) -> str:
        texts = ["count", "lanes", *(name for _, name in self.kernel.sizes)]
        texts += [self._of_row(a, not a.batched) for a in (*self.inputs, *self.outputs)]
        return ", ".join(texts)

    @property
    def kept_entries(self) -> str:
        """How many numbers one row keeps."""
        return " + ".join(self.kernel.size(a.ranges[0]) for a in self.kernel.kept)

    @property
    def work(self) -> str:
        """About how many steps one row takes."""
        largest = max(
            (a.ranges for a in self.kernel.arguments if a.role != "labels"), key=len, default=()
        )
        return " * ".join(f"{self.kernel.size(r)}" for r in largest) or "1"


@dataclass(frozen=True)
class CFunction:
    """One public function of one precision."""

    name: str
    kernel: Kernel
    precision: Precision
    variants: tuple[Variant, ...]

    @property
    def labels(self) -> list[Array]:
        return [a for a in self.kernel.arguments if a.role == "labels"]

    @property
    def has_ignored(self) -> bool:
        """Whether a row has one label, so that it can be left out by that."""
        return self.kernel.batch is not None and len(self.row_labels) == 1

    @property
    def row_labels(self) -> list[Array]:
        """The labels that are one a row."""
        return [a for a in self.labels if a.batched and not a.ranges]

    @property
    def whole(self) -> Variant:
        return self.variants[0]

    @property
    def has_tiles(self) -> bool:
        """Whether short rows are computed side by side."""
        return any(variant.tile_lines for variant in self.variants)

    @property
    def sizes(self) -> list[str]:
        return [name for _, name in self.kernel.sizes]

    @property
    def optional(self) -> list[Array]:
        return [a for a in self.kernel.arguments if a.optional]

    @property
    def pointers(self) -> list[Array]:
        """Arguments that must not be NULL."""
        return [a for a in self.kernel.arguments if self.is_pointer(a) and not a.optional]

    def is_pointer(self, array: Array) -> bool:
        batched = self.kernel.batch is not None and array.batched
        return bool(array.ranges) or batched or array.role == "output"

    def extent(self, array: Array) -> list[str]:
        """The sizes of an argument's axes, the batch first."""
        batch = [self.kernel.batch] if self.kernel.batch is not None and array.batched else []
        return [*batch, *(self.kernel.size(r) for r in array.ranges)]

    @property
    def extents(self) -> list[list[str]]:
        """Each shape of two or more axes, once."""
        found = {tuple(self.extent(a)) for a in self.kernel.arguments}
        return sorted(list(shape) for shape in found if len(shape) > 1)

    @property
    def parameters(self) -> str:
        """As the caller gives them."""
        by_name = {a.name: a for a in self.kernel.arguments}
        texts = []
        for name in self.kernel.order:
            array = by_name.get(name)
            if array is None:
                texts.append(f"size_t {name}")
                continue
            kind = "int64_t" if array.role == "labels" else self.precision.real
            const = "" if array.role == "output" else "const "
            if self.is_pointer(array):
                texts.append(f"{const}{kind} *{name}")
            else:
                texts.append(f"{kind} {name}")
        return ", ".join(texts)

    @property
    def arguments(self) -> str:
        return ", ".join(self.kernel.order)


def _variant(kernel: Kernel, name: str, precision: Precision) -> Variant:
    scaled = is_homogeneous(kernel)
    tiles = tile_lines(kernel, precision, scaled) if has_tiles(kernel) else []
    pipeline = pipeline_of(kernel)
    if pipeline is not None:
        passes = Passes(name, pipeline, precision, scaled)
        return Variant(name, kernel, precision, passes, [], tiles)
    return Variant(name, kernel, precision, None, row_lines(kernel, precision, scaled), tiles)


def functions_of(kernel: Kernel) -> list[CFunction]:
    """The kernel in both precisions."""
    found = []
    for precision in (FLOAT, DOUBLE):
        variants = [_variant(kernel, kernel.name, precision)]
        if kernel.without is not None:
            variants.append(_variant(kernel.without, f"{kernel.name}_required", precision))
        found.append(
            CFunction(f"{kernel.name}_{precision.suffix}", kernel, precision, tuple(variants))
        )
    return found
