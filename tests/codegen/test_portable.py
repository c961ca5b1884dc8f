"""One source for gcc and clang, x86-64 from SSE2 up, and AArch64."""

from __future__ import annotations

import platform
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.codegen.compiled import STRICT, Library, run, written
from tests.codegen.exact import Row, hard_rows, ulp

PLAIN = ["-std=c11", "-O2", "-fno-math-errno", "-fno-trapping-math"]
TARGETS = {
    "gcc, SSE2, no fused multiply-add": ["gcc", *PLAIN],
    "gcc, AVX2": ["gcc", *PLAIN, "-mavx2", "-mfma", "-ffp-contract=fast"],
    "clang, AVX-512": ["clang", *PLAIN, "-mavx512f", "-mavx512dq", "-mfma", "-ffp-contract=fast"],
}


@pytest.mark.parametrize("name", TARGETS)
def test_x86(files: dict[str, str], tmp_path: Path, name: str) -> None:
    """The same accuracy with any vectors, with and without fused multiply-add."""
    command = TARGETS[name]
    if shutil.which(command[0]) is None or platform.machine() != "x86_64":
        pytest.skip(f"no {command[0]} for x86-64")
    flags = {flag for flag in command if flag.startswith("-m")}
    known = Path("/proc/cpuinfo").read_text() if flags else ""
    if any(f" {flag[2:]}" not in known for flag in flags):
        pytest.skip("this machine has no such instructions")
    library = Library.of(files, tmp_path, command)
    rng = np.random.default_rng(2)
    for dtype, bound in ((np.float32, 8), (np.float64, 12)):
        for size in (10, 100):
            rows = np.stack([row for _, row in hard_rows(size, rng)]).astype(dtype)
            labels = rows.argmax(-1)
            loss, gradient = library.cross_entropy_labels(rows, labels)
            for n in range(len(rows)):
                exact, label = Row(rows[n]), int(labels[n])
                assert ulp(loss[n], exact.loss(label)) <= 8
                assert ulp(gradient[n, label], exact.gradient(label, label)) <= 8
                assert ulp(gradient[n, 0], exact.gradient(label, 0)) <= bound


def test_no_warnings_from_clang(files: dict[str, str], tmp_path: Path) -> None:
    if shutil.which("clang") is None:
        pytest.skip("no clang")
    source = written(files, tmp_path)
    run(["clang", *STRICT, "-c", str(source), "-o", str(tmp_path / "out.o")])


def test_as_c_plus_plus_the_header_can_be_included(files: dict[str, str], tmp_path: Path) -> None:
    if shutil.which("g++") is None:
        pytest.skip("no C++ compiler")
    written(files, tmp_path)
    (tmp_path / "main.cpp").write_text('#include "softmax_cross_entropy.h"\nint main() {}\n')
    run(["g++", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-c", "main.cpp"], cwd=tmp_path)


AARCH64 = """
#include "softmax_cross_entropy.h"
#include <stdio.h>
int main(void)
{
    float logits[3][40], loss[3], gradient[3][40];
    double wide[3][40], wide_loss[3], wide_gradient[3][40];
    int64_t labels[3] = {0, 7, 39};
    for (int r = 0; r < 3; r++)
        for (int n = 0; n < 40; n++)
            wide[r][n] = logits[r][n] = (float)((r * 40 + n) * 37 % 101) / 8 - (r == 2 ? 1000 : 0);
    int status = cross_entropy_labels_f32(3, 40, &logits[0][0], labels, loss, &gradient[0][0]);
    status |= cross_entropy_labels_f64(3, 40, &wide[0][0], labels, wide_loss, &wide_gradient[0][0]);
    for (int r = 0; r < 3; r++)
        printf("%a %a %a\\n", loss[r], gradient[r][labels[r]], gradient[r][5]);
    for (int r = 0; r < 3; r++)
        printf("%a %a %a\\n", wide_loss[r], wide_gradient[r][labels[r]], wide_gradient[r][5]);
    return status;
}
"""


def test_aarch64(files: dict[str, str], tmp_path: Path, library: Library) -> None:
    """Cross-compiled, and run under qemu where it is installed."""
    compiler = "aarch64-linux-gnu-gcc"
    if shutil.which(compiler) is None:
        pytest.skip(f"no {compiler}")
    written(files, tmp_path)
    (tmp_path / "main.c").write_text(AARCH64)
    sources = ["main.c", "softmax_cross_entropy.c"]
    run([compiler, *STRICT, "-O2", "-static", *sources, "-o", "main", "-lm"], cwd=tmp_path)
    if shutil.which("qemu-aarch64") is None:
        pytest.skip("compiled; no qemu-aarch64 to run it")
    done = subprocess.run(
        ["qemu-aarch64", "main"], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0
    found = [[float.fromhex(x) for x in line.split()] for line in done.stdout.splitlines()]
    r, n = np.indices((3, 40))
    z = ((r * 40 + n) * 37 % 101) / 8 - np.where(r == 2, 1000, 0)
    labels = np.array([0, 7, 39])
    for start, dtype, close in ((0, np.float32, 1e-6), (3, np.float64, 1e-14)):
        loss, gradient = library.cross_entropy_labels(z.astype(dtype), labels)
        for row in range(3):
            expected = [loss[row], gradient[row, labels[row]], gradient[row, 5]]
            assert np.allclose(found[start + row], expected, rtol=close, atol=0)
