"""A plugin of pytest that puts our functions in place of SciPy's within SciPy's own tests.

``DERIVE_MODULE``: the generated Python; ``DERIVE_LIBRARY``: the compiled C, or empty for NumPy.
What differs by intention is taken out, with the reason.
"""

from __future__ import annotations

import ctypes
import os
import runpy
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.codegen.compiled import Library
from tests.codegen.test_peers import along

DIFFERS = {
    "test_wrap_radians": "an internal function of SciPy's",
    "_b": "no weights",
    "_ab": "no weights",
    "_sign": "no weights, so no signs",
    "complex": "real numbers only",
    "gh21610": "complex numbers",
    "gh21709": "complex numbers",
    "gh22601": "complex infinities",
    "gh22903": "weights",
    "gh23548": "weights",
    "xp_invalid_input": "about array libraries other than NumPy",
    "test_device": "complex numbers, and an empty axis, which is an error here",
    "test_dtypes_a": "complex numbers; integers are float64 here and there",
    "gh18295": "weights",
    "no_writeback": "weights",
    "logsumexp_shape": "weights",
}


def _functions() -> Any:
    library = os.environ["DERIVE_LIBRARY"]
    if not library:
        return SimpleNamespace(**runpy.run_path(os.environ["DERIVE_MODULE"]))
    compiled = Library(ctypes.CDLL(library))

    def by_rows(function: Any) -> Any:
        def called(z: Any) -> Any:
            z = np.asarray(z)
            kind = np.float32 if z.dtype == np.float32 else np.float64
            flat = np.ascontiguousarray(z, kind).reshape(-1, z.shape[-1])
            return function(flat).reshape(z.shape)

        return called

    def labels(z: Any, at: Any, with_gradient: bool) -> Any:
        assert not with_gradient
        flat = np.ascontiguousarray(z).reshape(-1, z.shape[-1])
        loss, _ = compiled.cross_entropy_labels(flat, np.ascontiguousarray(at.reshape(-1)))
        return loss.reshape(z.shape[:-1])

    return SimpleNamespace(
        softmax=by_rows(compiled.softmax),
        log_softmax=by_rows(compiled.log_softmax),
        cross_entropy_labels=labels,
    )


def _last(x: Any, axis: Any) -> Any:
    if axis is None:
        return x.reshape(-1)
    axes = [axis] if np.ndim(axis) == 0 else list(axis)
    moved = np.moveaxis(x, axes, range(-len(axes), 0))
    return moved.reshape(*moved.shape[: x.ndim - len(axes)], -1)


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    ours = _functions()

    def softmax(x: Any, axis: Any = None) -> Any:
        return along(ours.softmax, x, axis)[()]

    def log_softmax(x: Any, axis: Any = None) -> Any:
        return along(ours.log_softmax, x, axis)[()]

    def logsumexp(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
        """The largest, and the loss of a label that is there."""
        x = np.asarray(x, float) if np.asarray(x).dtype.kind in "iub" else np.asarray(x)
        z = _last(x, axis)
        if z.shape[-1] == 0:  # an error here, an empty sum there
            return np.full(z.shape[:-1], -np.inf)[()]
        at = z.argmax(-1)
        largest = np.take_along_axis(z, at[..., None], -1)[..., 0]
        with np.errstate(invalid="ignore"):
            found = largest + ours.cross_entropy_labels(z, at, with_gradient=False)
        # All of it -inf, or one of it +inf: no distribution, but a limit that SciPy gives.
        found = np.where(np.isinf(largest), largest, found)
        return found.reshape(np.sum(x, axis=axis, keepdims=keepdims).shape)[()]

    ran = []
    for item in items:
        item.module.softmax, item.module.log_softmax = softmax, log_softmax
        item.module.logsumexp = logsumexp
        differs = any(part in item.originalname for part in DIFFERS)
        if not differs:
            ran.append(item)
    dropped = [item for item in items if item not in ran]
    config.hook.pytest_deselected(items=dropped)
    items[:] = ran


@pytest.fixture
def xp() -> Any:
    return np
