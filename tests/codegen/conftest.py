"""The shipped derivation, judged, generated and compiled once for all tests of the generator."""

from __future__ import annotations

import types
from pathlib import Path

import pytest

import derive
from derive.codegen.generate import COMPILE, generate
from derive.pipeline import SHIPPED
from derive.prover.verdict import Report
from tests.codegen.compiled import Library, compiler

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def shipped() -> Report:
    return derive.check_file(SHIPPED)


@pytest.fixture(scope="session")
def files(shipped: Report) -> dict[str, str]:
    return generate(shipped, document=SHIPPED.read_bytes())


@pytest.fixture(scope="session")
def library(files: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The generated C with the flags that its header recommends."""
    folder = tmp_path_factory.mktemp("library")
    return Library.of(files, folder, [*compiler(), *COMPILE])


@pytest.fixture(scope="session")
def module(files: dict[str, str]) -> types.ModuleType:
    """The generated NumPy module."""
    made = types.ModuleType("softmax_cross_entropy")
    exec(compile(files["softmax_cross_entropy.py"], "generated", "exec"), made.__dict__)
    return made


@pytest.fixture(scope="session", params=["library", "module"], ids=["C", "NumPy"])
def kernels(request: pytest.FixtureRequest) -> object:
    """The functions of either target, which take and return arrays alike."""
    return request.getfixturevalue(request.param)
