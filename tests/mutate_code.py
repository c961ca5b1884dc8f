"""Does the test suite notice?  ``python -m tests.mutate_code refuter --results FILE``.

Each mutant changes one operator, constant, condition, branch, result or statement of one module.
One run of the tests tells which of them execute which line; a mutant is then tried by the tests
that execute its statement and by no others, the quick ones and those that found its neighbours
first, until one fails.  A mutant that no test notices has survived.

Everything is in memory, the files are never touched.  The tests are collected once, and every
mutant is a forked process.  Where a function is changed that no import calls, its code is
replaced in place; else all modules are imported anew.  What functions remember (``cache``) is
forgotten before each test, so that no test profits from another.

``--results`` keeps the outcomes, one line of JSON for each mutant, and goes on where it was left:
what was killed stays killed while its module is unchanged, survivors are tried again.

Mutants that no test can tell from the original are listed in ``equivalent_mutants.toml``, each
with the reason; they are tried all the same, and one that is killed must leave the list.
"""

from __future__ import annotations

import argparse
import functools
import gc
import hashlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import coverage
import flint  # noqa: F401  (what all tests need is imported once, before the fork)
import hypothesis
import mpmath  # noqa: F401
import pytest
import sympy  # noqa: F401
from _pytest.runner import runtestprotocol

from tests.code_mutants import ROOT, CodeMutant, equivalent, mutants

TESTS = {
    "algebra": ["tests/algebra", "tests/logic", "tests/prover/test_false_claims.py"],
    "logic": [
        "tests/logic",
        "tests/algebra",
        "tests/prover/test_false_claims.py",
        "tests/prover/test_mutate.py",
    ],
    "refuter": ["tests/refuter", "tests/prover/test_false_claims.py"],
}
# Rules are tried 30 times each in the suite, which takes longer than all other tests together.
APPLICATIONS = 5
# A test may take this many times what it takes without a mutant, and a few seconds.
SLOWER, SECONDS = 5, 4
MEMORY = 4 << 30
OPTIONS = ["-p", "no:cacheprovider", "-p", "no:terminal", "--assert=plain"]


@dataclass(frozen=True)
class Outcome:
    """ "killed", "timeout" (which is noticed, too) or "survived"; and by which test."""

    outcome: str
    test: str = ""
    tried: int = 0


@dataclass(frozen=True)
class Seen:
    """The seconds that a test takes and the lines of the room that it executes, by module."""

    seconds: float
    lines: dict[str, frozenset[int]]


# ------------------------------------------------------------------ tests in forked processes


def forked(run: Callable[[], int]) -> int:
    """The process id of a copy of this process that runs a function and ends with its result."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        code = run()
    finally:
        os._exit(code)


def passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    """Runs a test, with nothing remembered from the one before."""
    forget()
    reports = runtestprotocol(item, nextitem=following, log=False)
    return not any(report.failed for report in reports)


def forget() -> None:
    """Empties what the functions of the program remember."""
    for wrapper in _remembering(len(sys.modules)):
        wrapper.cache_clear()


@functools.lru_cache(maxsize=1)
def _remembering(modules: int) -> list[Any]:
    kind = type(_remembering)
    return [
        thing
        for thing in gc.get_objects()
        if type(thing) is kind and str(getattr(thing, "__module__", "")).startswith("derive.")
    ]


def limited(seconds: float) -> None:
    """Ends this process, by a signal, when it has used so much processor time from now on."""
    signal.setitimer(signal.ITIMER_PROF, SLOWER * seconds + SECONDS)


class Recorder:
    """Which lines of a room are executed while it is on."""

    def __init__(self, folder: Path) -> None:
        self.coverage = coverage.Coverage(data_file=None, config_file=False, source=[str(folder)])
        self.coverage.start()

    def lines(self) -> dict[str, list[int]]:
        """The lines, by file; nothing is recorded any more."""
        self.coverage.stop()
        data = self.coverage.get_data()
        return {file: sorted(data.lines(file) or ()) for file in data.measured_files()}


# ------------------------------------------------------------------ one mutant


def in_place(mutant: CodeMutant) -> bool:
    """Gives the function of a mutant its new code; False where it is not found."""
    found: Any = sys.modules[mutant.module]
    for name in mutant.function.split("."):
        found = vars(found).get(name)
        if found is None:
            return False
    if isinstance(found, property):
        found = found.fget
    found = getattr(found, "__func__", found)
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    code = _code(compile(mutant.tree(), str(mutant.path), "exec"), mutant.function)
    if not isinstance(found, FunctionType) or code is None:
        return False
    if len(code.co_freevars) != len(found.__code__.co_freevars):
        return False
    found.__code__ = code
    return True


def _code(module: CodeType, name: str) -> CodeType | None:
    """The code of a function, by its qualified name."""
    for constant in module.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_qualname == name:
                return constant
            inner = _code(constant, name)
            if inner is not None:
                return inner
    return None


class Import(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the mutant in place of its module."""

    def __init__(self, mutant: CodeMutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: object, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(fullname, str(self.mutant.path), loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.mutant.tree(), str(self.mutant.path), "exec"), module.__dict__)


def anew(mutant: CodeMutant, tests: dict[str, float]) -> int:
    """Imports everything anew, with the mutant, and runs the tests file by file."""
    for name in [n for n in sys.modules if n.partition(".")[0] in ("derive", "tests")]:
        del sys.modules[name]
    sys.meta_path.insert(0, Import(mutant))
    for file in dict.fromkeys(test.partition("::")[0] for test in tests):
        limited(60)
        code = int(pytest.main([*OPTIONS, "-s", file], plugins=[Some(tests)]))
        if code:
            return code
    return 0


class Shorter:
    """Fewer random applications of each rule."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for module in {id(m): m for m in (getattr(i, "module", None) for i in items)}.values():
            if hasattr(module, "APPLICATIONS"):
                module.APPLICATIONS = APPLICATIONS


class Some(Shorter):
    """Runs the tests that are asked for, in their order, until one fails."""

    def __init__(self, tests: dict[str, float]) -> None:
        self.tests = tests

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop."""
        if session.testsfailed:
            return False
        items = {item.nodeid: item for item in session.items}
        chosen = [items[name] for name in self.tests if name in items]
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            limited(self.tests[item.nodeid])
            if not passes(item, following):
                session.testsfailed = 1
                break
        return True


# ------------------------------------------------------------------ all mutants


class Campaign(Shorter):
    """The tests are collected by pytest, then run for one mutant after another."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.folder = ROOT / "derive" / arguments.room
        self.import_ = Recorder(self.folder)
        self.status = 2
        self.items: dict[str, pytest.Item] = {}
        self.seen: dict[str, Seen] = {}
        self.results = Results(arguments.results)
        self.kills: Counter[tuple[str, str]] = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop."""
        if session.testsfailed:
            raise SystemExit("the tests cannot be collected")
        self.imported = self.import_.lines()
        self.items = {item.nodeid: item for item in session.items}
        forget()  # looks for what remembers, once and not in every process
        try:
            self._look()
            self._try_all(self._chosen())
            self.status = self._told()
        except BaseException:  # pytest would say it to the terminal, which is off
            traceback.print_exc()
        return True

    def _look(self) -> None:
        """Runs all tests once, without a mutant."""
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / "seen.json"

            def run() -> int:
                told = {}
                items = list(self.items.values())
                for item, following in zip(items, [*items[1:], None], strict=True):
                    start, recorder = time.process_time(), Recorder(self.folder)
                    if not passes(item, following):
                        file.write_text(json.dumps(item.nodeid))
                        return 1
                    lines = recorder.lines()
                    told[item.nodeid] = time.process_time() - start, lines
                file.write_text(json.dumps(told))
                return 0

            if os.waitstatus_to_exitcode(os.waitpid(forked(run), 0)[1]):
                raise SystemExit(f"fails without any mutant: {file.read_text()}")
            for name, (seconds, lines) in json.loads(file.read_text()).items():
                by_file = {path: frozenset(of_file) for path, of_file in lines.items()}
                self.seen[name] = Seen(seconds, by_file)
        total = sum(seen.seconds for seen in self.seen.values())
        print(f"{len(self.seen)} tests, {total:.0f} s", flush=True)

    def _chosen(self) -> list[CodeMutant]:
        paths = sorted(self.folder.glob(self.arguments.module or "*.py"))
        self.made = [mutant for path in paths for mutant in mutants(path)]
        chosen = list(self.made)
        if self.arguments.sample:
            random.Random(self.arguments.seed).shuffle(chosen)
            chosen = chosen[: self.arguments.sample]
        self.of_campaign = chosen
        waiting = [mutant for mutant in chosen if not self.results.settled(mutant)]
        print(f"{len(self.made)} mutants, {len(chosen)} chosen, {len(waiting)} to try", flush=True)
        return waiting

    def _tests(self, mutant: CodeMutant) -> dict[str, float]:
        """The tests that execute the statement of a mutant, in the order in which to try them."""
        lines, path = frozenset(mutant.lines), str(mutant.path)
        whole = not mutant.function or self._runs_on_import(mutant)
        found = {
            name: seen.seconds
            for name, seen in self.seen.items()
            if (seen.lines.get(path) and (whole or lines & seen.lines[path]))
            # Tests that execute no line of the room may look at its modules from outside.
            or (whole and not any(seen.lines.values()))
        }

        def rank(name: str) -> tuple[float, str]:
            kills = 10 * self.kills[mutant.function, name] + self.kills[mutant.module, name]
            return (0.01 + found[name]) / (1 + kills), name

        return {name: found[name] for name in sorted(found, key=rank)}

    def _try_all(self, waiting: Sequence[CodeMutant]) -> None:
        """Several at a time, until there are no more or the time is up."""
        end = time.monotonic() + 60 * self.arguments.minutes
        running: dict[int, tuple[CodeMutant, dict[str, float], int]] = {}
        queue = list(waiting)
        while queue or running:
            while queue and len(running) < self.arguments.jobs and time.monotonic() < end:
                mutant = queue.pop(0)
                tests = self._tests(mutant)
                if not tests:
                    self.results.add(mutant, Outcome("survived"))
                    continue
                reader, writer = os.pipe()
                child = forked(lambda m=mutant, t=tests, w=writer: self._run(m, t, w))
                os.close(writer)
                running[child] = mutant, tests, reader
            if not running:
                break
            child, status = os.wait()
            mutant, tests, reader = running.pop(child)
            with os.fdopen(reader) as told:
                last = told.read()
            code = os.waitstatus_to_exitcode(status)
            outcome = "survived" if code == 0 else "timeout" if code < 0 else "killed"
            test = last.splitlines()[-1] if last and code else ""
            self.kills[mutant.function, test] += 1
            self.kills[mutant.module, test] += 1
            self.results.add(mutant, Outcome(outcome, test, len(tests)))

    def _run(self, mutant: CodeMutant, tests: dict[str, float], writer: int) -> int:
        """In the forked process: 0 where no test fails.  The pipe is told each test's name."""
        limited(0)
        if not mutant.function or self._runs_on_import(mutant) or not in_place(mutant):
            return anew(mutant, tests)
        chosen = [self.items[name] for name in tests]
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            os.write(writer, f"{item.nodeid}\n".encode())
            limited(tests[item.nodeid])
            if not passes(item, following):
                return 1
        return 0

    def _runs_on_import(self, mutant: CodeMutant) -> bool:
        """Whether the function of a mutant ran before the tests, so that its results are about."""
        ran = set(self.imported.get(str(mutant.path), ()))
        return any(
            not ran.isdisjoint(other.lines)
            for other in self.made
            if other.path == mutant.path and other.function == mutant.function
        )

    def _told(self) -> int:
        """Prints the survivors and the figures; 1 where too many survived, or the list is wrong."""
        counts: Counter[str] = Counter()
        listed = equivalent()
        stale = []
        for mutant in self.of_campaign:
            found = self.results.outcome(mutant)
            if found is None:
                counts["not tried"] += 1
            elif mutant.name in listed:
                counts["equivalent"] += found == "survived"
                counts[found] += found != "survived"
                stale += [mutant] * (found == "killed")
            else:
                counts[found] += 1
                if found == "survived":
                    place = f"{mutant.path.relative_to(ROOT)}:{mutant.lines[0]}"
                    print(f"survived  {place}: {mutant.function}: {mutant.edit}")
        for mutant in stale:
            print(f"listed as equivalent, but killed: {mutant.name}")
        noticed = counts["killed"] + counts["timeout"]
        wrong = noticed + counts["survived"]
        print(dict(counts), f"{100 * noticed / max(wrong, 1):.1f} % noticed,", end=" ")
        print(f"{100 * noticed / max(wrong + counts['equivalent'], 1):.1f} % with the equivalent")
        return int(bool(stale) or noticed < 0.95 * wrong)


class Results:
    """Outcomes by mutant, kept in a file if there is one."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self._outcomes: dict[tuple[str, str, str, str], str] = {}
        self._digests: dict[Path, str] = {}
        if file is not None and file.exists():
            for line in file.read_text().splitlines():
                kept = json.loads(line)
                key = kept["digest"], kept["module"], kept["function"], kept["edit"]
                self._outcomes[key] = kept["outcome"]

    def _key(self, mutant: CodeMutant) -> tuple[str, str, str, str]:
        if mutant.path not in self._digests:
            self._digests[mutant.path] = hashlib.sha256(mutant.path.read_bytes()).hexdigest()[:12]
        return (self._digests[mutant.path], *mutant.name)

    def outcome(self, mutant: CodeMutant) -> str | None:
        """What became of it, while its module is as it was."""
        return self._outcomes.get(self._key(mutant))

    def settled(self, mutant: CodeMutant) -> bool:
        """Whether it need not be tried again."""
        return self.outcome(mutant) in ("killed", "timeout")

    def add(self, mutant: CodeMutant, found: Outcome) -> None:
        """Takes note of an outcome."""
        digest, module, function, edit = key = self._key(mutant)
        self._outcomes[key] = found.outcome
        if found.outcome == "survived" and mutant.name not in equivalent():
            print(f"... {module}:{mutant.lines[0]}: {function}: {edit}", flush=True)
        if self.file is not None:
            told = {
                "digest": digest, "module": module, "function": function, "edit": edit,
                "line": mutant.lines[0], "outcome": found.outcome, "test": found.test,
                "tests": found.tried,
            }  # fmt: skip
            with self.file.open("a") as out:
                out.write(json.dumps(told, ensure_ascii=False) + "\n")


def main() -> int:
    """Try the mutants of one room, or some of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutate_code", description=__doc__)
    parser.add_argument("room", choices=TESTS)
    parser.add_argument("--module", help="only these files of the room, such as space.py")
    parser.add_argument("--tests", nargs="+", help="only these files of tests, for a first look")
    parser.add_argument("--sample", type=int, default=0, help="how many, drawn at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, help="a file to keep the outcomes in")
    parser.add_argument("--minutes", type=float, default=600, help="begin no mutant after that")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    hypothesis.settings.register_profile(
        "mutants",
        database=None,
        derandomize=True,
        deadline=None,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    )
    hypothesis.settings.load_profile("mutants")
    campaign = Campaign(arguments)
    pytest.main([*OPTIONS, "-s", *(arguments.tests or TESTS[arguments.room])], plugins=[campaign])
    return campaign.status


if __name__ == "__main__":
    sys.exit(main())
