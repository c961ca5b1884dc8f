"""Other languages than English: the few words that say what a formula is.

Whether an equation is claimed, supposed or a definition is seen from words such as "since", "let"
and "where"; the rest of a sentence matters little.  These words are put into English, in the
order in which they stand, and all others are left alone.  What comes out is for the rooms that
look for cues, and is never shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from derive.reader.document import Item, Prose

__all__ = ["in_english"]

# What is said in English, and how it is said elsewhere: a row for each cue, "|" between the words.
_CHINESE = {
    "since": "由于|因为|由於|因為|鉴于|已知|利用|根据|根據",
    "assume": "假设|假設|假定",
    "where": "其中|这里|這裡|此处|此處",
    "let": "(?<!建)设(?![置备计施])|設|令|记作|记为|记|定义|定義",
    "if": "如果|若|当且仅当|(?<![相应适恰])当(?![前然于])|當",
    "then": "则有|则|則|那么|因此|所以|从而|於是|于是|可得|得到|求得|解得|代入|即可得|故",
    "and": "并且|以及|且|同时|同時",
    "that is,": "也就是说|也就是|亦即|即|化简|改写|展开|等价",
    "for example": "例如|比如|举例",
    "zero": "等于零|等于0|等於0|为零|为0|置零",
    "set the derivative": "令导数|令偏导数|令梯度|令其|令上式|令一阶导数",
    "one-hot": "独热|獨熱",
    "probability": "概率|機率",
    "update": "更新",
    "case": "情况|情況|情形",
    "otherwise": "否则|否則",
}
_JAPANESE = {
    "where": "ここで|ただし",
    "assume": "仮定",
    "let": "定義|とおくと",
    "then": "したがって|よって|ゆえに|すると|これより|従って|つまり",
    "for example": "例えば|たとえば",
    "zero": "0とおく|0となる|ゼロ",
    "probability": "確率",
    "update": "更新",
    "and": "かつ|および|および",
}
_SPANISH = {
    "since": "ya que|puesto que|dado que|porque|debido a que",
    "assume": "supongamos(?: que)?|suponemos(?: que)?|suponiendo|asumimos|asumiendo|asumamos",
    "where": "donde|en donde",
    "let": "sean?|definimos|denotamos|denotemos|llamemos|definamos",
    "if": "si|cuando",
    "then": "entonces|luego|por (?:lo )?tanto|de modo que|obtenemos|se obtiene|tenemos|"
    "resulta|as[ií]",
    "setting to zero": "igualando a cero|igualamos a cero|igualar a cero|igualando|igualamos",
    "that is": "es decir|o sea",
    "for example": "por ejemplo",
    "zero": "cero",
    "with": "con",
    "for": "para",
    "and": "y",
    "case": "caso",
    "otherwise": "en otro caso|de lo contrario",
    "probability": "probabilidad",
}
_GERMAN = {
    "since": "weil|denn|da|aufgrund",
    "assume": "angenommen|annehmen|wir nehmen an|nehmen wir an|vorausgesetzt",
    "where": "wobei|worin|hierbei|hier",
    "let": "seien|sei|definieren|bezeichnen|bezeichne",
    "if": "falls|wenn",
    "then": "also|somit|daher|folglich|dann|erhalten|ergibt|folgt|damit|deshalb|daraus",
    "set to zero": "gleich null|nullsetzen|null setzen|null gesetzt",
    "that is": "das heißt|d\\. ?h\\.",
    "for example": "zum beispiel|z\\. ?b\\.|beispielsweise",
    "zero": "null",
    "with": "mit",
    "for": "für",
    "and": "und",
    "case": "fall",
    "otherwise": "sonst|andernfalls",
    "probability": "wahrscheinlichkeit",
}
_FRENCH = {
    "since": "car|puisque|parce que|étant donné",
    "assume": "supposons(?: que)?|supposant|on suppose",
    "where": "où",
    "let": "soit|soient|posons|notons|définissons",
    "if": "si|lorsque|quand",
    "then": "donc|alors|ainsi|d['’]où|obtient|obtenons|il vient",
    "setting to zero": "en annulant|annulons|annule",
    "that is": "c['’]est[- ]à[- ]dire|autrement dit",
    "for example": "par exemple",
    "zero": "zéro|nulle?",
    "with": "avec",
    "for": "pour",
    "and": "et",
    "case": "cas",
    "otherwise": "sinon",
    "probability": "probabilité",
}
_PORTUGUESE = {
    "since": "já que|pois|porque|dado que|uma vez que",
    "assume": "suponha(?: que)?|assumindo|supondo|assumimos|supomos",
    "where": "onde",
    "let": "sejam?|definimos|denotamos",
    "if": "se|quando",
    "then": "então|logo|portanto|assim|obtemos|temos|resulta",
    "setting to zero": "igualando(?: a zero)?|igualamos(?: a zero)?",
    "that is": "ou seja|isto é",
    "for example": "por exemplo",
    "with": "com",
    "for": "para",
    "and": "e",
    "case": "caso",
    "otherwise": "caso contrário",
    "probability": "probabilidade",
}
_ITALIAN = {
    "since": "poiché|perché|dato che|siccome",
    "assume": "supponiamo|assumiamo|supponendo",
    "where": "dove",
    "let": "sia|siano|definiamo|poniamo|indichiamo",
    "if": "se|quando",
    "then": "allora|quindi|dunque|otteniamo|pertanto|si ottiene",
    "setting to zero": "annullando|uguagliando(?: a zero)?|ponendo uguale a zero",
    "that is": "cioè|ovvero",
    "for example": "ad esempio|per esempio",
    "with": "con",
    "for": "per",
    "and": "e",
    "case": "caso",
    "otherwise": "altrimenti",
    "probability": "probabilità",
}
_RUSSIAN = {
    "since": "так как|поскольку|потому что|ибо",
    "assume": "предположим|допустим|предполагая",
    "where": "где|здесь",
    "let": "пусть|обозначим|определим|положим",
    "if": "если|когда|при",
    "then": "тогда|следовательно|значит|получаем|получим|поэтому|отсюда|то есть",
    "setting to zero": "приравняем|приравнивая|приравняв",
    "zero": "нулю|ноль",
    "for example": "например",
    "for": "для",
    "and": "и",
    "case": "случай|случае",
    "otherwise": "иначе",
    "probability": "вероятность|вероятности",
}

# A language, and how often its commonest words stand for it; English counts, too.
_COMMON = {
    "en": "the of and is to we that in with this",
    "es": "el la los las de que una del por es se y para",
    "de": "der die das und ist den dem von eine wir nicht auf",
    "fr": "le la les des est une du que pour dans et on",
    "pt": "o a os as de que uma da do por não é para e",
    "it": "il la di che una del per è gli della e si",
}
_TABLES = {
    "es": _SPANISH, "de": _GERMAN, "fr": _FRENCH, "pt": _PORTUGUESE, "it": _ITALIAN,
    "ru": _RUSSIAN, "zh": _CHINESE, "ja": _JAPANESE,
}  # fmt: skip
_STOPS = str.maketrans({"。": ". ", "，": ", ", "；": "; ", "：": ": ", "、": ", ", "！": "! "})
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_AROUND = re.compile(r"\(\?<?!.*?\)")
_WORD = re.compile(r"[^\W\d_]+")
# Characters or common words of a language before a document is taken to be in it; where to look.
FEWEST, SAMPLE = 12, 8_000


def in_english(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items of a document with the cue words of its language in English."""
    kept = tuple(items)
    language = _language(" ".join(item.text for item in kept if isinstance(item, Prose)))
    if language == "en":
        return kept
    translated = _translator(language)
    return tuple(
        replace(item, text=translated(item.text)) if isinstance(item, Prose) else item
        for item in kept
    )


def _language(text: str) -> str:
    """The language that most of the words are in."""
    sample = text[:SAMPLE]
    if not sample.isascii():
        for language, letters in (("ja", _KANA), ("zh", _HAN), ("ru", _CYRILLIC)):
            if len(letters.findall(sample)) >= FEWEST:
                return language
    said = Counter(word.lower() for word in _WORD.findall(sample))
    counts = {
        language: sum(said[word] for word in common.split()) for language, common in _COMMON.items()
    }
    best = max(counts, key=lambda language: counts[language])
    clear = counts[best] >= FEWEST and counts[best] > 2 * counts["en"]
    return best if clear else "en"


@lru_cache
def _translator(language: str) -> Callable[[str], str]:
    """What puts the cue words of a language into English."""
    rows = _TABLES[language].items()
    spaced = language not in ("zh", "ja")
    words = [(word, english) for english, row in rows for word in row.split("|")]
    words.sort(key=lambda pair: -len(_AROUND.sub("", pair[0])))  # the longest that fits is meant
    whole = "|".join(f"(?P<w{n}>{word})" for n, (word, _) in enumerate(words))
    pattern = re.compile(rf"(?<!\w)(?:{whole})(?!\w)" if spaced else whole, re.I)

    def english(match: re.Match[str]) -> str:
        _, said = words[int((match.lastgroup or "w0")[1:])]
        if not spaced:
            return f" {said} "
        return said.capitalize() if match.group()[0].isupper() else said

    def translated(text: str) -> str:
        return pattern.sub(english, text if spaced else text.translate(_STOPS))

    return translated
