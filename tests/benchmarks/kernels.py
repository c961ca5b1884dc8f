"""The speed of the generated kernels beside whatever peers are installed.

    python tests/benchmarks/kernels.py [--threads 1 2] [--seconds 1.0] [--only TEXT] [--plot FILE]

Prints, for each shape, the peers' time divided by ours: the median of ratios of neighbouring
calls within one run, so that a busy machine slows both.  Peers: torch (eager), jax (jit), scipy
and plain NumPy; none is needed.  The NumPy kernels are compared with SciPy's.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

Call = Callable[[], Any]

SHAPES = [
    (1, 10), (64, 10), (8192, 10), (256, 1000), (1024, 1000), (256, 32000), (64, 128256),
]  # fmt: skip


def seconds(call: Call, repeat: int) -> float:
    start = time.perf_counter()
    for _ in range(repeat):
        call()
    return (time.perf_counter() - start) / repeat


def ratio(peer: Call, ours: Call, budget: float) -> tuple[float, float]:
    """The median of peer / ours over neighbouring runs, and our median time."""
    peer(), ours(), ours()
    once = seconds(peer, 1) + seconds(ours, 1)
    repeat = max(1, int(2e-4 / once))
    ratios, times = [], []
    end = time.perf_counter() + budget
    while len(ratios) < 5 or time.perf_counter() < end:
        mine = seconds(ours, repeat)
        ratios.append(seconds(peer, repeat) / mine)
        times.append(mine)
    return statistics.median(ratios), statistics.median(times)


# ------------------------------------------------------------------ the peers


def torch_calls(z: Any, labels: Any, t: Any, threads: int) -> dict[str, Call]:
    import torch

    torch.set_num_threads(threads)
    f = torch.nn.functional
    leaf = torch.tensor(z, requires_grad=True)
    plain, index, dense = torch.tensor(z), torch.tensor(labels), torch.tensor(t)

    def both(target: Any) -> Call:
        def run() -> None:
            leaf.grad = None
            f.cross_entropy(leaf, target, reduction="sum").backward()

        return run

    def without(call: Call) -> Call:
        def run() -> None:
            with torch.no_grad():
                call()

        return run

    return {
        "labels": both(index),
        "dense": both(dense),
        "loss": without(lambda: f.cross_entropy(plain, index, reduction="none")),
        "softmax": without(lambda: f.softmax(plain, -1)),
        "log_softmax": without(lambda: f.log_softmax(plain, -1)),
    }


def jax_calls(z: Any, labels: Any, t: Any, threads: int) -> dict[str, Call]:
    import jax
    import jax.numpy as jnp

    del threads
    jax.config.update("jax_enable_x64", True)
    a, index, dense = jnp.asarray(z), jnp.asarray(labels), jnp.asarray(t)
    rows = jnp.arange(len(z))
    by_label = jax.jit(jax.value_and_grad(lambda x: -jax.nn.log_softmax(x)[rows, index].sum()))
    by_target = jax.jit(jax.value_and_grad(lambda x: -(dense * jax.nn.log_softmax(x)).sum()))
    soft, log_soft = jax.jit(jax.nn.softmax), jax.jit(jax.nn.log_softmax)
    loss = jax.jit(lambda x: -jax.nn.log_softmax(x)[rows, index])
    return {
        "labels": lambda: by_label(a)[1].block_until_ready(),
        "dense": lambda: by_target(a)[1].block_until_ready(),
        "loss": lambda: loss(a).block_until_ready(),
        "softmax": lambda: soft(a).block_until_ready(),
        "log_softmax": lambda: log_soft(a).block_until_ready(),
    }


def scipy_calls(z: Any, labels: Any, t: Any, threads: int) -> dict[str, Call]:
    import numpy as np
    from scipy.special import log_softmax, softmax

    del threads
    rows = np.arange(len(z))

    def by_label() -> Any:
        logs = log_softmax(z, -1)
        gradient = np.exp(logs)
        gradient[rows, labels] -= 1
        return -logs[rows, labels], gradient

    def by_target() -> Any:
        logs = log_softmax(z, -1)
        return -(t * logs).sum(-1), np.exp(logs) - t

    return {
        "labels": by_label,
        "dense": by_target,
        "loss": lambda: -log_softmax(z, -1)[rows, labels],
        "softmax": lambda: softmax(z, -1),
        "log_softmax": lambda: log_softmax(z, -1),
    }


def numpy_calls(z: Any, labels: Any, t: Any, threads: int) -> dict[str, Call]:
    """Plain NumPy, in place wherever that saves time."""
    import numpy as np

    del threads
    rows = np.arange(len(z))

    def soft() -> tuple[Any, Any, Any]:
        largest = z.max(-1, keepdims=True)
        e = z - largest
        np.exp(e, out=e)
        total = e.sum(-1, keepdims=True)
        e /= total
        return e, largest, total

    def by_label() -> Any:
        gradient, largest, total = soft()
        loss = (np.log(total) + largest)[:, 0] - z[rows, labels]
        gradient[rows, labels] -= 1
        return loss, gradient

    def by_target() -> Any:
        gradient, largest, total = soft()
        loss = np.log(total)[:, 0] + largest[:, 0] - np.einsum("ri,ri->r", t, z)
        gradient -= t
        return loss, gradient

    return {"labels": by_label, "dense": by_target, "softmax": lambda: soft()[0]}


def column_calls(z: Any, labels: Any, t: Any) -> dict[str, Call]:
    """Plain NumPy for short rows, which it takes by columns."""
    import numpy as np

    rows, (count, size) = np.arange(len(z)), z.shape

    def soft() -> tuple[Any, Any, Any, Any]:
        columns = np.ascontiguousarray(z.T)
        largest = columns.max(0)
        e = columns - largest
        np.exp(e, out=e)
        total = e.sum(0)
        result = np.empty_like(z)
        np.divide(e, total, out=result.T)
        return result, columns, largest, total

    def by_label() -> Any:
        gradient, columns, largest, total = soft()
        loss = np.log(total) + largest - columns.reshape(-1)[labels * count + rows]
        gradient.reshape(-1)[rows * size + labels] -= 1
        return loss, gradient

    def by_target() -> Any:
        gradient, _, largest, total = soft()
        loss = np.log(total) + largest - np.einsum("ri,ri->r", t, z)
        gradient -= t
        return loss, gradient

    return {"labels": by_label, "dense": by_target}


PEERS = {"torch": torch_calls, "jax": jax_calls, "scipy": scipy_calls, "numpy": numpy_calls}


def installed() -> dict[str, Any]:
    found = {}
    for name, calls in PEERS.items():
        try:
            __import__(name)
        except ImportError:
            continue
        found[name] = calls
    return found


def our_calls(kernels: Any, z: Any, labels: Any, t: Any) -> dict[str, Call]:
    return {
        "labels": lambda: kernels.cross_entropy_labels(z, labels),
        "dense": lambda: kernels.cross_entropy(z, t),
        "loss": lambda: kernels.cross_entropy_labels(z, labels, with_gradient=False),
        "softmax": lambda: kernels.softmax(z),
        "log_softmax": lambda: kernels.log_softmax(z),
    }


# ------------------------------------------------------------------ tables


def table(
    title: str, kernels: Any, what: str, shapes: list[tuple[int, int]], dtype: str, options: Any
) -> None:
    import numpy as np

    peers = installed()
    print(f"\n{title}\n{'shape':>14} {'ours':>10} " + "".join(f"{name:>9}" for name in peers))
    for rows, size in shapes:
        rng = np.random.default_rng(0)
        z = rng.normal(size=(rows, size)).astype(dtype)
        labels = rng.integers(0, size, rows)
        t = np.full((rows, size), 1 / size, dtype)
        ours = our_calls(kernels, z, labels, t)[what]
        cells, mine = [], 0.0
        for name, calls in peers.items():
            peer = calls(z, labels, t, options.threads[0]).get(what)
            if peer is None:
                cells.append(f"{'':>9}")
                continue
            found, mine = ratio(peer, ours, options.seconds)
            cells.append(f"{found:9.1f}")
            if what == "labels" and dtype == "float32" and options.record:
                with Path(options.record).open("a") as file:
                    file.write(json.dumps([options.threads[0], rows, size, name, found]) + "\n")
        print(f"{f'{rows}x{size}':>14} {mine * 1e6:8.1f}us " + "".join(cells), flush=True)


COPY = """
#include <immintrin.h>
#include <stddef.h>
void copy(const char *from, char *to, size_t bytes)
{
    for (size_t n = 0; n < bytes; n += 32)
        _mm256_stream_si256((__m256i *)(to + n), _mm256_loadu_si256((const __m256i *)(from + n)));
    _mm_sfence();
}
"""


def beside_a_copy(kernels: Any, options: Any) -> None:
    """Forward and backward at 256 x 32000 beside copying the same memory past the caches."""
    import numpy as np

    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or platform.machine() != "x86_64":
        return
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "copy.c", Path(folder) / "copy.so"
        source.write_text(COPY)
        subprocess.run(
            [compiler, "-O2", "-mavx", "-shared", "-fPIC", str(source), "-o", str(target)],
            check=True,
        )
        copy = ctypes.CDLL(str(target)).copy
    room = np.zeros(256 * 32000 + 64, np.float32)
    to = room[-room.ctypes.data % 64 // 4 :][: 256 * 32000].reshape(256, 32000)
    z = np.random.default_rng(0).normal(size=to.shape).astype(np.float32)
    labels, loss = np.zeros(256, np.int64), np.zeros(256, np.float32)
    pointers = ctypes.c_void_p(z.ctypes.data), ctypes.c_void_p(to.ctypes.data)

    def ours() -> None:
        kernels.cross_entropy_labels(z, labels, out=(loss, to))

    found, _ = ratio(ours, lambda: copy(*pointers, ctypes.c_size_t(z.nbytes)), options.seconds)
    print(f"\n256x32000 float32, our time / time of a non-temporal copy: {found:.2f}")


def numpy_table(module: Any, options: Any) -> None:
    """SciPy's time, and that of plain NumPy by rows and by columns, divided by the kernels'."""
    import numpy as np

    if "scipy" not in installed():
        return
    print(
        "\nNumPy kernels, the time of SciPy and of plain NumPy, by rows and by columns, / ours\n"
        f"{'':>14}"
        f"{'softmax':>9}{'log_softmax':>12}{'labels':>9}{'dense':>9}{'labels':>9}{'dense':>9}\n"
        f"{'shape':>14}{'scipy':>9}{'scipy':>12}{'rows':>9}{'rows':>9}{'columns':>9}{'columns':>9}"
    )
    for rows, size in ((8192, 10), (256, 1000), (1024, 1000), (64, 32000)):
        for dtype in ("float32", "float64"):
            rng = np.random.default_rng(0)
            z = rng.normal(size=(rows, size)).astype(dtype)
            labels, t = rng.integers(0, size, rows), np.full((rows, size), 1 / size, dtype)
            peer, ours = scipy_calls(z, labels, t, 1), our_calls(module, z, labels, t)
            plain, columns = numpy_calls(z, labels, t, 1), column_calls(z, labels, t)
            pairs = [
                (peer["softmax"], ours["softmax"]),
                (peer["log_softmax"], ours["log_softmax"]),
                (plain["labels"], ours["labels"]),
                (plain["dense"], ours["dense"]),
            ]
            if size < 100:
                pairs += [(columns[what], ours[what]) for what in ("labels", "dense")]
            cells = [ratio(a, b, options.seconds / 2)[0] for a, b in pairs]
            name = f"{rows}x{size} {dtype[5:]}"
            widths = (9, 12, 9, 9, 9, 9)
            found = (f"{cell:{width}.2f}" for cell, width in zip(cells, widths, strict=False))
            print(f"{name:>14}" + "".join(found), flush=True)


def machine() -> str:
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(":", 1)[1].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        pass
    compiler = shutil.which(os.environ.get("CC", "cc"))
    said = ""
    if compiler:
        said = subprocess.run([compiler, "--version"], capture_output=True, text=True).stdout
    return f"{model}, {os.cpu_count()} cores; {said.splitlines()[0] if said else 'no compiler'}"


def measure(options: Any) -> None:
    from derive.kernels import softmax_cross_entropy as kernels

    threads = options.threads[0]
    print(f"\n==== {threads} thread{'s' if threads > 1 else ''}; {machine()}")
    for name in installed():
        print(f"{name} {sys.modules[name].__version__}", end="  ")
    print()
    large = [(1024, 1000), (256, 32000)]
    tables = [
        (
            "forward and backward by labels, float32: peer's time / ours",
            "labels",
            SHAPES,
            "float32",
        ),
        ("forward and backward by labels, float64", "labels", large, "float64"),
    ]
    for title, what in (
        ("forward and backward by dense targets", "dense"),
        ("loss alone", "loss"),
        ("softmax", "softmax"),
        ("log_softmax", "log_softmax"),
    ):
        tables += [(f"{title}, {dtype}", what, large, dtype) for dtype in ("float32", "float64")]
    for title, what, shapes, dtype in tables:
        if options.only in title:
            table(title, kernels, what, shapes, dtype, options)
    if threads == 1 and options.only in "copy":
        beside_a_copy(kernels, options)
    if threads == 1 and options.only in "numpy":
        import types

        from derive.codegen.generate import generate
        from derive.pipeline import SHIPPED, Source, judge_document, read

        data = SHIPPED.read_bytes()
        report = judge_document(read(Source(str(SHIPPED), data)))
        files = generate(report, ("numpy",), document=data)
        module = types.ModuleType("kernels")
        exec(compile(files["softmax_cross_entropy.py"], "kernels", "exec"), module.__dict__)
        numpy_table(module, options)


def plot(record: str, target: str) -> None:
    """The first table as bars on a logarithmic scale, for one thread."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    rows = [json.loads(line) for line in Path(record).read_text().splitlines()]
    first = min(row[0] for row in rows)
    rows = [row for row in rows if row[0] == first]
    most = max(row[4] for row in rows)
    start, whole = 100, 480

    def at(value: float) -> float:
        """Where a ratio stands; the scale begins at 1/2."""
        return round(start + whole * math.log(2 * max(value, 0.5)) / math.log(2 * most), 1)

    colors = ["#d95f02", "#7570b3", "#1b9e77", "#666666", "#e6ab02", "#a6761d"]
    peers = list(dict.fromkeys(row[3] for row in rows))
    bars, y, before = [], 56.0, ""
    for _, count, size, peer, found in rows:
        shape = f"{count}x{size}"
        y += 8 if shape != before and before else 0
        bars.append({
            "y": y, "x": min(at(1), at(found)), "width": round(abs(at(found) - at(1)), 1),
            "shape": shape if shape != before else "", "peer": peer, "ratio": f"{found:.1f}",
            "color": colors[peers.index(peer) % len(colors)],
        })  # fmt: skip
        y, before = y + 15, shape
    context = {
        "width": 700,
        "height": y + 40,
        "title": "Softmax cross-entropy, forward and backward, float32: time of others / ours",
        "machine": f"{machine()}; {first} thread{'s' if first > 1 else ''}",
        "ticks": [(at(v), str(v)) for v in (1, 2, 5, 10, 20, 50) if v <= most],
        "bars": bars,
    }
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, undefined=StrictUndefined, trim_blocks=True)
    Path(target).write_text(environment.get_template("plot.svg.jinja").render(context))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seconds", type=float, default=1.0, help="for each figure")
    parser.add_argument("--only", default="", help="tables whose title holds this text")
    parser.add_argument("--plot", default="", metavar="FILE", help="the first table as SVG")
    parser.add_argument("--record", default="", help=argparse.SUPPRESS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        measure(options)
        return
    record = options.plot and tempfile.mkstemp(suffix=".json")[1]
    for threads in options.threads:
        # The number of threads is fixed when the libraries are loaded: one process for each.
        count = str(threads)
        environment = {
            **os.environ,
            "OMP_NUM_THREADS": count,
            "XLA_FLAGS": f"--xla_cpu_multi_thread_eigen={'true' if threads > 1 else 'false'}",
        }
        arguments = ["--here", "--threads", count, "--seconds", str(options.seconds)]
        arguments += ["--only", options.only, "--record", record]
        subprocess.run([sys.executable, __file__, *arguments], env=environment, check=True)
    if options.plot:
        plot(record, options.plot)
        Path(record).unlink()


if __name__ == "__main__":
    main()
