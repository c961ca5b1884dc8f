"""``derive.kernels``: the compiled kernels as Python functions, and NumPy where there is no C."""

from __future__ import annotations

import threading
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from derive.codegen.generate import NotProved
from derive.kernels import Kernels, kernels_from
from derive.pipeline import SHIPPED
from tests.codegen.compiled import compiler


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def compiled(cache: Path) -> Kernels:
    compiler()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DERIVE_CACHE", str(cache))
        return kernels_from(SHIPPED)


@pytest.fixture
def plain(cache: Path, compiled: Kernels, monkeypatch: pytest.MonkeyPatch) -> Kernels:
    """The same kernels on a machine whose compiler is missing."""
    monkeypatch.setenv("DERIVE_CACHE", str(cache))
    monkeypatch.setenv("CC", "no-such-compiler")
    with pytest.warns(UserWarning, match="NumPy instead of compiled kernels") as warned:
        kernels = kernels_from(SHIPPED)
    assert len(warned) == 1
    return kernels


def test_compiled_once(compiled: Kernels, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is proved, generated or compiled."""
    assert compiled.compiled
    monkeypatch.setenv("DERIVE_CACHE", str(cache))
    monkeypatch.setattr("derive.kernels._compile", None)
    monkeypatch.setattr("derive.kernels._generated", None)
    assert kernels_from(SHIPPED).compiled


def test_without_a_compiler(plain: Kernels, compiled: Kernels) -> None:
    z = np.random.default_rng(0).normal(size=(5, 7))
    assert not plain.compiled
    assert np.allclose(plain.softmax(z), compiled.softmax(z), rtol=1e-14)


def test_a_compiler_that_fails(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DERIVE_CACHE", str(cache))
    monkeypatch.setenv("CC", "false")
    with pytest.warns(UserWarning, match="false fails"):
        assert not kernels_from(SHIPPED).compiled


@pytest.mark.parametrize("which", ["compiled", "plain"])
def test_any_layout(which: str, request: pytest.FixtureRequest) -> None:
    """Reversed, transposed, strided, unaligned, byte-swapped, read-only: the same results."""
    kernels = request.getfixturevalue(which)
    rng = np.random.default_rng(1)
    for dtype in (np.float32, np.float64):
        z = rng.normal(size=(4, 6)).astype(dtype)
        labels = rng.integers(0, 6, 4)
        expected = kernels.cross_entropy_labels(z, labels)
        unaligned = np.frombuffer(b"x" + z.tobytes(), np.uint8)[1:].view(dtype).reshape(4, 6)
        wide = np.zeros((4, 12), dtype)
        wide[:, ::2] = z
        read_only = z.copy()
        read_only.flags.writeable = False
        swapped = z.astype(z.dtype.newbyteorder())
        for other in (
            z[::-1][::-1],
            np.asfortranarray(z),
            wide[:, ::2],
            unaligned,
            read_only,
            swapped,
        ):
            for kind in (np.int64, np.int32, np.uint8):
                found = kernels.cross_entropy_labels(other, labels.astype(kind))
                for one, two in zip(found, expected, strict=True):
                    assert np.array_equal(one, two)
        assert np.array_equal(kernels.softmax(z[0]), kernels.softmax(z)[0])
        stacked = kernels.softmax(np.stack([z, z]))
        assert np.array_equal(stacked[1], kernels.softmax(z))


@pytest.mark.parametrize("which", ["compiled", "plain"])
def test_out(which: str, request: pytest.FixtureRequest) -> None:
    kernels = request.getfixturevalue(which)
    z = np.random.default_rng(2).normal(size=(3, 5))
    expected = kernels.softmax(z)
    for out in (np.empty((3, 5)), np.empty((5, 3)).T, np.empty((3, 10))[:, ::2]):
        assert kernels.softmax(z, out=out) is out
        assert np.array_equal(out, expected)
    gradient = np.empty((3, 5))
    loss, same = kernels.cross_entropy_labels(z, [0, 1, 2], out=(None, gradient))
    assert same is gradient
    assert loss.shape == (3,)
    assert isinstance(kernels.cross_entropy_labels(z, [0, 1, 2], with_gradient=False), np.ndarray)
    assert np.array_equal(kernels.softmax(z, out=z), expected)
    for wrong in (np.empty((3, 5), np.float32), np.empty(15), "text"):
        with pytest.raises(ValueError, match="probabilities must be an array"):
            kernels.softmax(z, out=wrong)


@pytest.mark.parametrize("which", ["compiled", "plain"])
def test_errors(which: str, request: pytest.FixtureRequest) -> None:
    kernels = request.getfixturevalue(which)
    z = np.zeros((2, 3))
    gradient = np.full((2, 3), 7.0)
    for labels in ([0, 3], [-1, 0], [0, -100]):
        with pytest.raises(IndexError, match="labels must be in"):
            kernels.cross_entropy_labels(z, np.array(labels))
        with pytest.raises(IndexError, match="labels must be in"):
            kernels.cross_entropy_labels(z, labels, out=(None, gradient))
    assert (gradient == 7).all()
    assert kernels.cross_entropy_labels(z, [0, -100], ignored=-100)[0][1] == 0
    with pytest.raises(ValueError, match="shape"):
        kernels.cross_entropy_labels(z, np.zeros(3, int))
    with pytest.raises(ValueError, match="classes"):
        kernels.cross_entropy(z, np.zeros((2, 4)))
    with pytest.raises(ValueError, match="classes is 0"):
        kernels.softmax(np.zeros((2, 0)))
    with pytest.raises(TypeError):
        kernels.softmax()
    with pytest.raises(TypeError):
        kernels.softmax(z, temperature=2)


def test_no_rows(compiled: Kernels) -> None:
    loss, gradient = compiled.cross_entropy_labels(np.zeros((0, 3)), np.zeros(0, int))
    assert loss.shape == (0,)
    assert gradient.shape == (0, 3)


def test_the_gil_is_released(compiled: Kernels) -> None:
    """Another thread of Python runs while a long call computes."""
    z = np.zeros((400, 20_000), np.float32)
    seen: list[float] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.append(time.perf_counter())
            time.sleep(0.0005)

    watcher = threading.Thread(target=look)
    watcher.start()
    start = time.perf_counter()
    for _ in range(3):
        compiled.softmax(z)
    end = time.perf_counter()
    done.set()
    watcher.join()
    assert sum(start < moment < end for moment in seen) >= 3


def test_a_document_of_ones_own(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DERIVE_CACHE", str(cache))
    document = tmp_path / "mine.md"
    document.write_text(
        "Let\n\n$$s = \\sum_{i=1}^N x_i^2$$\n\nThen $\\partial s / \\partial x_k = 2 x_k$.\n"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mine = kernels_from(document)
    x = np.array([1.0, 2.0, 3.0])
    assert mine.s(x) == pytest.approx(14)
    assert np.array_equal(mine.ds_dx(x), 2 * x)
    document.write_text(document.read_text().replace("2 x_k", "3 x_k"))
    with pytest.raises(NotProved):
        kernels_from(document)


def gradient_by_differences(loss: Any, z: Any) -> Any:
    found = np.empty_like(z)
    for place in np.ndindex(*z.shape):
        step = np.zeros_like(z)
        step[place] = 1e-6
        found[place] = (loss(z + step).sum() - loss(z - step).sum()) / 2e-6
    return found


def test_gradients_are_those_of_the_losses(compiled: Kernels) -> None:
    """As PyTorch's gradcheck does it, in double: central differences against the gradient."""
    rng = np.random.default_rng(4)
    z = rng.normal(size=(3, 6))
    labels, t = rng.integers(0, 6, 3), rng.dirichlet(np.ones(6), 3)
    g = rng.normal(size=(3, 6))
    by_label = gradient_by_differences(lambda x: compiled.cross_entropy_labels(x, labels)[0], z)
    assert np.allclose(compiled.cross_entropy_labels(z, labels)[1], by_label, atol=1e-8)
    dense = gradient_by_differences(lambda x: compiled.cross_entropy(x, t)[0], z)
    assert np.allclose(compiled.cross_entropy(z, t)[1], dense, atol=1e-8)
    product = gradient_by_differences(lambda x: g * compiled.softmax(x), z)
    assert np.allclose(compiled.softmax_vjp(compiled.softmax(z), g), product, atol=1e-8)
