"""How long ``derive check`` takes beside the import of SymPy, and for each step.

    python tests/benchmarks/check_speed.py [DOCUMENT ...]

Without documents: the three seeds beside the checkout, else the project's own.  Both commands
run in fresh interpreters, by turns, warm; the shortest time of each counts, since other work on
the machine can only add to it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROUNDS = 7
LIMIT = 4.0


def documents() -> list[str]:
    """What to check."""
    if len(sys.argv) > 1:
        return sys.argv[1:]
    shared = Path(os.environ.get("DERIVE_SHARED", ROOT.parent / "shared"))
    seeds = sorted((shared / "seeds").glob("*"))
    return [str(path) for path in seeds or sorted((ROOT / "tests" / "documents").glob("*.*"))]


def seconds(command: list[str]) -> float:
    """The wall time of one command."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, cwd=ROOT)
    assert done.returncode in (0, 1), done.stderr.decode()
    return time.perf_counter() - start


def steps(paths: list[str]) -> int:
    """How many claims the documents hold."""
    command = [sys.executable, "-m", "derive", "check", "--output-format", "json", *paths]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    claims: int = json.loads(done.stdout)["summary"]["claims"]
    return claims


def main() -> int:
    """Print the ratio; exit code 1 where it is over the limit."""
    paths = documents()
    sympy = [sys.executable, "-c", "import sympy"]
    check = [sys.executable, "-m", "derive", "check", *paths]
    nothing = [sys.executable, "-m", "derive", "--version"]
    claims = steps(paths)
    rows = [(seconds(sympy), seconds(check), seconds(nothing)) for _ in range(ROUNDS)]
    base, ours, start = (min(column) for column in zip(*rows, strict=True))
    print(f"import sympy                   {base:8.3f} s")
    print(f"derive check, {len(paths)} documents      {ours:8.3f} s")
    print(f"ratio                          {ours / base:8.2f}   (at most {LIMIT:g})")
    print(f"steps                          {claims:8d}")
    print(f"time for each step             {1000 * (ours - start) / claims:8.2f} ms")
    return int(ours > LIMIT * base)


if __name__ == "__main__":
    sys.exit(main())
