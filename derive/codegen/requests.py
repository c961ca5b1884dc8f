"""Which functions a document asks for: its YAML front matter, or every definition and last result.

The front matter holds, under ``kernels``:

``batch``
    the name of a leading size: every function runs over that many independent rows.  Left out or
    null: one instance per call.
``sizes``
    a name for each index range of the document (``{N: classes}``); a range without one keeps its
    own.
``shared``
    document names that all rows have in common (weights); they get no batch axis.
``functions``
    one entry a function: its name, and

    ``from``
        argument name -> the document's name (``logits: z``).  A name that the document defines
        becomes an input too: the function then starts there.  An index letter (``labels: l``)
        becomes integer data, one entry a row.
    ``computes``
        output name -> the left side of a statement, in LaTeX as the document writes it.  Its free
        index letters, in the order written, are the axes of the output.
    ``optional``
        outputs that the caller may leave out (a NULL pointer).
    ``order``
        all arguments and sizes in order; otherwise batch, sizes, inputs, outputs.
    ``batch``, ``sizes``, ``shared``
        as above, for this function alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["OWN_FUNCTIONS", "RESERVED", "Request", "RequestError", "requests_of"]

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")

# A generated name must not be a word of either language, nor one that the generated files use.
RESERVED = frozenset(
    [
        "auto",
        "break",
        "case",
        "char",
        "const",
        "continue",
        "default",
        "do",
        "double",
        "else",
        "enum",
        "extern",
        "float",
        "for",
        "goto",
        "if",
        "inline",
        "int",
        "long",
        "register",
        "restrict",
        "return",
        "short",
        "signed",
        "sizeof",
        "static",
        "struct",
        "switch",
        "typedef",
        "union",
        "unsigned",
        "void",
        "volatile",
        "while",
        "False",
        "None",
        "True",
        "and",
        "as",
        "assert",
        "async",
        "await",
        "class",
        "def",
        "del",
        "elif",
        "except",
        "finally",
        "from",
        "global",
        "import",
        "in",
        "is",
        "lambda",
        "nonlocal",
        "not",
        "or",
        "pass",
        "raise",
        "try",
        "with",
        "yield",
        "np",
        "main",
        # Within the generated C.
        *("again", "at", "block", "count", "end", "entering", "fed", "ignored", "kept", "lane"),
        *("lanes", "lines", "more", "part", "parts", "passes", "peak", "rest", "ring", "room"),
        *("row", "scratch", "share", "shift", "step", "stream", "tile", "tiles", "to", "turn"),
        *("few", "first", "line", "waiting"),
    ]
) | {
    # What the functions in NumPy call their own.
    *(
        "blocks",
        "common",
        "dtype",
        "each",
        "given",
        "ignored",
        "lead",
        "math",
        "operator",
        "out",
        "outs",
    ),
    *("result", "results", "sizes", "skipped"),
    # Types, macros and functions that the generated C uses.
    *("size_t", "ptrdiff_t", "int32_t", "int64_t", "uint32_t", "uint64_t", "FILE", "EOF"),
    *("NULL", "NAN", "INFINITY", "SIZE_MAX", "FLT_MIN", "DBL_MIN", "INLINE", "UNUSED", "FUSED"),
    *("ENTRIES", "LANES", "LINE", "SHORT", "BLOCK", "AHEAD", "FEW", "SEARCH", "THREAD", "THREADS"),
    *("NEAR", "BY_LINES", "BY_BLOCKS", "FAR_AHEAD"),
    *("TOGETHER", "SHUFFLES", "KERNEL_STATUS", "malloc", "free", "memcpy", "memset", "abs", "exp"),
    *("exp2", "expm1", "log", "log2", "log10", "log1p", "sqrt", "cbrt", "pow", "sin", "cos", "tan"),
    *("asin", "acos", "atan", "sinh", "cosh", "tanh", "erf", "tgamma", "fabs", "fmin", "fmax"),
    *("floor", "fma", "ended", "fits", "here", "stride", "threads"),
}

# What the generated C itself has functions, types or constants for, with a precision after it.
OWN_FUNCTIONS = frozenset(
    [
        "add",
        "begin",
        "exp_below",
        "exp_below_remainder",
        "exp_from",
        "exp_polynomial",
        "fill",
        "from_bits",
        "from_lanes",
        "half",
        "is_large",
        "is_near",
        "largest",
        "load",
        "log_sum",
        "maximum",
        "other",
        "pass_on",
        "past_line",
        "position",
        "product",
        "reference",
        "reference_near",
        "settle",
        "sigmoid",
        "softplus",
        "store",
        "sums",
        "to_bits",
        "to_lanes",
        "total",
        "turn",
        "vector",
        "without",
        "group",
        "high",
        "low",
        "relu",
    ]
)


class RequestError(Exception):
    """The front matter asks for something that has no meaning; one sentence says what."""


@dataclass(frozen=True)
class Request:
    """One function: ``inputs`` maps argument names to document names, ``outputs`` to LaTeX."""

    function: str
    inputs: tuple[tuple[str, str], ...]
    outputs: tuple[tuple[str, str], ...]
    optional: frozenset[str] = frozenset()
    batch: str | None = None
    sizes: tuple[tuple[str, str], ...] = ()
    shared: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()


def _identifier(text: object, where: str, taken: frozenset[str] = RESERVED) -> str:
    if not isinstance(text, str) or not _IDENTIFIER.match(text) or text in taken:
        raise RequestError(f"{where}: {text!r} cannot be a name in C and Python")
    return text


def _mapping(value: object, where: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise RequestError(f"{where}: expected names with values, found {value!r}")
    return {str(key): item for key, item in value.items()}


def _names(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RequestError(f"{where}: expected a list of names, found {value!r}")
    return tuple(value)


_KEYS = frozenset(("from", "computes", "optional", "order", "batch", "sizes", "shared"))


def _request(function: str, entry: dict[str, Any], common: dict[str, Any]) -> Request:
    where = f"kernels: {function}"
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise RequestError(f"{where}: unknown key {unknown[0]!r}")
    both = {**common, **entry}
    inputs = tuple(
        (_identifier(name, where), str(document))
        for name, document in _mapping(entry.get("from"), where).items()
    )
    outputs = tuple(
        (_identifier(name, where), str(latex))
        for name, latex in _mapping(entry.get("computes"), where).items()
    )
    if not outputs:
        raise RequestError(f"{where}: nothing to compute")
    batch = both.get("batch")
    sizes = tuple(
        (range_, _identifier(name, where))
        for range_, name in _mapping(both.get("sizes"), where).items()
    )
    optional = frozenset(_names(entry.get("optional"), where))
    missing = sorted(optional - {name for name, _ in outputs})
    if missing:
        raise RequestError(f"{where}: {missing[0]!r} is optional but not computed")
    if len(optional) == len(outputs):
        raise RequestError(f"{where}: at least one output must not be optional")
    arguments = [name for name, _ in (*inputs, *outputs)]
    if len(set(arguments)) < len(arguments):
        raise RequestError(f"{where}: two arguments have the same name")
    return Request(
        _identifier(function, "kernels", RESERVED | OWN_FUNCTIONS),
        inputs,
        outputs,
        optional,
        None if batch is None else _identifier(batch, where),
        sizes,
        frozenset(_names(both.get("shared"), where)),
        _names(entry.get("order"), where),
    )


def requests_of(front_matter: str) -> tuple[Request, ...]:
    """The functions that the front matter asks for; none where it says nothing of kernels.

    Raises RequestError.
    """
    if "kernels" not in front_matter:
        return ()
    import yaml

    try:
        data = yaml.safe_load(front_matter.strip().removeprefix("---").removesuffix("---"))
    except (yaml.YAMLError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else "nested too deeply"
        raise RequestError(f"the front matter is not YAML: {reason}") from None
    kernels = _mapping(_mapping(data, "front matter").get("kernels"), "kernels")
    if not kernels:
        return ()
    common: dict[str, Any] = {
        key: kernels[key] for key in ("batch", "sizes", "shared") if key in kernels
    }
    unknown = sorted(set(kernels) - set(common) - {"functions"})
    if unknown:
        raise RequestError(f"kernels: unknown key {unknown[0]!r}")
    functions = _mapping(kernels.get("functions"), "kernels: functions")
    return tuple(
        _request(name, _mapping(entry, f"kernels: {name}"), common)
        for name, entry in functions.items()
    )
