"""The kernels of a derivation, ready to be called on NumPy arrays.

>>> from derive.kernels import softmax_cross_entropy
>>> loss, gradient = softmax_cross_entropy.cross_entropy_labels(logits, labels)  # doctest: +SKIP

``softmax_cross_entropy`` is the derivation that ships; ``kernels_from`` compiles that of any
document.  On first use the kernels are generated (which proves their statements), compiled with
the machine's C compiler and kept in the user's cache, keyed by document, program, compiler and
flags.  Without a compiler the NumPy kernels serve, and one warning says so.

Every function takes arrays of any layout and any leading axes, float32 or float64, and releases
the GIL while it computes.  Keywords: ``out`` (an array, or a tuple of them), ``ignored`` (a label
whose rows get zeros) and ``with_gradient=False`` and the like where an output is optional.
The memory of the last result of 4 to 256 MiB is kept, and serves the next one once nobody refers
to it.
Wrong shapes raise ValueError, labels out of range IndexError; nothing is written then.

Environment: ``DERIVE_CACHE`` (a folder), ``CC`` (the compiler), ``OMP_NUM_THREADS``.
"""

from __future__ import annotations

import atexit
import ctypes
import functools
import hashlib
import importlib.util
import json
import operator
import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

__all__ = ["NoCompiler", "kernels_from", "softmax_cross_entropy"]  # noqa: F822, made on first use

MODULE = "derive_compiled"


class NoCompiler(Exception):
    """There is no C compiler, or it fails; one sentence says what happened."""


class Kernels:
    """The functions of one document; ``compiled`` says whether they are C or NumPy."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]], compiled: bool) -> None:
        self.compiled = compiled
        self.__dict__.update(functions)
        self.__all__ = tuple(functions)

    def __repr__(self) -> str:
        return f"<kernels: {', '.join(self.__all__)}; {'C' if self.compiled else 'NumPy'}>"


# ------------------------------------------------------------------ the cache


def _cache() -> Path:
    named = os.environ.get("DERIVE_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "derive"


@functools.cache
def _for_this_process() -> Path:
    """A folder that is gone with the process, where the cache cannot be written to."""
    folder = tempfile.mkdtemp(prefix="derive-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _program() -> str:
    """A hash of everything in this program that decides what is generated."""
    package = Path(__file__).parent
    found = [package / "templates", package.parent / "templates"]
    templates = next((folder for folder in found if folder.is_dir()), package)
    digest = hashlib.sha256()
    for path in sorted([*package.rglob("*.py"), *templates.rglob("*.jinja")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _generated(document: Path, folder: Path) -> None:
    """Write the sources of a document's kernels to a folder.  Raises NotProved and the like."""
    from derive.codegen.generate import extension, write
    from derive.pipeline import Source, judge_document, read

    data = document.read_bytes()
    report = judge_document(read(Source(str(document), data)))
    write(extension(report, MODULE, document=data), folder)


def _kept(*parts: str, fill: Callable[[Path], None]) -> Path:
    """A folder of the cache, made if it is not there; elsewhere if the cache cannot be written."""
    folder = _cache().joinpath(*parts)
    try:
        if not folder.is_dir():
            _atomically(folder, fill)
        return folder
    except OSError:
        instead = _for_this_process().joinpath(*parts)
        if not instead.is_dir():
            _atomically(instead, fill)
        return instead


def _atomically(folder: Path, fill: Callable[[Path], None]) -> None:
    """Make a folder whole or not at all, whoever else is making it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as waiting:
        inside = Path(waiting) / "made"
        inside.mkdir()
        fill(inside)
        try:
            inside.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise


# ------------------------------------------------------------------ compiling


def _compiler() -> list[str]:
    named = os.environ.get("CC")
    for candidate in [named] if named else ["cc", "gcc", "clang"]:
        try:
            command = shlex.split(candidate or "")
        except ValueError:
            raise NoCompiler(f"CC is {named!r}, which is no command") from None
        if command and shutil.which(command[0]):
            return command
    raise NoCompiler(f"no C compiler{f' named {named}' if named else ''} was found")


def _version(compiler: list[str]) -> str:
    try:
        done = subprocess.run(
            [*compiler, "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoCompiler(f"{compiler[0]} fails: {error}") from None
    return done.stdout


def _flags() -> list[str]:
    import numpy

    from derive.codegen.generate import COMPILE

    include = [sysconfig.get_path("include"), numpy.get_include()]
    return [*COMPILE, "-shared", "-fPIC", *(f"-I{folder}" for folder in include)]


def _compile(compiler: list[str], source: Path, target: Path) -> None:
    """Compile; where the compiler has no OpenMP or no -march=native, without it."""
    flags, said = _flags(), ""
    # Darwin resolves Python's own symbols when the module is loaded.
    if sys.platform == "darwin":
        flags += ["-undefined", "dynamic_lookup"]
    for left_out in ((), ("-fopenmp",), ("-fopenmp", "-march=native")):
        kept = [flag for flag in flags if flag not in left_out]
        command = [*compiler, *kept, f"-I{source.parent}", str(source), "-o", str(target), "-lm"]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", timeout=300
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise NoCompiler(f"{compiler[0]} fails: {error}") from None
        if done.returncode == 0 and target.is_file():
            return
        said = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[0]
    raise NoCompiler(f"{compiler[0]} fails: {said}")


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _machine() -> str:
    """What -march=native depends on."""
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor()
    return next((line for line in text.splitlines() if line.startswith("flags")), "")


# ------------------------------------------------------------------ calling


def _load(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_REFUSALS = {
    1: ValueError("an array that is needed is missing"),
    2: ValueError("a size is 0 or too large"),
    3: IndexError("a label is out of range"),
    4: MemoryError("no memory for intermediate results"),
}


def _careful(function: Mapping[str, Any], module: ModuleType, plain: ModuleType) -> Any:
    """The function for arguments that C cannot take as they are: converted, checked, by address."""
    name = str(function["name"])
    arguments = {a["name"]: a for a in function["arguments"]}
    order = [arguments[n] for n in function["order"] if n in arguments]
    inputs = [a for a in order if a["role"] != "output"]
    outputs = [a for a in order if a["role"] == "output"]
    run, reference = getattr(module, f"run_{name}"), getattr(plain, name)
    # One keyword leaves all optional outputs out; it is named after the first.
    switch = next((f"with_{a['name']}" for a in outputs if a["optional"]), "")

    def careful(*given: Any, **keywords: Any) -> Any:
        import numpy as np

        if len(given) != len(inputs) or set(keywords) - {"out", "ignored", switch}:
            return reference(*given, **keywords)  # which raises what is right
        row_labels = [a for a in inputs if a["role"] == "labels" and not a["axes"]]
        if "ignored" in keywords and len(row_labels) != 1:
            return reference(*given, **keywords)
        values = dict(zip((a["name"] for a in inputs), given, strict=True))
        reals = [a for a in inputs if a["role"] == "input"]
        converted, dtype = plain._real(*(values[a["name"]] for a in reals))
        values.update(zip((a["name"] for a in reals), converted, strict=True))
        lead, sizes = plain._shapes(
            [(a["name"], values[a["name"]], a["axes"], a["batched"]) for a in reals]
        )
        led = [a for a in inputs if a["batched"]]
        if led and all(a["role"] == "labels" for a in led):
            first = np.shape(values[led[0]["name"]])
            lead = first[: max(len(first) - len(led[0]["axes"]), 0)]
        if function["batch"] is None and lead:
            return reference(*given, **keywords)
        ignored = keywords.get("ignored")
        if ignored is not None:
            ignored = operator.index(ignored)
            if not -(2**63) <= ignored < 2**63:
                ignored = None  # no label can be that
        for a in inputs:
            if a["role"] == "labels":
                labels = np.asarray(values[a["name"]])
                shape = (*(lead if a["batched"] else ()), *(sizes[axis] for axis in a["axes"]))
                bound = sizes[function["label_sizes"][a["name"]]]
                plain._labels(a["name"], labels, bound, shape, None if a["axes"] else ignored)
                values[a["name"]] = labels.astype(np.int64, copy=False)
        wanted = [a for a in outputs if not a["optional"] or keywords.get(switch, True)]
        outs = plain._outs(keywords.get("out"), [a["name"] for a in outputs])
        results: list[Any] = []
        for a, one in zip(outputs, outs, strict=True):
            shape = (*lead, *(sizes[axis] for axis in a["axes"]))
            results.append(plain._output(a["name"], one, shape, dtype) if a in wanted else None)
        written = [_contiguous(r, [values[i["name"]] for i in inputs]) for r in results]
        ready = [np.ascontiguousarray(values[a["name"]]) for a in inputs]
        ready = [np.require(array, requirements=("C", "A")) for array in ready]
        rows = 1
        for length in lead:
            rows *= length
        at = [array.ctypes.data for array in ready]
        at += [0 if array is None else array.ctypes.data for array in written]
        own = [sizes[size] for size in function["sizes"]]
        status = run(
            rows, *own, *at, ignored is not None, int(ignored or 0), dtype == np.dtype(np.float64)
        )
        if status:
            raise _REFUSALS[status]
        for array, result in zip(written, results, strict=True):
            if array is not result:
                result[...] = array
        chosen = [r for r in results if r is not None]
        return chosen[0] if len(chosen) == 1 else tuple(chosen)

    careful.__name__ = name
    careful.__doc__ = reference.__doc__
    return careful


def _contiguous(result: Any, inputs: list[Any]) -> Any:
    """The output itself if C can write to it, else an array to be copied from."""
    import numpy as np

    if result is None:
        return None
    flags = result.flags
    apart = not any(np.may_share_memory(result, array) for array in inputs)
    if flags.c_contiguous and flags.aligned and apart:
        return result
    return np.empty(result.shape, result.dtype)


def kernels_from(document: str | os.PathLike[str]) -> Kernels:
    """The kernels of a document, compiled, or in NumPy where that is not possible.

    Raises ``derive.codegen.generate.NotProved`` where one rests on a statement that is not
    proved, and OSError where the document cannot be read.
    """
    path = Path(document)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    own = _hash(path.name, digest, _program())
    sources = _kept(own, fill=lambda folder: _generated(path, folder))
    (manifest,) = sources.glob("*.json")
    functions = json.loads(manifest.read_text())["functions"]
    plain = _load(f"{MODULE}_numpy", manifest.with_suffix(".py"))
    try:
        module = _compiled(sources)
    except NoCompiler as reason:
        warnings.warn(f"NumPy instead of compiled kernels: {reason}", stacklevel=2)
        return Kernels({f["name"]: getattr(plain, f["name"]) for f in functions}, False)
    direct = [f for f in functions if hasattr(module, f["name"])]
    table = {f["name"]: _careful(f, module, plain) for f in direct}
    module.__dict__["fallback"] = SimpleNamespace(**table)
    found = {f["name"]: getattr(module, f["name"], None) for f in functions}
    return Kernels({n: f or getattr(plain, n) for n, f in found.items()}, True)


def _compiled(sources: Path) -> ModuleType:
    import numpy

    compiler = _compiler()
    key = _hash(
        *compiler, _version(compiler), *_flags(), _machine(), numpy.__version__, sys.version
    )
    ending = sysconfig.get_config_var("EXT_SUFFIX") or ".so"
    source = sources / f"{MODULE}.c"
    folder = _kept(
        sources.name, key, fill=lambda new: _compile(compiler, source, new / (MODULE + ending))
    )
    try:
        module = _load(MODULE, folder / (MODULE + ending))
    except ImportError as error:
        raise NoCompiler(f"what {compiler[0]} made cannot be loaded: {error}") from None
    _alone_after_fork(folder / (MODULE + ending))
    return module


def _alone_after_fork(library: Path) -> None:
    """Let children of fork compute on one thread: GNU's OpenMP waits for threads they lack."""
    try:
        limit = ctypes.CDLL(str(library)).omp_set_num_threads
    except (OSError, AttributeError):
        return
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: limit(1))


def __getattr__(name: str) -> Kernels:
    if name == "softmax_cross_entropy":
        from derive.pipeline import SHIPPED

        kernels = kernels_from(SHIPPED)
        globals()[name] = kernels
        return kernels
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
