"""What SciPy asks of its own softmax and log_softmax, asked of ours.

SciPy's test module (scipy.special.tests) is run as it is, with our functions in place of its own
and a small adapter for ``axis``.  What differs: SciPy gives a row of nothing but -inf, or one with
+inf, a warning and NaN, as ours do without the warning; ours take real numbers only and no weights,
know no array library but NumPy, and take an empty axis for an error.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.codegen.conftest import ROOT

special = pytest.importorskip("scipy.special")


def along(function: Any, x: Any, axis: Any = None) -> Any:
    """``function``, which works on the last axis, along any axis or several."""
    x = np.asarray(x)
    if axis is None:
        return function(x.reshape(-1)).reshape(x.shape)
    axes = [axis] if np.ndim(axis) == 0 else list(axis)
    moved = np.moveaxis(x, axes, range(-len(axes), 0))
    flat = moved.reshape(*moved.shape[: x.ndim - len(axes)], -1)
    return np.moveaxis(function(flat).reshape(moved.shape), range(-len(axes), 0), axes)


FIXTURES: list[tuple[Any, Any]] = [
    ([1000, 0, 0, 0], None),
    ([0, 0], None),
    ([0, 1], None),
    ([1, 2, 3], None),
    (np.arange(4.0), None),
    (np.arange(4.0) + 1e3, None),
    (np.arange(16.0).reshape(4, 4), 0),
    ([[1000, 1], [1000, 1]], -1),
    ([[-1000, 1], [1000, 1.0]], 0),
    ([[1000, -1000], [1e8, -1e8]], 1),
    (np.arange(24.0).reshape(2, 3, 4), (0, 2)),
    (np.array([[[-5, 0.5, 30]], [[1, 2, 3]]]), (1, 2)),
    (np.array(3.0).reshape(1), None),
]


@pytest.mark.parametrize(("x", "axis"), FIXTURES)
def test_the_same_values(module: Any, library: Any, x: Any, axis: Any) -> None:
    for ours in (
        module.softmax,
        lambda z: library.softmax(np.ascontiguousarray(z).reshape(-1, z.shape[-1])),
    ):
        found = along(ours, np.asarray(x, float), axis)
        np.testing.assert_allclose(found, special.softmax(x, axis), rtol=1e-13)
    found = along(module.log_softmax, x, axis)
    # SciPy rounds the sum before it takes the logarithm: near 0 it is off by a unit of 1.
    np.testing.assert_allclose(found, special.log_softmax(x, axis), rtol=1e-13, atol=1e-15)


def test_what_scipy_expects_of_softmax(module: Any) -> None:
    np.testing.assert_allclose(module.softmax([1000, 0, 0, 0]), [1, 0, 0, 0], rtol=1e-13)
    np.testing.assert_allclose(module.softmax([1, 1.0]), [0.5, 0.5], rtol=1e-13)
    expected = np.exp([0, 1]) / (1 + np.e)
    np.testing.assert_allclose(module.softmax([0, 1]), expected, rtol=1e-13)
    x = np.arange(4.0)
    np.testing.assert_allclose(module.softmax(x + 100), module.softmax(x), rtol=1e-13)


def test_what_scipy_expects_of_log_softmax(module: Any) -> None:
    np.testing.assert_allclose(module.log_softmax([1000, 1]), [0, -999], rtol=1e-13)
    np.testing.assert_allclose(module.log_softmax([0, -1e6]), [0, -1e6], rtol=1e-13)
    x = np.arange(4.0)
    expected = [-3.4401896985611953, -2.4401896985611953, -1.4401896985611953, -0.4401896985611953]
    np.testing.assert_allclose(module.log_softmax(x), expected, rtol=1e-13)
    np.testing.assert_allclose(module.log_softmax(x + 1e3), expected, rtol=1e-11)


@pytest.mark.parametrize("target", ["NumPy", "C"])
def test_scipys_own_tests(target: str, files: dict[str, str], tmp_path: Path, request: Any) -> None:
    """SciPy's test module as it is installed, with our functions in it (see scipys_tests.py)."""
    name = "scipy.special.tests.test_logsumexp"
    if importlib.util.find_spec(name) is None:
        pytest.skip("scipy was installed without its tests")
    module = tmp_path / "ours.py"
    module.write_text(files["softmax_cross_entropy.py"])
    library = request.getfixturevalue("library").handle._name if target == "C" else ""
    environment = {**os.environ, "DERIVE_MODULE": str(module), "DERIVE_LIBRARY": library}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.codegen.scipys_tests"]
    command += ["-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", str(tmp_path)]
    done = subprocess.run(
        [*command, "--pyargs", name],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    found = re.search(r"(\d+) passed", done.stdout)
    assert found is not None
    assert int(found[1]) >= 15
