"""From a report to files: C, NumPy, and a manifest that says what came from where."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derive.codegen.assemble import NotProved, kernels_of
from derive.codegen.c_target import functions_of
from derive.codegen.explain import explanation
from derive.codegen.loopform import Array, Kernel, labels_of
from derive.codegen.naming import word
from derive.codegen.numpy_target import module_functions
from derive.codegen.precision import DOUBLE, FLOAT
from derive.codegen.python_target import call_of
from derive.codegen.requests import RequestError
from derive.prover.verdict import Report

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = [
    "COMPILE", "TARGETS", "NotProved", "RequestError", "explain", "extension", "generate",
    "harness", "write",
]  # fmt: skip

TARGETS = ("c", "numpy")

# -std=c11 alone would forbid fused multiply-add; the other two let loops with a square root or a
# choice in them become vector code, and change no result.
COMPILE = (
    "-std=c11", "-O3", "-march=native", "-ffp-contract=fast", "-fno-math-errno",
    "-fno-trapping-math", "-fopenmp",
)  # fmt: skip


@dataclass(frozen=True)
class _File:
    """What the notice at the top of each file says."""

    stem: str
    document: str
    sha256: str
    statements: tuple[str, ...]

    @property
    def header(self) -> str:
        return f"{self.stem}.h"

    @property
    def guard(self) -> str:
        return f"DERIVE_{self.stem.upper()}_H"

    @property
    def command(self) -> str:
        return f"derive generate {self.document}"

    @property
    def compile(self) -> str:
        return f"gcc {' '.join(COMPILE)} -c {self.stem}.c    (link with -lm)"


def _templates() -> Path:
    """The folder of templates: beside the package in a checkout, within it once installed."""
    package = Path(__file__).parent.parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_templates()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _plain(text: str) -> str:
    """Text that can stand in a C comment or a Python docstring."""
    text = "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
    for risky, safe in (("*/", "* /"), ("/*", "/ *"), ("??", "? ?"), ('"""', "'''")):
        text = text.replace(risky, safe)
    return text


def _quoted(kernel: Kernel) -> list[str]:
    """What a kernel rests on, for its comment."""
    lines = [f"line {q.line} ({q.verdict}): {_plain(q.latex)}" for q in kernel.rests_on]
    lines += [f"assuming {_plain(hypothesis)}" for hypothesis in kernel.assumes]
    lines += [f"with {_plain(choice)}" for choice in kernel.choices]
    return lines


def label_sizes(kernel: Kernel) -> dict[str, str]:
    """For each argument that holds labels, the size that they must stay below."""
    return {label.name: kernel.size(label.range) for label in labels_of(kernel.body)}


def _shape(kernel: Kernel, array: Array) -> str:
    batch = [kernel.batch] if kernel.batch is not None and array.batched else []
    axes = [*batch, *(kernel.size(r) for r in array.ranges)]
    what = {"labels": "integers from 0", "input": "input"}.get(array.role, "output")
    shape = " x ".join(axes) if axes else "a number"
    return f"{array.name}: {shape}, {what}{', or NULL' if array.optional else ''}"


def _c_files(file: _File, kernels: tuple[Kernel, ...]) -> dict[str, str]:
    functions = [function for kernel in kernels for function in functions_of(kernel)]
    context: dict[str, Any] = {
        "file": file,
        "kernels": kernels,
        "functions": functions,
        "comments": {kernel.name: _quoted(kernel) for kernel in kernels},
        "shapes": {k.name: [_shape(k, a) for a in k.arguments] for k in kernels},
        "label_sizes": {kernel.name: label_sizes(kernel) for kernel in kernels},
        "precisions": (FLOAT, DOUBLE),
        "f32": FLOAT,
        "f64": DOUBLE,
    }
    environment = _environment()
    return {
        f"{file.stem}.{ending}": environment.get_template(f"c/kernels.{ending}.jinja").render(
            context
        )
        for ending in ("h", "c")
    }


def harness() -> str:
    """The elementary functions that every generated C file begins with, and their measurement."""
    context = {
        "file": _File("elementary", "no document", "", ()),
        "kernels": (),
        "functions": (),
        "comments": {},
        "precisions": (FLOAT, DOUBLE),
        "f32": FLOAT,
        "f64": DOUBLE,
    }
    environment = _environment()
    prelude = environment.get_template("c/kernels.c.jinja").render(context)
    own = '#include "elementary.h"'
    prelude = prelude.replace(own, "#include <stddef.h>\n#include <stdint.h>", 1)
    return prelude + environment.get_template("c/measure.c.jinja").render(context)


def _numpy_files(file: _File, kernels: tuple[Kernel, ...]) -> dict[str, str]:
    context = {
        "file": file,
        "functions": module_functions(kernels, label_sizes),
        "comments": {kernel.name: _quoted(kernel) for kernel in kernels},
    }
    template = _environment().get_template("numpy/kernels.py.jinja")
    return {f"{file.stem}.py": template.render(context)}


def _manifest(file: _File, kernels: tuple[Kernel, ...], files: Mapping[str, str]) -> str:
    functions = [
        {
            "name": kernel.name,
            "order": list(kernel.order),
            "batch": kernel.batch,
            "sizes": [name for _, name in kernel.sizes],
            "arguments": [
                {
                    "name": array.name,
                    "role": array.role,
                    "axes": [kernel.size(r) for r in array.ranges],
                    "batched": kernel.batch is None or array.batched,
                    "optional": array.optional,
                }
                for array in kernel.arguments
            ],
            "label_sizes": label_sizes(kernel),
            "statements": [
                {"line": q.line, "latex": q.latex, "verdict": q.verdict} for q in kernel.rests_on
            ],
            "hypotheses": list(kernel.assumes),
            "choices": list(kernel.choices),
        }
        for kernel in kernels
    ]
    data = {
        "version": 1,
        "document": file.document,
        "sha256": file.sha256,
        "functions": functions,
        "files": {
            name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(files.items())
        },
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def generate(
    report: Report, targets: Sequence[str] = TARGETS, *, document: bytes
) -> dict[str, str]:
    """The kernels that a document asks for, as file name -> text; nothing is written.

    ``document`` is the document's bytes, whose hash every file carries.  The same report and
    bytes give the same texts.

    Raises NotProved, naming the statement, where a function rests on one that is not proved;
    RequestError where the front matter makes no sense; ValueError for an unknown target, and for
    a function that a target has no spelling for.
    """
    for target in targets:
        if target not in TARGETS:
            raise ValueError(f"unknown target: {target}")
    kernels = kernels_of(report)
    name = Path(report.path).name
    stem = word(Path(name).stem)
    quotations = sorted({q for kernel in kernels for q in kernel.rests_on}, key=_by_line)
    file = _File(
        stem,
        _plain(name),
        hashlib.sha256(document).hexdigest(),
        tuple(f"line {q.line} ({q.verdict}): {_plain(q.latex)}" for q in quotations),
    )
    files: dict[str, str] = {}
    if "c" in targets:
        files |= _c_files(file, kernels)
    if "numpy" in targets:
        files |= _numpy_files(file, kernels)
    return {**files, f"{stem}.json": _manifest(file, kernels, files)}


def extension(report: Report, module: str, *, document: bytes) -> dict[str, str]:
    """The files of ``generate`` and ``module``.c, a CPython module around the C among them.

    Raises what ``generate`` raises.
    """
    files = generate(report, document=document)
    calls = [call for kernel in kernels_of(report) if (call := call_of(kernel)).is_direct]
    stem = word(Path(report.path).stem)
    context = {"file": {"stem": stem}, "calls": calls, "module": module}
    template = _environment().get_template("python/extension.c.jinja")
    return {**files, f"{module}.c": template.render(context)}


def _by_line(quotation: Any) -> tuple[int, str]:
    return quotation.line, quotation.latex


def explain(report: Report) -> str:
    """The loop form of every kernel, as text.  Raises what ``generate`` raises."""
    return "\n".join(explanation(kernel) for kernel in kernels_of(report))


def write(files: Mapping[str, str], directory: str | os.PathLike[str]) -> list[Path]:
    """Write the files, each whole or not at all, and none before all could be written.

    Raises OSError.
    """
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[str, Path]] = []
    try:
        for name, text in files.items():
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
            waiting.append((temporary, folder / name))
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            os.chmod(temporary, 0o644)
        for temporary, final in waiting:
            os.replace(temporary, final)
    except BaseException:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)
        raise
    return [final for _, final in waiting]
