"""Compiling the generated C and calling it from Python."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

STRICT = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
SUFFIX = {np.dtype(np.float32): "f32", np.dtype(np.float64): "f64"}


def compiler() -> list[str]:
    """The machine's C compiler; the test is skipped where there is none."""
    found = shutil.which("gcc") or shutil.which("cc") or shutil.which("clang")
    if found is None:
        pytest.skip("no C compiler")
    return [found]


def written(files: Mapping[str, str], folder: Path) -> Path:
    """The files in a folder; the path of the C source."""
    for name, text in files.items():
        (folder / name).write_text(text)
    return next(folder / name for name in files if name.endswith(".c"))


def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, **options)
    assert done.returncode == 0, done.stderr[-4000:]
    return done


@dataclass(frozen=True)
class Library:
    """The generated functions.  Sizes and pointers are given as NumPy arrays and integers."""

    handle: ctypes.CDLL

    @classmethod
    def of(cls, files: Mapping[str, str], folder: Path, command: list[str]) -> Library:
        source = written(files, folder)
        target = folder / "generated.so"
        run([*command, "-shared", "-fPIC", str(source), "-o", str(target), "-lm"])
        return cls(ctypes.CDLL(str(target)))

    def __call__(self, name: str, dtype: Any, *arguments: Any) -> int:
        """The status that ``name`` returns for integers (sizes), arrays and None (NULL)."""
        values: list[Any] = []
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                assert argument.flags.c_contiguous
                values.append(ctypes.c_void_p(argument.ctypes.data))
            elif argument is None:
                values.append(ctypes.c_void_p(0))
            else:
                values.append(ctypes.c_size_t(argument))
        status: int = getattr(self.handle, f"{name}_{SUFFIX[np.dtype(dtype)]}")(*values)
        return status

    # The functions of the shipped derivation, with their outputs made here.

    def softmax(self, z: Any) -> Any:
        out = np.full_like(z, 7)
        assert self("softmax", z.dtype, *z.shape, z, out) == 0
        return out

    def log_softmax(self, z: Any) -> Any:
        out = np.full_like(z, 7)
        assert self("log_softmax", z.dtype, *z.shape, z, out) == 0
        return out

    def cross_entropy(self, z: Any, t: Any) -> tuple[Any, Any]:
        loss, gradient = np.full(len(z), 7, z.dtype), np.full_like(z, 7)
        assert self("cross_entropy", z.dtype, *z.shape, z, t, loss, gradient) == 0
        return loss, gradient

    def cross_entropy_labels(self, z: Any, labels: Any, with_gradient: bool = True) -> Any:
        loss, gradient = np.full(len(z), 7, z.dtype), np.full_like(z, 7)
        stored = gradient if with_gradient else None
        assert self("cross_entropy_labels", z.dtype, *z.shape, z, labels, loss, stored) == 0
        return (loss, gradient) if with_gradient else loss
