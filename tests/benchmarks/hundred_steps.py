"""How long a document of a hundred steps takes beyond the import of SymPy.

    python tests/benchmarks/hundred_steps.py [DOCUMENT ...]

Without documents: the derivation that ships with the program, section after section until there
are a hundred claims.  ``derive check`` and ``import sympy`` run in fresh interpreters, by turns;
what counts is the processor's time, since other work on the machine only adds to the clock's, and
the shortest of each.  Exit code 1 where the difference is over the limit.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import derive
from derive.pipeline import SHIPPED

STEPS = 100
LIMIT = 2.0
ROUNDS = 3


def hundred_steps() -> str:
    """The shipped derivation as often as it takes to have a hundred claims."""
    text = SHIPPED.read_text().split("---\n", 2)[2]
    return "\n\n".join([text] * (STEPS // len(derive.check(text).claims) + 1))


def seconds(command: list[str]) -> float:
    """The processor time of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, timeout=300)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in (0, 1), done.stderr.decode()
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> int:
    """Print the times; exit code 1 where they are over the limit."""
    with tempfile.TemporaryDirectory() as folder:
        paths = sys.argv[1:]
        if not paths:
            made = Path(folder) / "hundred.md"
            made.write_text(hundred_steps())
            paths = [str(made)]
        claims = sum(len(derive.check_file(path).claims) for path in paths)
        sympy = [sys.executable, "-c", "import sympy"]
        check = [sys.executable, "-m", "derive", "check", "--jobs", "1", *paths]
        rows = [(seconds(sympy), seconds(check)) for _ in range(ROUNDS)]
    base, ours = (min(column) for column in zip(*rows, strict=True))
    scaled = (ours - base) * STEPS / claims
    print(f"import sympy                        {base:8.3f} s")
    print(f"derive check, {claims:4d} steps            {ours:8.3f} s")
    print(f"beyond SymPy, for {STEPS} steps         {scaled:8.3f} s   (at most {LIMIT:g})")
    return int(scaled > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
