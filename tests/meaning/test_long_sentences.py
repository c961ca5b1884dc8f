"""Of a sentence that is too long to be remembered, how it opens and how it ends are."""

from __future__ import annotations

from derive.meaning.prose import Sentence


def test_a_long_sentence_keeps_how_it_opens_and_how_it_ends() -> None:
    sentence = Sentence().read("By way of contradiction suppose that ").formula("assume")
    for _ in range(3_000):
        sentence = sentence.read(", and ").formula("assume")
    sentence = sentence.read(", and at last ")
    assert sentence.text.startswith("By way of contradiction suppose that □, and □")
    assert sentence.text.endswith("□, and □, and at last ")
    assert len(sentence.text) < 2_000


def test_a_sentence_that_a_person_wrote_is_kept_whole() -> None:
    words = "we note that " * 60
    assert Sentence().read(words).text == words
