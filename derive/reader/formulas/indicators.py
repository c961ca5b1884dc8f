"""Indicators: ``1_{i = j}``, ``\\mathbb{1}\\{i = j\\}``, ``I(i = j)``, Iverson's ``[i = j]``."""

from __future__ import annotations

from derive.reader.formulas.blocks import Blocks
from derive.reader.formulas.symbols import FONTS, RELATIONS
from derive.reader.syntax import Chain, Group, Indicator, Matrix, Name, Numeral, Syntax

_INDICATORS = frozenset(("1", "I"))
_PROBABILITIES = frozenset(("P", "E", "p", "Q", "Pr"))


class Indicators(Blocks):
    """Tells an indicator from a name with a subscript or a bracket behind it."""

    def indicator(self, name: Syntax, start: int) -> Syntax:
        """``1_{i = j}``, ``\\mathbb{1}\\{i = j\\}``, ``I(i = j)``; else the name as it is."""
        if not isinstance(name, Name | Numeral) or name.text not in _INDICATORS:
            return name
        if self.at("_"):
            place = self.position + 1
            if (
                place < self.end
                and self.tokens[place].kind == "open"
                and self._holds_relation(place + 1, self.partner[place])
            ):
                self.position = place
                inner = self.group(place)
                condition_ = inner.body if isinstance(inner, Group) else inner
                return Indicator(self.span_from(start), condition_)
            return name
        if self.at("(", "[", "\\{") and self._bracket_holds_relation():
            group = self.bracketed()
            assert isinstance(group, Group)
            return Indicator(self.span_from(start), group.body)
        return name

    def bracket_or_indicator(self, start: int) -> Syntax:
        """``[i = j]`` is Iverson's bracket, unless a letter for probabilities stands before."""
        applied = start > 0 and self._is_probability(start - 1)
        iverson = self.tokens[start].text == "[" and not applied and self._bracket_holds_relation()
        group = self.bracketed()
        assert isinstance(group, Group)
        if iverson and isinstance(group.body, Chain):
            return Indicator(group.span, group.body)
        if isinstance(group.body, Matrix) and group.delimiters in ("()", "[]"):
            return Matrix(group.span, group.body.rows)
        return group

    def takes_condition(self, index: int) -> bool:
        """Whether what ends here is a 1, an I or a letter for probabilities: ``I (i = j)``."""
        letter = (
            self.tokens[index - 1] if self.tokens[index].kind == "close" else self.tokens[index]
        )
        return letter.text in _INDICATORS or letter.text in _PROBABILITIES

    def _is_probability(self, index: int) -> bool:
        """Whether the letter (in a font or not) that ends here takes an event in brackets."""
        if self.tokens[index].kind == "close" and index > 2:
            command = self.tokens[index - 3].text
            return command in FONTS and self.tokens[index - 1].text in _PROBABILITIES
        return self.tokens[index].text in _PROBABILITIES

    def _bracket_holds_relation(self) -> bool:
        depth = 0
        for index in range(self.position, min(self.end, self.position + 60)):
            text = self.tokens[index].text
            if text in ("(", "[", "\\{", "{"):
                depth += 1
            elif text in (")", "]", "\\}", "}"):
                depth -= 1
                if depth == 0:
                    return False
            elif depth == 1 and text in RELATIONS and text != ":":
                return True
        return False

    def _holds_relation(self, first: int, last: int) -> bool:
        return any(
            token.text in RELATIONS and token.text != ":"
            for token in self.tokens[first : min(last, first + 60)]
        )
