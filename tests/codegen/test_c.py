"""The generated C as a C programmer meets it: warnings, sanitizers, arguments, linking."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import derive
from derive.codegen.generate import generate
from tests.codegen.compiled import STRICT, Library, compiler, run, written

SOURCE = "softmax_cross_entropy.c"


@pytest.mark.parametrize("flags", [[], ["-O2", "-fopenmp"]], ids=["plain", "openmp"])
def test_no_warnings(files: dict[str, str], tmp_path: Path, flags: list[str]) -> None:
    source = written(files, tmp_path)
    run([*compiler(), *STRICT, *flags, "-c", str(source), "-o", str(tmp_path / "out.o")])


def test_the_functions_that_were_asked_for(files: dict[str, str]) -> None:
    header = " ".join(files["softmax_cross_entropy.h"].split())
    for suffix, real in (("f32", "float"), ("f64", "double")):
        for declaration in (
            "softmax_{s}(size_t rows, size_t classes, const {r} *logits, {r} *probabilities)",
            "log_softmax_{s}(size_t rows, size_t classes, const {r} *logits, "
            "{r} *log_probabilities)",
            "cross_entropy_{s}(size_t rows, size_t classes, const {r} *logits, const {r} *targets, "
            "{r} *loss, {r} *gradient)",
            "cross_entropy_labels_{s}(size_t rows, size_t classes, const {r} *logits, "
            "const int64_t *labels, {r} *loss, {r} *gradient)",
            "softmax_jacobian_{s}(size_t rows, size_t classes, const {r} *probabilities, "
            "{r} *jacobian)",
            "softmax_vjp_{s}(size_t rows, size_t classes, const {r} *probabilities, "
            "const {r} *upstream, {r} *gradient)",
            "softmax_cross_entropy_loss_derivative_{s}(const {r} *softmax_output, "
            "const {r} *target, {r} *derivative, size_t length)",
        ):
            assert f"int {declaration.format(s=suffix, r=real)};" in header


def test_a_c_program_with_the_command_in_the_header(files: dict[str, str], tmp_path: Path) -> None:
    """The header says how to compile; its object file links into a program of one's own."""
    compiler()
    if shutil.which("gcc") is None:
        pytest.skip("the header names gcc")
    written(files, tmp_path)
    found = re.search(r"gcc (.*?) -c (\S+)", files["softmax_cross_entropy.h"])
    assert found is not None
    run(["gcc", *found[1].split(), "-c", found[2]], cwd=tmp_path)
    (tmp_path / "main.c").write_text(
        """
        #include "softmax_cross_entropy.h"
        #include <stdio.h>
        int main(void)
        {
            const float logits[2][3] = {{1, 2, 3}, {0, 0, 0}};
            const int64_t labels[2] = {2, 0};
            float loss[2], gradient[2][3];
            const int status =
                cross_entropy_labels_f32(2, 3, &logits[0][0], labels, loss, &gradient[0][0]);
            printf("%d %.6f %.6f %.6f\\n", status, loss[0], loss[1], gradient[1][0]);
            return 0;
        }
        """
    )
    run(["gcc", "-c", "main.c"], cwd=tmp_path)
    run(["gcc", "main.o", "softmax_cross_entropy.o", "-o", "main", "-lm", "-fopenmp"], cwd=tmp_path)
    assert run([str(tmp_path / "main")]).stdout == "0 0.407606 1.098612 -0.666667\n"


# ------------------------------------------------------------------ arguments

DONE, NULL, BAD_SIZE, BAD_LABEL = 0, 1, 2, 3


def call(library: Library, labels: Any, *, rows: int = 2, size: int = 3, **changed: Any) -> Any:
    """A call with something wrong in it: the status, and whether anything was written."""
    z = np.zeros((2, 3), np.float32)
    loss, gradient = np.full(2, 7, np.float32), np.full((2, 3), 7, np.float32)
    given: dict[str, Any] = {"z": z, "labels": labels, "loss": loss, "gradient": gradient}
    given |= changed
    status = library("cross_entropy_labels", np.float32, rows, size, *given.values())
    return status, bool((loss != 7).any() or (gradient != 7).any())


@pytest.mark.parametrize("label", [-1, 3, -100, 2**40, -(2**63)])
@pytest.mark.parametrize("place", [0, 1])
def test_a_label_out_of_range(library: Library, label: int, place: int) -> None:
    labels = np.array([1, 1])
    labels[place] = label
    assert call(library, labels) == (BAD_LABEL, False)


def test_arguments_that_are_missing(library: Library) -> None:
    labels = np.array([1, 1])
    assert call(library, labels, z=None) == (NULL, False)
    assert call(library, labels, loss=None) == (NULL, False)
    assert call(library, None) == (NULL, False)
    assert call(library, labels, gradient=None) == (DONE, True)


def test_sizes(library: Library) -> None:
    labels = np.array([1, 1])
    assert call(library, labels, rows=0) == (DONE, False)
    assert call(library, labels, size=0) == (BAD_SIZE, False)
    assert call(library, labels, rows=2**62, size=2**61) == (BAD_SIZE, False)


def test_an_ignored_label(library: Library) -> None:
    """Rows with that label get zeros, whatever its value; all others are as ever."""
    z = np.arange(12, dtype=np.float64).reshape(4, 3)
    labels = np.array([0, -100, 2, -100])
    loss, gradient = np.full(4, 7.0), np.full((4, 3), 7.0)
    name = "cross_entropy_labels_ignoring"
    assert library(name, np.float64, 4, 3, z, labels, loss, gradient, 2**64 - 100) == DONE
    expected = library.cross_entropy_labels(z, np.array([0, 0, 2, 0]))
    assert (loss == np.where(labels < 0, 0, expected[0])).all()
    assert (gradient == np.where(labels[:, None] < 0, 0, expected[1])).all()
    labels[2] = 3
    assert library(name, np.float64, 4, 3, z, labels, loss, gradient, 2**64 - 100) == BAD_LABEL


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1, 2, 30])
def test_jacobian_and_its_products(library: Library, dtype: Any, size: int) -> None:
    """J_ik = y_i (delta_ik - y_k), and v = J^T g."""
    rng = np.random.default_rng(size)
    y = rng.dirichlet(np.ones(size), 5).astype(dtype)
    g = rng.normal(size=(5, size)).astype(dtype)
    jacobian = np.full((5, size, size), 7, dtype)
    assert library("softmax_jacobian", dtype, 5, size, y, jacobian) == DONE
    expected = y[:, :, None] * (np.eye(size, dtype=dtype) - y[:, None, :])
    assert np.allclose(jacobian, expected, rtol=1e-6, atol=0)
    product = np.full_like(y, 7)
    assert library("softmax_vjp", dtype, 5, size, y, g, product) == DONE
    assert np.allclose(product, np.einsum("rik,ri->rk", expected, g), rtol=1e-4, atol=1e-6)


def test_the_first_documents_function(library: Library) -> None:
    y, t, out = np.array([0.25, 0.75]), np.array([0.0, 1.0]), np.zeros(2)
    assert library("softmax_cross_entropy_loss_derivative", np.float64, y, t, out, 2) == DONE
    assert (out == [0.25, -0.25]).all()


def test_the_loss_alone_is_the_same_loss(library: Library) -> None:
    rng = np.random.default_rng(3)
    for size in (1, 7, 24, 25, 300):
        z = rng.normal(size=(70, size)).astype(np.float32)
        labels = rng.integers(0, size, 70)
        loss = np.zeros(70, np.float32)
        assert library("cross_entropy_labels", np.float32, *z.shape, z, labels, loss, None) == DONE
        assert np.allclose(loss, library.cross_entropy_labels(z, labels)[0], rtol=1e-6)


# ------------------------------------------------------------------ sanitizers


def test_address_and_undefined_behaviour_sanitizers(files: dict[str, str], tmp_path: Path) -> None:
    """Random shapes with arrays that end where their memory ends, one by one off any alignment."""
    if shutil.which("gcc") is None:
        pytest.skip("no gcc")
    written(files, tmp_path)
    (tmp_path / "main.c").write_text(SANITIZED)
    flags = ["-std=c11", "-O0", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    run(["gcc", *flags, "main.c", SOURCE, "-o", "main", "-lm"], cwd=tmp_path)
    assert run([str(tmp_path / "main")]).stdout == "done\n"


SANITIZED = """
#include "softmax_cross_entropy.h"
#include <stdio.h>
#include <stdlib.h>
#include <math.h>
static unsigned long long state = 1;
static unsigned below(unsigned n)
{
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (unsigned)(state >> 33) % n;
}
#define FULL (rows * size)
#define NEW(T, count) malloc(((count) + shift) * sizeof(T))
#define EXPECT(call) \\
    if ((call) != bad) { printf("%s at %zu x %zu\\n", #call, rows, size); return 1; }
#define TRY(T, s) { \\
    T *z0 = NEW(T, FULL), *t0 = NEW(T, FULL), *l0 = NEW(T, rows), *g0 = NEW(T, FULL); \\
    T *j0 = NEW(T, FULL * size); \\
    T *z = z0 + shift, *t = t0 + shift, *l = l0 + shift, *g = g0 + shift, *j = j0 + shift; \\
    int64_t *labels = malloc((rows + 1) * sizeof(int64_t)); \\
    for (size_t n = 0; n < FULL; n++) { \\
        z[n] = below(50) == 0 ? -(T)INFINITY : below(60) == 0 ? (T)NAN : (T)below(1000) - 500; \\
        t[n] = (T)below(100) / 100; \\
    } \\
    for (size_t n = 0; n < rows; n++) labels[n] = size ? below((unsigned)size) : 0; \\
    const int bad = rows && !size ? 2 : 0; \\
    EXPECT(softmax_##s(rows, size, z, g)) \\
    EXPECT(log_softmax_##s(rows, size, z, g)) \\
    EXPECT(cross_entropy_##s(rows, size, z, t, l, g)) \\
    EXPECT(cross_entropy_##s(rows, size, z, t, l, NULL)) \\
    EXPECT(cross_entropy_labels_##s(rows, size, z, labels, l, g)) \\
    EXPECT(cross_entropy_labels_##s(rows, size, z, labels, l, NULL)) \\
    EXPECT(cross_entropy_labels_ignoring_##s(rows, size, z, labels, l, g, 1)) \\
    EXPECT(softmax_jacobian_##s(rows, size, t, j)) \\
    EXPECT(softmax_vjp_##s(rows, size, t, z, g)) \\
    if (rows) EXPECT(softmax_cross_entropy_loss_derivative_##s(t, z, g, size)) \\
    free(z0); free(t0); free(l0); free(g0); free(j0); free(labels); }
int main(void)
{
    for (int turn = 0; turn < 40; turn++) {
        const size_t rows = turn < 4 ? (size_t)turn / 2 : below(90);
        const size_t size = turn < 4 ? (size_t)turn % 2 : below(turn % 2 ? 30 : 200);
        const size_t shift = below(3);
        TRY(float, f32)
        TRY(double, f64)
    }
    puts("done");
    return 0;
}
"""


DOCUMENTS = Path(__file__).parent / "documents"


def _calls(manifest: dict[str, Any], suffix: str, size: int) -> Iterator[str]:
    """For each function a block of C that calls it with arrays that end where their memory ends."""
    real = "float" if suffix == "f32" else "double"
    for function in manifest["functions"]:
        arguments = {a["name"]: a for a in function["arguments"]}
        lines, given = [], []
        for name in function["order"]:
            if name not in arguments:
                given.append(str(size))
                continue
            led = function["batch"] is not None and arguments[name]["batched"]
            axes = [*arguments[name]["axes"], *(["rows"] if led else [])]
            if not axes and arguments[name]["role"] in ("input", "labels"):
                given.append("1" if arguments[name]["role"] == "input" else "0")
                continue
            count = size ** len(axes)
            kind, value = (real, "0.5")
            if arguments[name]["role"] == "labels":
                kind, value = "int64_t", "0"
            lines.append(f"{kind} *{name} = ({kind} *)malloc(({count} + shift) * sizeof({kind}));")
            lines.append(f"for (size_t n = 0; n < {count} + shift; n++) {name}[n] = {value};")
            given.append(f"{name} + shift")
        frees = [line.split()[1].lstrip("*") for line in lines if "malloc" in line]
        call = f"{function['name']}_{suffix}({', '.join(given)})"
        # No rows are no error, rows of no entries are.
        expected = "2" if size == 0 and function["sizes"] and function["batch"] is None else "0"
        check = f'if ({call} != {expected}) {{ puts("{call}"); return 1; }}'
        yield " ".join(["{", *lines, check, *(f"free({name});" for name in frees), "}"])


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.md")), ids=lambda path: path.stem)
def test_sanitizers_on_every_function_of_a_document(path: Path, tmp_path: Path) -> None:
    """Sizes 0 and 1 among others, at addresses of any alignment of the type."""
    if shutil.which("gcc") is None:
        pytest.skip("no gcc")
    files = generate(derive.check_file(path), document=path.read_bytes())
    manifest = json.loads(files[f"{path.stem}.json"])
    calls = [c for s in ("f32", "f64") for n in (0, 1, 2, 17, 65) for c in _calls(manifest, s, n)]
    written(files, tmp_path)
    body = "\n".join(calls)
    (tmp_path / "main.c").write_text(
        f'#include "{path.stem}.h"\n#include <stdio.h>\n#include <stdlib.h>\nint main(void)\n{{\n'
        f"for (size_t shift = 0; shift < 3; shift++) {{\n{body}\n}}\nreturn 0;\n}}\n"
    )
    flags = ["-std=c11", "-O0", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    run(["gcc", *flags, "main.c", f"{path.stem}.c", "-o", "main", "-lm"], cwd=tmp_path)
    run([str(tmp_path / "main")])


def test_time_is_linear(library: Library) -> None:
    """Ten times the entries take about ten times as long; the Jacobian apart.

    In the processor time of one thread: on a busy machine, several wait for each other.
    """
    import time

    several = getattr(library.handle, "omp_get_max_threads", lambda: 1)()
    set_threads = getattr(library.handle, "omp_set_num_threads", lambda _: None)

    def seconds(rows: int, size: int) -> float:
        z = np.zeros((rows, size), np.float32)
        labels = np.zeros(rows, np.int64)
        library.cross_entropy_labels(z, labels)
        found = []
        for _ in range(7):
            start = time.thread_time()
            library.cross_entropy_labels(z, labels)
            found.append(time.thread_time() - start)
        return min(found)

    set_threads(1)
    try:
        assert seconds(40, 20_000) < 40 * seconds(40, 2_000)
        assert seconds(4_000, 200) < 40 * seconds(400, 200)
    finally:
        set_threads(several)
