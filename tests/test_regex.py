"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from derive.regex import regex


def test_it_does_what_the_compiled_pattern_does() -> None:
    pattern, compiled = regex(r"(\w+) \1", re.I), re.compile(r"(\w+) \1", re.I)
    text = "one two Two three three"
    assert pattern.findall(text) == compiled.findall(text)
    assert pattern.sub("x", text) == compiled.sub("x", text)
    assert (pattern.pattern, pattern.flags) == (compiled.pattern, compiled.flags)


def test_it_is_compiled_when_it_is_asked() -> None:
    pattern = regex("(")
    with pytest.raises(re.error):
        pattern.search("text")
