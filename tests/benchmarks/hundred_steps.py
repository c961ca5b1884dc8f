"""How long a document of a hundred steps takes beyond the import of SymPy.

    python tests/benchmarks/hundred_steps.py [--best-of K] [--each] [DOCUMENT or FOLDER ...]

Without documents: the derivation that ships with the program, section after section until there
are a hundred claims.  Of a folder, all its documents.  ``derive check`` and ``import sympy`` run
in fresh interpreters, by turns; what counts is the processor's time, since other work on the
machine adds to the clock's, and the shortest of each.  Exit code 1 where the difference, for a
hundred steps, is over the limit.  ``--each``: every document by itself as well, in one process.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import derive
from derive.pipeline import SHIPPED

STEPS = 100
LIMIT = 2.0
ENDINGS = (".md", ".tex", ".rst", ".txt", ".qmd", ".Rmd")


def hundred_steps() -> str:
    """The shipped derivation as often as it takes to have a hundred claims."""
    text = SHIPPED.read_text().split("---\n", 2)[2]
    return "\n\n".join([text] * (STEPS // len(derive.check(text).claims) + 1))


def documents(given: list[str]) -> list[str]:
    """The documents that are given, and those of the folders."""
    found: list[str] = []
    for path in map(Path, given):
        inner = (
            sorted(p for p in path.iterdir() if p.suffix in ENDINGS) if path.is_dir() else [path]
        )
        found.extend(map(str, inner))
    return found


def seconds(command: list[str]) -> float:
    """The processor time of one command, where modules are compiled once, as by default."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, timeout=600, env=kept)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in (0, 1), done.stderr.decode()
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def row(path: str, rounds: int) -> str:
    """The shortest time of one document, once everything is loaded."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        claims = len(derive.check_file(path).claims)
        times.append(time.process_time() - start)
    return f"{Path(path).name[:34]:34}  {min(times):8.3f} s  {claims:4d} steps"


def main() -> int:
    """Print the times; exit code 1 where they are over the limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("documents", nargs="*", metavar="DOCUMENT or FOLDER")
    parser.add_argument("--best-of", type=int, default=3, metavar="K")
    parser.add_argument("--each", action="store_true", help="a line for each document, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = documents(options.documents)
        if not paths:
            made = Path(folder) / "hundred.md"
            made.write_text(hundred_steps())
            paths = [str(made)]
        held = {path: len(derive.check_file(path).claims) for path in paths}
        paths = [path for path in paths if held[path]]
        claims = sum(held.values())
        if options.each:
            for path in paths:
                print(row(path, options.best_of), flush=True)
        sympy = [sys.executable, "-c", "import sympy"]
        check = [sys.executable, "-m", "derive", "check", "--jobs", "1", *paths]
        rows = [(seconds(sympy), seconds(check)) for _ in range(options.best_of)]
    base, ours = (min(column) for column in zip(*rows, strict=True))
    scaled = (ours - base) * STEPS / claims
    print(f"import sympy                        {base:8.3f} s")
    print(f"derive check, {claims:4d} steps            {ours:8.3f} s")
    print(f"beyond SymPy, for {STEPS} steps         {scaled:8.3f} s   (at most {LIMIT:g})")
    return int(scaled > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
