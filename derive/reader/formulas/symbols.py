"""Tables of what LaTeX commands and bare words mean to the parser.  A new symbol is a new entry."""

from __future__ import annotations


def word_set(source: str) -> frozenset[str]:
    return frozenset(source.split())


def _commands(source: str) -> frozenset[str]:
    return frozenset("\\" + word for word in source.split())


RELATIONS: dict[str, str] = {
    **dict.fromkeys(("=", "=="), "="),
    **dict.fromkeys(("\\ne", "\\neq", "!="), "!="),
    **dict.fromkeys(("<",), "<"),
    **dict.fromkeys((">",), ">"),
    **dict.fromkeys(("\\le", "\\leq", "\\leqslant", "\\leqq", "<="), "<="),
    **dict.fromkeys(("\\ge", "\\geq", "\\geqslant", "\\geqq", ">="), ">="),
    **dict.fromkeys(("\\approx", "\\approxeq", "\\simeq", "\\cong", "\\doteq"), "approx"),
    "\\equiv": "equiv",
    **dict.fromkeys(("\\propto", "\\varpropto"), "propto"),
    "\\in": "in",
    **dict.fromkeys(
        ("\\to", "\\rightarrow", "\\longrightarrow", "\\mapsto", "\\longmapsto", "->"), "to"
    ),
    **dict.fromkeys(("\\Rightarrow", "\\implies", "\\Longrightarrow", "=>"), "implies"),
    **dict.fromkeys(("\\iff", "\\Leftrightarrow", "\\Longleftrightarrow"), "iff"),
    **dict.fromkeys(
        (":=", "=:", "\\coloneqq", "\\coloneq", "\\triangleq",
         "\\stackrel{def}{=}", "\\eqdef", "\\defeq"),
        "assign",
    ),
    **dict.fromkeys(("\\leftarrow", "\\gets", "\\longleftarrow"), "from"),
    "\\sim": "sim",
    "\\notin": "notin",
    **dict.fromkeys(
        _commands(
            "ll gg subset subseteq supset supseteq perp asymp prec succ ni "
            "preceq succeq preccurlyeq succcurlyeq nsubseteq subsetneq supsetneq "
            "leftrightarrow longleftrightarrow nearrow searrow models vdash lesssim gtrsim"
        ),
        "other",
    ),
    ":": "other",
    "\\mid": "given",
    "\\parallel": "given",
}  # fmt: skip
"""The canonical text of a RelationSign for each way to write one; "from" is settled by a chain."""

LONG_RELATIONS: dict[str, str] = {
    "\\xrightarrow": "to", "\\xlongequal": "=", "\\xleftarrow": "from",
    "\\xRightarrow": "implies", "\\xequal": "=",
}  # fmt: skip
"""Relations with words above them; those in OVER set something above (or below) any sign."""
OVER = word_set("\\stackrel \\overset \\underset")

NEGATED: dict[str, str] = {"=": "!=", "in": "notin", "equiv": "other", "approx": "other"}

ARROWS_BETWEEN_STATEMENTS = word_set("implies iff")

SIGNS: dict[str, int] = {"+": 1, "-": -1, "\\pm": 0, "\\mp": 0}

PRODUCT_OPERATORS: dict[str, str] = {
    "\\cdot": "cdot", "\\times": "times", "*": "*", "\\*": "*", "\\odot": "odot", "\\circ": "odot",
    "\\star": "*", "\\otimes": "otimes", "\\oplus": "oplus", "\\setminus": "setminus",
    "\\cup": "cup", "\\cap": "cap", "\\backslash": "setminus", "@": "cdot",
}  # fmt: skip

QUOTIENTS = word_set("/ \\div \\oslash")

LETTERS = _commands(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
    "omicron pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta "
    "Alpha Beta Epsilon Zeta Eta Iota Kappa Mu Nu Omicron Rho Tau Chi "
    "Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega infty ell hbar top bot emptyset varnothing "
    "dagger imath jmath Re Im wp aleph intercal star ast digamma mho varGamma varDelta varTheta "
    "varLambda varXi varPi varSigma varUpsilon varPhi varPsi varOmega"
)
"""Commands that stand for one letter."""

FUNCTIONS = word_set(
    "log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth sech arcsin arccos arctan arcsinh "
    "arccosh arctanh det dim ker deg rank softmax sigmoid softplus relu ReLU sign sgn erf logit "
    "diag tr Tr vec sqrt logsumexp LogSumExp LSE Var Cov Pr expit Softmax Sigmoid elu gelu GELU "
    "silu SiLU swish gcd mean var cov abs Tanh Log Exp logsigmoid"
)
"""Names that act on what follows them, when written as a word."""

BARE_FUNCTIONS = word_set(
    "log ln exp sin cos tan sinh cosh tanh softmax sigmoid softplus relu ReLU sqrt logit argmax "
    "argmin max min sgn sign diag arctan logsumexp erf sum prod"
)
"""Functions that authors write without a backslash: a run of letters that spells one."""

NEEDS_BRACKET = FUNCTIONS - word_set(
    "log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth sech arcsin arccos arctan arcsinh "
    "arccosh arctanh det dim ker deg rank tr Tr diag vec sgn"
)
"""Functions that are names unless a bracket follows."""

FUNCTION_SPELLINGS: dict[str, str] = {
    "Softmax": "softmax", "Sigmoid": "sigmoid", "ReLU": "relu", "sgn": "sign", "Tr": "tr",
    "lg": "lg", "LogSumExp": "logsumexp", "LSE": "logsumexp", "expit": "sigmoid", "Tanh": "tanh",
    "Log": "log", "Exp": "exp", "GELU": "gelu", "SiLU": "silu",
    "arcsinh": "arsinh", "arccosh": "arcosh", "arctanh": "artanh",
}  # fmt: skip

OPERATORS: dict[str, str] = {
    "\\sum": "sum", "\\prod": "prod", "\\int": "int", "\\max": "max", "\\min": "min",
    "\\sup": "max", "\\inf": "min", "\\lim": "lim", "\\argmax": "argmax", "\\argmin": "argmin",
}  # fmt: skip
OPERATOR_WORDS: dict[str, str] = {
    "max": "max", "min": "min", "argmax": "argmax", "argmin": "argmin", "arg max": "argmax",
    "arg min": "argmin", "lim": "lim", "sup": "max", "inf": "min", "sum": "sum",
    "prod": "prod",
}  # fmt: skip

FONTS: dict[str, str] = {
    **dict.fromkeys(
        _commands("mathbf boldsymbol bm mathbfit pmb bf symbf vec overrightarrow bold"), "bold"
    ),
    **dict.fromkeys(_commands("mathrm rm mathsf sf mathtt tt mathup symrm"), "roman"),
    **dict.fromkeys(_commands("mathbb mathds Bbb mathbbm"), "blackboard"),
    **dict.fromkeys(_commands("mathcal cal mathscr mathfrak frak"), "calligraphic"),
    **dict.fromkeys(_commands("mathit it mathnormal"), ""),
}
FONT_SWITCHES = _commands("bf rm sf tt cal it frak")
"""Fonts that last to the end of their group rather than take an argument."""

WORD_FONTS = _commands(
    "mathrm rm mathsf sf mathtt tt mathit it textrm textit mathup symrm operatorname"
)
"""Fonts in which several letters are one word."""

ACCENTS: dict[str, str] = {
    **{name: name for name in _commands(
        "hat tilde bar dot ddot check grave acute breve dddot mathring"
    )},
    "\\widehat": "\\hat", "\\widetilde": "\\tilde", "\\overline": "\\bar",
    "\\underline": "\\underline", "\\widecheck": "\\check",
}  # fmt: skip

TEXTS = _commands("text mbox textrm textnormal textbf textit textsf texttt hbox emph textup textsl")
FRACTIONS = _commands("frac dfrac tfrac cfrac nicefrac sfrac flatfrac")

ELLIPSES = _commands("ldots cdots vdots ddots")

GROUPS: dict[str, str] = {
    "(": ")", "[": "]", "\\{": "\\}", "\\langle": "\\rangle", "\\lfloor": "\\rfloor",
    "\\lceil": "\\rceil", "\\lvert": "\\rvert", "\\lVert": "\\rVert",
}  # fmt: skip
CLOSERS = frozenset(GROUPS.values())
DELIMITERS: dict[str, str] = {
    "(": "()", "[": "[]", "\\{": "{}", "\\langle": "⟨⟩", "\\lfloor": "⌊⌋", "\\lceil": "⌈⌉",
    "\\lvert": "||", "\\lVert": "‖‖", "|": "||", "\\|": "‖‖", "<": "⟨⟩",
}  # fmt: skip

TRANSPARENT_ENVIRONMENTS = word_set(
    "align aligned alignat alignedat flalign gather gathered multline multlined split eqnarray "
    "equation subequations displaymath math dmath IEEEeqnarray center"
)
"""Environments whose rows are rows of the formula."""
COLUMN_PAIRS = word_set("align aligned alignat alignedat flalign")
"""Those in which every second ``&`` begins another equation."""
CASES_ENVIRONMENTS = word_set("cases dcases rcases drcases numcases")
MATRIX_ENVIRONMENTS = word_set("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array")
ARGUMENT_ENVIRONMENTS = word_set("alignat alignedat array IEEEeqnarray numcases")
"""Environments whose \\begin takes an argument."""

WORDS_OF_THREE = word_set(
    "err out hat net new old cat dog sum avg std var cov max min num acc val obj reg act pre pos "
    "neg ref tot dim len lin mid bin mse mae bce nll idx inp tgt lab hid emb gen cls fin log exp "
    "row col rms MSE MAE SSE RSS TSS NLL BCE CCE LSE KLD MLE MAP FFN MLP RNN GAN SGD SVM PCA ELU "
    "SST SSR RMS CEL Err Out New Old Var Cov Max Min Std Avg Net Reg opt est obs"
)
"""Words of three letters that are not products of three; longer ones are recognised by vowels."""
