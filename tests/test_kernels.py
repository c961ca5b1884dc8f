"""``derive.kernels``: the compiled kernels as Python functions, and NumPy where there is no C."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from derive.codegen.generate import NotProved
from derive.kernels import MODULE, Kernels, kernels_from
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


def test_memory_of_a_large_result_serves_the_next(compiled: Kernels) -> None:
    """But only when nothing refers to it any more, not even a view of a view."""
    z = np.random.default_rng(3).normal(size=(1100, 1000)).astype(np.float32)
    first = compiled.softmax(z)
    expected = first.copy()
    second = compiled.softmax(-z)
    assert not np.shares_memory(first, second)
    view = memoryview(second.reshape(-1)[5000:])
    kept = bytes(view)
    del second
    third = compiled.softmax(2 * z)
    assert not np.shares_memory(third, np.asarray(view))
    assert bytes(view) == kept
    assert np.array_equal(first, expected)
    address = third.ctypes.data
    del third
    fourth = compiled.softmax(z)
    assert fourth.ctypes.data == address
    assert np.array_equal(fourth, expected)
    small = compiled.softmax(z[:200])
    assert not np.shares_memory(small, fourth)


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


@pytest.mark.parametrize("which", ["compiled", "plain"])
def test_no_rows(which: str, request: pytest.FixtureRequest) -> None:
    kernels = request.getfixturevalue(which)
    for shape in ((0, 3), (2, 0, 3), (0, 1)):
        loss, gradient = kernels.cross_entropy_labels(np.zeros(shape), np.zeros(shape[:-1], int))
        assert loss.shape == shape[:-1]
        assert gradient.shape == shape
    with pytest.raises(ValueError, match="classes is 0"):
        kernels.cross_entropy_labels(np.zeros((0, 0)), np.zeros(0, int))


@pytest.mark.parametrize("which", ["compiled", "plain"])
def test_three_axes(which: str, request: pytest.FixtureRequest) -> None:
    kernels = request.getfixturevalue(which)
    rng = np.random.default_rng(5)
    z = rng.normal(size=(2, 3, 4))
    labels = rng.integers(0, 4, (2, 3))
    flat = kernels.cross_entropy_labels(z.reshape(6, 4), labels.reshape(6))
    loss, gradient = kernels.cross_entropy_labels(z, labels)
    assert np.array_equal(loss.reshape(6), flat[0])
    assert np.array_equal(gradient.reshape(6, 4), flat[1])
    turned = kernels.cross_entropy_labels(z.transpose(1, 0, 2), labels.T)
    assert np.allclose(turned[1], gradient.transpose(1, 0, 2), rtol=1e-14)
    out = np.empty((4, 2, 3)).transpose(1, 2, 0)
    assert kernels.cross_entropy_labels(z, labels, out=(None, out))[1] is out
    assert np.allclose(out, gradient, rtol=1e-14)


@pytest.mark.parametrize("which", ["compiled", "plain"])
def test_outputs_that_are_refused(which: str, request: pytest.FixtureRequest) -> None:
    """Read-only, overlapping, of another type or number: ValueError, and nothing is written."""
    kernels = request.getfixturevalue(which)
    z, labels = np.zeros((2, 3)), np.array([0, 1])
    fixed, loss, room = np.full((2, 3), 7.0), np.full(2, 7.0), np.full(6, 7.0)
    fixed.flags.writeable = False
    for out, reason in (
        ((loss, fixed), "read-only"),
        ((room[:2], room.reshape(2, 3)), "share memory"),
        ((loss, np.full((2, 3), 7, np.float32)), "gradient must be an array"),
        ((loss, np.full((2, 3), 7, ">f8")), "gradient must be an array"),
        ((loss[:1], None), "loss must be an array"),
        (fixed, "out must be a tuple"),
        ((loss, None, None), "out must be a tuple"),
    ):
        with pytest.raises(ValueError, match=reason):
            kernels.cross_entropy_labels(z, labels, out=out)
    assert (loss == 7).all()
    assert (room == 7).all()


@pytest.mark.parametrize("which", ["compiled", "plain"])
def test_outputs_over_the_inputs(which: str, request: pytest.FixtureRequest) -> None:
    """An output may share memory with an input, in any way: inputs are read first."""
    kernels = request.getfixturevalue(which)
    room = np.random.default_rng(6).normal(size=40)
    z, out = room[:30].reshape(5, 6), room[3:33].reshape(5, 6)
    expected = kernels.softmax(z.copy())
    kernels.softmax(z, out=out)
    assert np.array_equal(out, expected)
    labels = np.arange(5)
    expected = kernels.cross_entropy_labels(expected, labels)
    assert np.array_equal(
        kernels.cross_entropy_labels(out.copy(), labels, out=(labels.view(float), None))[0],
        expected[0],
    )


@pytest.mark.parametrize("which", ["compiled", "plain"])
def test_what_is_no_number(which: str, request: pytest.FixtureRequest) -> None:
    kernels = request.getfixturevalue(which)
    for wrong in (["a", "b"], [1j, 2], np.array([None, 1])):
        with pytest.raises(TypeError, match="numbers"):
            kernels.softmax(wrong)
    z = np.zeros((2, 3))
    for labels in ([0.0, 1.0], [True, False], ["0", "1"]):
        with pytest.raises(TypeError, match="integers"):
            kernels.cross_entropy_labels(z, labels)
    with pytest.raises(TypeError):
        kernels.cross_entropy_labels(z, [0, 1], ignored=0.5)
    assert kernels.cross_entropy_labels(z, [0, 1], ignored=2**70)[0].all()
    with pytest.raises(IndexError):
        kernels.cross_entropy_labels(z, np.array([0, 2**64 - 1], np.uint64))
    with pytest.raises(IndexError):
        kernels.cross_entropy_labels(z, [0, 3], ignored=0)


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


# ------------------------------------------------------------------ the cache and the compiler

SQUARES = "Let\n\n$$s = \\sum_{i=1}^N x_i^2$$\n\nThen $\\partial s / \\partial x_k = 2 x_k$.\n"

USE = """
import sys, warnings
warnings.simplefilter("error")
from derive.kernels import kernels_from
print(kernels_from(sys.argv[1]).s([1.0, 2.0, 3.0]))
"""


def test_several_processes_at_once(tmp_path: Path) -> None:
    """All of them make the same folder of the cache; each finds it whole."""
    compiler()
    document = tmp_path / "squares.md"
    document.write_text(SQUARES)
    environment = {**os.environ, "DERIVE_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-c", USE, str(document)]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [process.communicate(timeout=300)[0].strip() for process in running] == ["14.0"] * 3
    assert not list(tmp_path.glob("cache/**/.new-*"))


@pytest.fixture
def squares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    document = tmp_path / "squares.md"
    document.write_text(SQUARES)
    monkeypatch.setenv("DERIVE_CACHE", str(tmp_path / "cache"))
    return document


def test_a_cache_that_cannot_be_written(squares: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernels are then compiled for this process alone."""
    compiler()
    monkeypatch.setenv("DERIVE_CACHE", str(squares / "a file is in the way"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kernels = kernels_from(squares)
    assert kernels.compiled
    assert kernels.s([1.0, 2.0]) == 5


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("true", "true fails"),
        ("'", "which is no command"),
        ("/", "no C compiler named /"),
        ("sh -c 'printf \\\\377 >&2; exit 1'", "sh fails"),
    ],
)
def test_compilers_that_are_none(
    squares: Path, monkeypatch: pytest.MonkeyPatch, command: str, reason: str
) -> None:
    monkeypatch.setenv("CC", command)
    with pytest.warns(UserWarning, match=reason) as warned:
        kernels = kernels_from(squares)
    assert len(warned) == 1
    assert not kernels.compiled
    assert kernels.s([1.0, 2.0]) == 5


def test_a_compiler_for_another_machine(squares: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it makes cannot be loaded: NumPy serves, and the warning says why."""
    if shutil.which("aarch64-linux-gnu-gcc") is None or platform.machine() == "aarch64":
        pytest.skip("no cross-compiler")
    monkeypatch.setenv("CC", "aarch64-linux-gnu-gcc")
    with pytest.warns(UserWarning, match="NumPy instead of compiled kernels"):
        assert kernels_from(squares).s([1.0, 2.0]) == 5


def test_a_cached_library_that_is_broken(squares: Path) -> None:
    compiler()
    command = [sys.executable, "-c", USE.replace("error", "always"), str(squares)]
    assert subprocess.run(command, capture_output=True, text=True).stderr == ""
    (library,) = Path(os.environ["DERIVE_CACHE"]).rglob(f"{MODULE}*.so")
    library.write_bytes(b"not a library")
    done = subprocess.run(command, capture_output=True, text=True)
    assert "cannot be loaded" in done.stderr
    assert done.stdout.strip() == "14.0"


FORKED = """
import os, sys
import numpy as np
from derive.kernels import softmax_cross_entropy as kernels
z = np.zeros((4000, 1000), np.float32)
kernels.softmax(z)
child = os.fork()
if child == 0:
    os._exit(0 if abs(kernels.softmax(z)[0, 0] - 0.001) < 1e-6 else 1)
print(os.waitpid(child, 0)[1])
"""


def test_a_process_that_was_forked(compiled: Kernels, cache: Path) -> None:
    """A child of fork has none of its parent's threads and computes all the same."""
    if not hasattr(os, "fork"):
        pytest.skip("no fork")
    environment = {**os.environ, "DERIVE_CACHE": str(cache), "OMP_NUM_THREADS": "2"}
    done = subprocess.run(
        [sys.executable, "-c", FORKED], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "0", done.stderr
