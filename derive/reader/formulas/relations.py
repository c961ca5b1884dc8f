"""Relations: signs between the members of a chain, and the bars that may be one."""

from __future__ import annotations

import re

from derive.reader.formulas.names import Names
from derive.reader.formulas.symbols import CLOSERS, LONG_RELATIONS, NEGATED, OVER, RELATIONS
from derive.reader.formulas.tokens import Token
from derive.reader.source import Span
from derive.reader.syntax import RelationSign

_DEFINED_AS = frozenset(
    ("def", "\\text{def}", "\\mathrm{def}", "\\triangle", "\\Delta", "\\rm def")
)

# "=^{(a)}": a letter or a number in brackets, a word, an exclamation mark.
_LABEL = re.compile(r"\(\w+\)|\\text\{[^{}]*\}|!|\?|\*|\d")


class Relations(Names):
    """Reads the sign that comes next, where it is one."""

    def relation_ahead(self) -> bool:
        resume = self.position
        found = self.relation() is not None
        self.position = resume
        return found

    def relation(self) -> RelationSign | None:
        """The relation that comes next, taken; None where there is none."""
        token = self.peek()
        if token is None:
            return None
        start = self.position
        if token.text in RELATIONS:
            self.position += 1
            if token.text == "\\mid" and self.at("\\mid"):  # KL(p \mid\mid q)
                self.position += 1
            if self.at("_", "^"):
                return self._scripted_relation(start, RELATIONS[token.text])
            return RelationSign(self.span_from(start), RELATIONS[token.text])
        if token.text == "\\not":
            self.position += 1
            inner = self.relation()
            if inner is not None:
                return RelationSign(self.span_from(start), NEGATED.get(inner.text, "other"))
        elif token.text in LONG_RELATIONS:
            self.position += 1
            first, last = self.argument_bounds()
            return RelationSign(
                self.span_from(start), LONG_RELATIONS[token.text], self.source(first, last)
            )
        elif token.text in OVER:
            self.position += 1
            first, last = self.argument_bounds()
            over = self.source(first, last)
            above = Span(self.tokens[first].start, self.tokens[last - 1].end) if over else None
            first, last = self.argument_bounds()
            inside = self.tokens[first:last]
            if len(inside) == 1 and inside[0].text in RELATIONS:
                sign = RELATIONS[inside[0].text]
                defined = sign == "=" and over in _DEFINED_AS
                sign = "assign" if defined else sign
                return RelationSign(self.span_from(start), sign, over, above)
        elif token.text in ("|", "\\|") and self._condition_bar(token):
            self.position += 2 if self._double_bar() else 1
            return RelationSign(self.span_from(start), "given")
        self.position = start
        return None

    def _scripted_relation(self, start: int, sign: str) -> RelationSign:
        """``\\to_{t \\to 0}``, ``=^{(a)}``: where it holds, or a label; else another relation."""
        written: list[str] = []
        while self.at("_", "^"):
            self.position += 1
            first, last = self.argument_bounds()
            written.append(self.source(first, last))
        labelled = sign == "=" and all(_LABEL.fullmatch(text.strip()) for text in written)
        kept = labelled or sign in ("to", "sim", "propto", "approx", "implies", "iff")
        return RelationSign(self.span_from(start), sign if kept else "other", " ".join(written))

    def _condition_bar(self, token: Token) -> bool:
        """The bar of ``P(a | b)``: within brackets, not one of a pair, and not an evaluation."""
        if token.text in self.bars or self.text_after() == "_" or self.position == 0:
            return False
        return self._double_bar() or not self.another_bar(token.text)

    def _double_bar(self) -> bool:
        """``KL(p || q)``: two bars side by side, and no others in these brackets."""
        if self.tokens[self.position].text != "|" or self.text_after() != "|":
            return False
        self.position += 1
        others = self.another_bar("|")
        self.position -= 1
        return not others

    def another_bar(self, bar: str) -> bool:
        """Whether a second such bar follows within the same brackets."""
        depth = 0
        for index in range(self.position + 1, min(self.end, self.position + 400)):
            token = self.tokens[index]
            if token.kind == "open" or token.text in ("(", "[", "\\{"):
                depth += 1
            elif token.kind == "close" or token.text in (")", "]", "\\}"):
                depth -= 1
                if depth < 0:
                    return False
            elif depth == 0 and token.text == bar:
                return True
        return False

    def _closes(self, token: Token) -> bool:
        return (
            token.text in CLOSERS
            or token.kind in ("close", "right")
            or (token.text in ("|", "\\|") and token.text in self.bars)
        )
