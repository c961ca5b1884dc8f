"""Prose in other languages: its cue words in English, for the rooms that look for them.

Only the words that say what a formula is (``wobei``, ``si``, ``由于``) are written in English; the
rest stays as it is.  Where a language puts them behind the formula (``$i = j$ のとき``) they are
moved in front of it.  A new word is a new entry of a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from derive.reader.document import Document, Formula, Item, Prose
from derive.reader.source import Span

__all__ = ["in_english", "is_english"]

# Fewer words than this of a language are a quotation.
_ENOUGH = 6


@dataclass(frozen=True)
class _Language:
    """``words``: for each English cue those of the language; ``after``: those behind a formula,
    as expressions.

    ``letters``: by which the language is known; else by ``usual`` words that it uses all the time.
    ``spaced``: whether it has spaces between words.  ``closing``: the endings of a clause that
    tells a case, of which the English "if" stands in front.
    """

    words: Mapping[str, str]
    after: Mapping[str, str] = field(default_factory=dict)
    closing: str = ""
    letters: str = ""
    usual: str = ""
    spaced: bool = True

    def translator(self) -> Callable[[str], str]:
        """A function that writes the cue words of a text in English."""
        english = {
            word.replace("_", " ").lower(): cue
            for cue, listed in self.words.items()
            for word in listed.split()
        }
        longest = sorted(english, key=len, reverse=True)
        any_word = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
        pattern = re.compile(rf"(?<!\w)(?:{any_word})(?!\w)" if self.spaced else any_word, re.I)

        def put(match: re.Match[str]) -> str:
            cue = english[" ".join(match.group().lower().split())]
            if not self.spaced:
                return f" {cue} "
            return cue.capitalize() if match.group()[0].isupper() else cue

        if not self.closing:
            return lambda text: pattern.sub(put, text)
        told = re.compile(
            rf"([^、。，．,.:：\s]{{1,40}})(?:{'|'.join(self.closing.split())})[、，,]?"
        )
        return lambda text: pattern.sub(put, told.sub(r" if \1, ", text))


_STOPS = {". ": "。", ", ": "，、", "; ": "；", ": ": "：", "(": "（", ")": "）", "? ": "？"}
_SIGNS = {sign: stop for stop, signs in _STOPS.items() for sign in signs}

_LANGUAGES = (
    _Language(  # Japanese
        {
            "where": "ここで ただし",
            "if": "もし",
            "since": "なので であるから だから したがい",
            "therefore": "したがって よって ゆえに すなわち 従って つまり",
            "then": "すると このとき",
            "and": "および かつ",
            "or": "または",
            "otherwise": "それ以外",
            "for example": "例えば たとえば",
            "not": "ではない でない",
            "one-hot": "ワンホット",
            "matrix": "行列",
            "vector": "ベクトル",
            "mean": "平均",
            "assume": "仮定",
            "と仮定": "と仮定",
            "を仮定": "を仮定",
            "zero": "0とおく 0となる ゼロ",
            "redefined": "再定義",
            "probability": "確率",
            "update": "更新",
        },
        {
            "if": "のとき の時 の場合 ならば なら であるとき である場合 のところでは",
            "assume": "と仮定 を仮定",
            "since": "なので であるから だから より(?![大小高低多少前後もい]) であること",
            "whether": "の二つに分け の2つに分け の場合に分け ではな でな とは限らな",
            "let": "とする とおく と置く とおけ とすると とすれば と定義 と表 と書 と変数変換 "
            "と置換",
        },
        letters="\u3040-\u30ff",
        spaced=False,
        closing="したら できたら だったら であれば のときは のとき の場合は ならば",
    ),
    _Language(  # Chinese
        {
            "need": "需要",
            "since": "由于 因为 又因为 注意到 考虑到 已知 根据 利用 由於 因為 利用 鉴于",
            "here we used that": "这里用到了 这里用到 这里利用了 上式用到了 上式利用了 "
            "最后一步用到了",
            "where": "其中 这里 此处 這裡 其中的",
            "let": "令 设 記 记 定义 记为 記為 定義 记作",
            "assume": "假设 假定 假設",
            "if": "若 如果 假如 当 當 仅当 当且仅当",
            "for": "对于 对任意 对所有 對於",
            "when": "时， 時，",
            "therefore": "因此 所以 因而 从而 于是 故 從而 於是 可知",
            "then": "则 那么 則 那麼 此时 求得 解得 代入 化简后",
            "we obtain": "可得 得到 得 即得 有",
            "that is": "即 也就是 亦即 化简 改写 展开 等价",
            "and": "且 并且 和 与 以及 與 同时 同時",
            "or": "或 或者",
            "otherwise": "否则 其他 其它 否則",
            "but": "但 但是 然而",
            "for example": "例如 比如 譬如 举例 为例",
            "not": "不 不是 不再 并非",
            "whether": "是否",
            "is": "为 是 為",
            "denotes": "表示 称为 代表",
            "satisfies": "满足 滿足",
            "constant": "常数 常量 常數",
            "one-hot": "独热 獨熱",
            "redefined": "重新定义 重新定義",
            "constraint": "限制条件 约束条件 限制條件 約束條件",
            "compared to": "对比 對比 相比于 区别于 不同于",
            "probability distribution": "概率分布",
            "matrix": "矩阵 矩陣",
            "vector": "向量",
            "mean": "均值 平均",
            "update": "更新 迭代",
            "loss": "损失 損失",
            # words that only hold a cue
            "命令": "命令",
            "指令": "指令",
            "设计": "设计",
            "设备": "设备",
            "建设": "建设",
            "恰当": "恰当",
            "记录": "记录",
            "标记": "标记",
            "记号": "记号",
            "原则": "原则",
            "规则": "规则",
            "正则": "正则",
            "适当": "适当",
            "相当": "相当",
            "当前": "当前",
            "应当": "应当",
            "设置": "设置",
            "当然": "当然",
            "故障": "故障",
            "行为": "行为",
            "认为": "认为",
            "因为": "因为",
            "参与": "参与",
            "所有": "所有",
            "具有": "具有",
            "只有": "只有",
            "没有": "没有",
            "有关": "有关",
            "有效": "有效",
            "不同": "不同",
            "不妨": "不妨",
            "学得": "学得",
            "求得": "求得",
            "获得": "获得",
            "使得": "使得",
            "得分": "得分",
            "立即": "立即",
            "即可": "即可",
            "zero": "等于零 等于0 等於0 为零 为0 置零",
            "setting to zero": "偏导为零 偏导数为零 导数为零 梯度为零 偏导为0 偏导数为0 导数为0 "
            "梯度为0 偏导等于零 偏导数等于零 导数等于零 梯度等于零 偏导数等于0 导数等于0 梯度等于0",
            "set the derivative": "令导数 令偏导数 令梯度 令其 令上式 令一阶导数",
            "probability": "概率 機率",
            "case": "情况 情況 情形",
            "consider": "考虑 考慮",
        },
        {"if": "时 時", "let": "记为 记作"},
        letters="\u4e00-\u9fff",
        spaced=False,
    ),
    _Language(  # Korean
        {
            "where": "여기서 단,",
            "if": "만약 만일",
            "therefore": "따라서 그러므로 그래서",
            "then": "그러면",
            "that is": "즉",
            "and": "그리고",
            "or": "또는",
            "otherwise": "그렇지_않으면",
            "for example": "예를_들어",
            "redefined": "재정의",
            "matrix": "행렬",
            "vector": "벡터",
            "mean": "평균",
        },
        {
            "if": "일_때 일때 이면 인_경우 라면 이라면",
            "since": "이므로 므로 때문에 이기",
            "let": "라_하자 라고_하자 이라_하자 로_정의 라고_하면 라_하면 으로_정의",
            "assume": "라고_가정 로_가정",
        },
        letters="\uac00-\ud7af",
        spaced=False,
    ),
    _Language(  # Russian
        {
            "where": "где здесь",
            "with": "с",
            "let": "пусть обозначим положим введём введем определим",
            "if": "если",
            "when": "когда при",
            "since": "так_как поскольку потому_что ибо учитывая используя",
            "assume": "предположим допустим",
            "for": "для",
            "then": "тогда то",
            "therefore": "следовательно поэтому значит отсюда итак",
            "we obtain": "получаем получим имеем",
            "that is": "то_есть т.е.",
            "and": "и",
            "or": "или",
            "but": "но",
            "otherwise": "иначе",
            "not": "не",
            "for example": "например",
            "matrix": "матрица матрицы",
            "vector": "вектор вектора",
            "setting to zero": "приравняем приравнивая приравняв",
            "zero": "нулю ноль",
            "case": "случай случае",
            "probability": "вероятность вероятности",
            "consider": "рассмотрим",
            "we show": "покажем докажем",
            "minimum": "минимум максимум",
            "reached": "достигается достигаются",
        },
        letters="\u0400-\u04ff",
    ),
    _Language(  # German
        {
            "where": "wobei wo hierbei dabei hier worin",
            "with": "mit",
            "let": "sei seien setze setzen definiere definieren bezeichne bezeichnen",
            "if": "falls sofern",
            "when": "wenn",
            "since": "da weil denn wegen aufgrund",
            "assume": "angenommen annahme annehmen wir_nehmen_an nehmen_wir_an vorausgesetzt gelte",
            "for": "für",
            "then": "dann",
            "therefore": "also somit daher folglich damit deshalb daraus",
            "we have": "gilt",
            "we obtain": "ergibt erhalten folgt",
            "that is": "d.h. das_heißt",
            "and": "und sowie",
            "or": "oder",
            "but": "aber jedoch sondern",
            "otherwise": "sonst andernfalls",
            "not": "nicht kein keine",
            "is": "ist",
            "are": "sind",
            "for example": "z.B. zum_Beispiel beispielsweise",
            "vector": "vektor",
            "mean": "mittelwert",
            "constant": "konstant konstante",
            "set to zero": "gleich_null nullsetzen null_setzen null_gesetzt",
            "zero": "null",
            "case": "fall",
            "probability": "wahrscheinlichkeit",
            "consider": "betrachten_wir betrachte betrachten",
            "we show": "wir_zeigen zeige zeigen_wir",
        },
        usual="der die das und ist wir nicht für mit von den eine wird auch",
    ),
    _Language(  # French
        {
            "where": "où",
            "with": "avec",
            "let": "soit soient posons notons définissons",
            "if": "si",
            "when": "lorsque quand lorsqu",
            "since": "car puisque parce_que comme sachant étant_donné",
            "assume": "supposons supposant on_suppose",
            "for": "pour pour_tout pour_tous",
            "then": "alors",
            "therefore": "donc ainsi d'où d’où par_conséquent",
            "we have": "on_a nous_avons",
            "we obtain": "on_obtient nous_obtenons",
            "that is": "c'est-à-dire c’est-à-dire autrement_dit",
            "and": "et",
            "or": "ou",
            "but": "mais",
            "otherwise": "sinon",
            "not": "pas",
            "is": "est",
            "for example": "par_exemple",
            "matrix": "matrice matrices",
            "vector": "vecteur vecteurs",
            "mean": "moyenne",
            "constant": "constante",
            "setting to zero": "en_annulant annulons annule",
            "zero": "zéro nul nulle",
            "case": "cas",
            "probability": "probabilité",
            "consider": "considérons prenons",
            "we show": "montrons prouvons on_montre",
            "of equation": "d'équation d’équation",
            "has the equation": "a_pour_équation ont_pour_équation",
            "for which": "pour_lequel pour_laquelle pour_lesquels pour_lesquelles",
            "wish to have": "souhaite_avoir souhaitait_avoir souhaitons_avoir voudrait_avoir",
        },
        usual="le la les des est une que pour dans nous sur par avec du",
    ),
    _Language(  # Spanish
        {
            "where": "donde",
            "with": "con",
            "let": "sea sean definimos denotamos definamos",
            "if": "si",
            "when": "cuando",
            "since": "ya_que porque puesto_que dado_que como debido_a",
            "assume": "supongamos suponiendo supóngase asumimos asumiendo suponemos asumamos",
            "for": "para",
            "then": "entonces resulta de_modo_que",
            "therefore": "luego por_lo_tanto por_tanto así",
            "we have": "tenemos se_tiene",
            "we obtain": "obtenemos se_obtiene",
            "that is": "es_decir o_sea",
            "and": "y e",
            "or": "o",
            "but": "pero",
            "otherwise": "de_lo_contrario en_otro_caso",
            "as follows": "como_sigue de_la_siguiente_manera de_la_siguiente_forma a_continuación",
            "not": "no",
            "is": "es",
            "for example": "por_ejemplo",
            "matrix": "matriz",
            "mean": "media promedio",
            "setting to zero": "igualando_a_cero igualamos_a_cero igualar_a_cero igualando "
            "igualamos",
            "zero": "cero",
            "case": "caso",
            "probability": "probabilidad",
            "consider": "consideremos considere consideramos",
            "we show": "mostremos probemos demostremos",
        },
        usual="el la los las de una que para en con del es por como",
    ),
    _Language(  # Portuguese
        {
            "where": "onde em_que",
            "with": "com",
            "let": "seja sejam definimos denotamos",
            "if": "se",
            "when": "quando",
            "since": "já_que porque pois uma_vez_que como dado_que",
            "assume": "suponha suponhamos assumindo supondo assumimos supomos",
            "for": "para",
            "then": "então resulta",
            "therefore": "portanto logo assim",
            "we have": "temos",
            "we obtain": "obtemos",
            "that is": "ou_seja isto_é",
            "and": "e",
            "or": "ou",
            "but": "mas",
            "otherwise": "caso_contrário",
            "as follows": "como_a_seguir como_segue conforme_a_seguir da_seguinte_forma",
            "not": "não",
            "is": "é",
            "for example": "por_exemplo",
            "matrix": "matriz",
            "vector": "vetor",
            "mean": "média",
            "setting to zero": "igualando_a_zero igualamos_a_zero igualando igualamos",
            "case": "caso",
            "probability": "probabilidade",
            "consider": "consideremos considere consideramos",
            "we show": "mostremos provemos",
        },
        usual="o os da do das dos uma que para em com não é por",
    ),
    _Language(  # Italian
        {
            "where": "dove",
            "with": "con",
            "let": "sia siano poniamo definiamo denotiamo indichiamo",
            "if": "se",
            "when": "quando",
            "since": "poiché perché dato_che siccome visto_che",
            "assume": "supponiamo assumiamo supponendo",
            "for": "per",
            "then": "allora",
            "therefore": "quindi dunque pertanto perciò",
            "we have": "abbiamo si_ha",
            "we obtain": "otteniamo si_ottiene",
            "that is": "cioè ovvero",
            "and": "e ed",
            "or": "o oppure",
            "but": "ma",
            "otherwise": "altrimenti",
            "not": "non",
            "is": "è",
            "for example": "per_esempio ad_esempio",
            "matrix": "matrice",
            "vector": "vettore",
            "mean": "media",
            "setting to zero": "annullando uguagliando_a_zero uguagliando ponendo_uguale_a_zero",
            "case": "caso",
            "probability": "probabilità",
            "consider": "consideriamo si_consideri",
            "we show": "mostriamo dimostriamo",
        },
        usual="il lo gli della di una che per con del è non sono nel",
    ),
    _Language(  # Vietnamese
        {
            "where": "trong_đó ở_đây",
            "with": "với",
            "for all": "với_mọi",
            "let": "đặt gọi cho",
            "if": "nếu",
            "when": "khi",
            "since": "vì do bởi_vì",
            "we used that": "đã_sử_dụng đã_sử_dụng_quan_sát đã_sử_dụng_nhận_xét",
            "in the last step": "ở_dòng_cuối_cùng ở_bước_cuối_cùng ở_bước_cuối",
            "assume": "giả_sử",
            "then": "thì",
            "therefore": "nên do_đó vậy suy_ra",
            "we have": "ta_có",
            "we obtain": "ta_được thu_được",
            "that is": "tức_là nghĩa_là",
            "and": "và",
            "or": "hoặc",
            "otherwise": "ngược_lại",
            "not": "không",
            "is": "là",
            "for example": "ví_dụ",
            "matrix": "ma_trận",
            "vector": "vectơ",
            "mean": "trung_bình",
            "consider": "xét",
        },
        usual="của là và các được một trong với cho này",
    ),
)
_USUAL_ENGLISH = frozenset(
    ["the", "of", "and", "is", "we", "to", "that", "for", "with", "are", "in", "by", "this", "as"]
)
_USUAL_CUES = frozenset(
    ["let", "then", "so", "since", "if", "when", "where", "assume", "hence", "thus", "therefore",
     "suppose", "now", "here", "because", "define", "case"]
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def in_english(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items, the cue words of their prose in English where the text is in another language."""
    language = _language(" ".join(item.text for item in items if isinstance(item, Prose)))
    if language is None:
        return tuple(items)
    translated = language.translator()
    result: list[Item] = []
    for item in _moved(items, language.after):
        if isinstance(item, Prose):
            text = translated("".join(_SIGNS.get(character, character) for character in item.text))
            item = replace(item, text=text)
        result.append(item)
    return tuple(result)


def is_english(document: Document) -> bool:
    """Whether the text of a document, as it was written, is in none of the other languages."""
    spans = (item.span for item in document.items if isinstance(item, Prose))
    return _language(" ".join(document.text[span.start : span.end] for span in spans)) is None


@lru_cache(8)
def _language(text: str) -> _Language | None:
    """The language of the text; None for English, and where it is not one of ours."""
    counts: dict[str, int] = {}
    for word in _WORD.findall(text.lower()):
        counts[word] = counts.get(word, 0) + 1

    def met(words: Iterable[str]) -> int:
        return sum(counts.get(word, 0) for word in words)

    def cues(language: _Language) -> int:
        return met({w for listed in language.words.values() for w in listed.lower().split()})

    english = met(_USUAL_ENGLISH)
    if not text.isascii():
        latin = any(word.isascii() and len(word) > 1 for word in counts)
        enough = 2 if not latin else 2 * _ENOUGH  # a short page with no other words
        for language in _LANGUAGES:
            if language.letters and len(re.findall(f"[{language.letters}]", text)) >= enough:
                return language
    spoken = [language for language in _LANGUAGES if language.usual]
    if english == 0:  # a short page: its cue words count as well
        likely = max(spoken, key=lambda language: met(language.usual.split()) + cues(language))
        usual = met(likely.usual.split())
        if usual >= 2 and usual + cues(likely) >= _ENOUGH:
            return likely
        return _of_hardly_a_word_else(counts)
    likely = max(spoken, key=lambda language: met(language.usual.split()))
    return likely if met(likely.usual.split()) >= max(_ENOUGH, 2 * english) else None


def _of_hardly_a_word_else(counts: Mapping[str, int]) -> _Language | None:
    """The language of "Sei $a = b$. Dann gilt": no sentence of more than its cue words."""
    told = {word for word in counts if len(word) > 1}

    def own(language: _Language) -> int:
        cues = {w for x in language.words.values() for w in re.split(r"[\s_]", x.lower())}
        return len(told & {word for word in cues if len(word) > 2})

    best, *others = sorted((x for x in _LANGUAGES if x.usual), key=own, reverse=True)
    enough = own(best) >= 2 and 2 * own(best) >= len(told) and own(best) > own(others[0])
    return best if enough and not told & _USUAL_CUES else None


def _moved(items: Sequence[Item], after: Mapping[str, str]) -> list[Item]:
    """The items, with the cues that stand behind inline formulas in front of them."""
    cues = [(word.replace("_", " "), cue) for cue, words in after.items() for word in words.split()]
    result: list[Item] = []
    for n, item in enumerate(items):
        following = items[n + 1] if n + 1 < len(items) else None
        if isinstance(item, Formula) and not item.display and isinstance(following, Prose):
            behind = following.text.lstrip()
            found = [cue for word, cue in cues if re.match(word, behind)]
            before = result[-1] if result else None
            if found and isinstance(before, Prose):
                result[-1] = replace(before, text=f"{before.text} {found[0]} ")
            elif found:  # right behind a display
                result.append(Prose(Span(item.span.start, item.span.start), f" {found[0]} "))
        result.append(item)
    return result
