"""Wrong versions of right documents: one edit each, with the line at which it must be caught."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """In ``line``, the first ``old`` becomes ``new``; ``caught`` is another line where it shows.

    ``supposed`` is a line whose step holds again, by the hypothesis that the edit changed with it.
    """

    line: int
    old: str
    new: str
    what: str
    caught: int | None = None
    supposed: int | None = None

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"

    def of(self, text: str) -> str:
        """The wrong version of a document."""
        lines = text.splitlines(keepends=True)
        before = lines[self.line - 1]
        assert self.old in before, f"{self.old!r} is not in line {self.line}: {before!r}"
        lines[self.line - 1] = before.replace(self.old, self.new, 1)
        return "".join(lines)


WEIGHTED_LIKELIHOOD = (
    Wrong(18, r"\frac{e^{s_i}}", r"\frac{e^{s_k}}", "index swapped above"),
    Wrong(18, r"\sum_{j} e^{s_j}", r"\sum_{j \neq i} e^{s_j}", "term excluded below"),
    Wrong(22, r"- \log(e^{s_i})", r"+ \log(e^{s_i})", "sign inside"),
    Wrong(24, r"w_i s_i", r"s_i", "factor dropped"),
    Wrong(24, r"- \sum_{i} w_i s_i", r"+ \sum_{i} w_i s_i", "sign"),
    Wrong(26, r"w_i s_i", r"w_i s_j", "index swapped in a sum"),
    Wrong(28, r"Since \( \sum_{i} w_i = 1 \)", "Now", "hypothesis lost", caught=30),
    Wrong(30, r"\log\left(", r"2 \log\left(", "factor added"),
    Wrong(36, r"= w_i", r"= w_k", "index of the answer"),
    Wrong(40, r"\cdot e^{s_i}", r"\cdot e^{2 s_i}", "exponent"),
    Wrong(40, r"\frac{1}{\sum_{j} e^{s_j}}", r"\frac{1}{\sum_{j=2}^{N} e^{s_j}}", "wrong bound"),
    Wrong(40, r"= p_i", r"= p_i^2", "square added"),
    Wrong(44, r"p_i - w_i", r"w_i - p_i", "sign of the gradient"),
    Wrong(48, r"= 0", r"= 1", "constant"),
)

TWO_CASES = (
    Wrong(18, r"(e^{a_j}) = e^{a_j}", r"(e^{a_j}) = a_j e^{a_j}", "a power's derivative"),
    Wrong(24, r"= e^{a_j}", r"= \sum_{i} e^{a_i}", "terms that do not survive"),
    Wrong(30, r"- (e^{a_j})", r"+ (e^{a_j})", "sign in the quotient rule"),
    Wrong(30, r")^2}", r")}", "square missing"),
    Wrong(31, r"\cdot 1", r"\cdot 2", "constant"),
    Wrong(32, r"(1 - \hat{q}_j)", r"(1 + \hat{q}_j)", "sign"),
    Wrong(39, r"= 0", r"= 1", "derivative of a constant"),
    Wrong(43, r"= e^{a_k}", r"= e^{a_j}", "index swapped"),
    Wrong(49, r"(0) \cdot", r"(1) \cdot", "numerator differentiated wrongly"),
    Wrong(50, r"- \hat{q}_j", r"\hat{q}_j", "sign of a case"),
    Wrong(61, r"= - \sum_{j=1}^{N}", r"= - \sum_{j=2}^{N}", "wrong bound"),
    Wrong(61, r"= - \frac{q_k}{\hat{q}_k}", r"= - \frac{q_k}{\hat{q}_k^2}", "exponent"),
    Wrong(65, r"\sum_j", r"\sum_{j \neq k}", "term excluded"),
    Wrong(67, r"\sum_{j \neq k}", r"\sum_{j}", "exclusion missing"),
    Wrong(71, r"q_j \hat{q}_k", r"q_j", "factor dropped"),
    Wrong(72, r"\left( q_k + \sum", r"\left( \sum", "term dropped"),
    Wrong(73, r"\hat{q}_k - q_k", r"\hat{q}_k + q_k", "sign of the gradient"),
)

SQUARED_DISTANCE = (
    Wrong(25, r"\mbox{e}^{x_i}}{", r"\mbox{e}^{x_j}}{", "index swapped"),
    Wrong(26, r"+ \mbox{e}", r"- \mbox{e}", "sign in the product rule"),
    Wrong(27, r"^{-2}", r"^{-1}", "square missing"),
    Wrong(28, r"o_i^2", r"o_i", "square missing in the result"),
    Wrong(37, r"^{-1}", r"^{-2}", "exponent"),
    Wrong(38, r"&= -\mbox", r"&= \mbox", "sign"),
    Wrong(39, r"-o_j \cdot o_i", r"-o_j", "factor dropped"),
    Wrong(49, r"\sum_j^{p}", r"\sum_{j \neq i}^{p}", "term excluded"),
    Wrong(50, r"\sum_{j \neq i}^{p}", r"\sum_{j}^{p}", "exclusion missing"),
    Wrong(50, r"+ \Big( o_i - y^*_i", r"+ \Big( o_i + y^*_i", "sign of a target"),
    Wrong(51, r"- \sum", r"\sum", "sign of a sum"),
    Wrong(51, r"(o_i - o_i^2)", r"(1 - o_i)", "factor dropped from the end"),
    Wrong(52, r"o_i \Bigg(", r"\Bigg(", "factor dropped in front"),
    Wrong(59, r"\sum_{j=1}^{p}", r"\sum_{j=2}^{p}", "wrong bound"),
)

OWN = {
    "weighted_likelihood.md": WEIGHTED_LIKELIHOOD,
    "two_cases.txt": TWO_CASES,
    "squared_distance.md": SQUARED_DISTANCE,
}

SEEDS = (
    (
        Wrong(27, r"\frac{e^{z_i}}", r"\frac{e^{z_k}}", "index swapped"),
        Wrong(27, r"\sum_{j} e^{z_j}", r"\sum_{j \neq i} e^{z_j}", "term excluded"),
        Wrong(33, r"- \log\left(", r"+ \log\left(", "sign"),
        Wrong(35, r"z_i - \log", r"z_i + \log", "sign"),
        Wrong(39, r"t_i z_i", r"z_i", "factor dropped"),
        Wrong(41, r"t_i z_i", r"t_i z_i^2", "square added"),
        Wrong(41, r"\right) \sum_{i} t_i", r"\right)", "factor dropped"),
        Wrong(
            43, r"Since \( \sum_{i} t_i = 1 \) (target probabilities sum to 1):", "Then",
            "hypothesis lost", caught=45,
        ),
        Wrong(45, r"- \sum_{i} t_i z_i", r"\sum_{i} t_i z_i", "sign"),
        Wrong(51, r"t_k z_k", r"t_k z_i", "index swapped"),
        Wrong(55, r"= - t_i", r"= t_i", "sign"),
        Wrong(55, r"= - t_i", r"= - t_k", "index swapped"),
        Wrong(59, r"\cdot e^{z_i} =", r"=", "factor dropped"),
        Wrong(59, r"\frac{1}{\sum_{j}", r"\frac{1}{\sum_{j=2}^{N}", "wrong bound"),
        Wrong(59, r"= y_i", r"= 1 - y_i", "complement"),
        Wrong(63, r"y_i - t_i", r"y_i + t_i", "sign"),
        Wrong(69, r"y_i - t_i", r"y_i^2 - t_i", "square added"),
    ),
    (
        Wrong(37, r"(e^{z_j}) = e^{z_j}", r"(e^{z_j}) = z_j e^{z_j}", "a power's derivative"),
        Wrong(45, r"= e^{z_j}", r"= \sum_{i} e^{z_i}", "terms that do not survive"),
        Wrong(49, r"- (e^{z_j})", r"+ (e^{z_j})", "sign"),
        Wrong(49, r")^2} \\", r")} \\", "square missing"),
        Wrong(49, r"(1 - \hat{y}_j) \end", r"(1 + \hat{y}_j) \end", "sign"),
        Wrong(51, r"(1 - \hat{y}_j)", r"(1 - 2 \hat{y}_j)", "factor added"),
        Wrong(67, r"= e^{z_k}", r"= e^{z_j}", "index swapped"),
        Wrong(71, r"(0) \cdot", r"(1) \cdot", "derivative of a constant"),
        Wrong(71, r"&= - \hat{y}_j", r"&= \hat{y}_j", "sign"),
        Wrong(73, r"- \hat{y}_j \hat{y}_k", r"- \hat{y}_j \hat{y}_j", "index swapped"),
        Wrong(88, r"y_j \log(\hat{y}_j)", r"y_j \log(\hat{y}_k)", "index swapped"),
        Wrong(92, r"= - \sum", r"= \sum", "sign"),
        Wrong(96, r"= \frac{1}{\hat{y}_k}", r"= \frac{1}{\hat{y}_k^2}", "exponent"),
        Wrong(100, r"= - \frac{y_k}{\hat{y}_k}", r"= \frac{y_k}{\hat{y}_k}", "sign"),
        Wrong(102, r"- \frac{y_k}{\hat{y}_k}", r"- y_k", "factor dropped"),
        Wrong(109, r"\sum_j", r"\sum_{j \neq k}", "term excluded"),
        Wrong(113, r"\sum_{j \neq k}", r"\sum_{j}", "exclusion missing"),
        Wrong(118, r"= -y_k(1-\hat{y}_k)", r"= -y_k(1+\hat{y}_k)", "sign"),
        Wrong(124, r"\sum_{j \neq k} (y_j", r"\sum_{j} (y_j", "exclusion missing"),
        Wrong(128, r"\hat{y}_k \left( y_k + \sum", r"\left( y_k + \sum", "factor dropped"),
        Wrong(133, r"= 1", r"= 2", "constant"),
        Wrong(136, r"\hat{y}_k - y_k", r"y_k - \hat{y}_k", "sign"),
    ),
    (
        Wrong(35, r"&=- \sum", r"&= \sum", "sign"),
        Wrong(36, r"\sum_{j \neq i}^{p}", r"\sum_{j}^{p}", "exclusion missing"),
        Wrong(36, r"- y^*_i", r"+ y^*_i", "sign"),
        Wrong(45, r"{\mbox{e}^{z_j}}", r"{\mbox{e}^{z_i}}", "index swapped"),
        Wrong(46, r"^{-1}", r"^{-2}", "exponent"),
        Wrong(47, r"^{-2}", r"^{-1}", "square missing"),
        Wrong(47, r"&= -\mbox", r"&= \mbox", "sign"),
        Wrong(48, r"-o_j \cdot o_i", r"-o_j", "factor dropped"),
        Wrong(58, r"+ \mbox", r"- \mbox", "sign"),
        Wrong(59, r"^{-2}", r"^{-1}", "square missing"),
        Wrong(60, r"o_i - o_i^2", r"o_i - o_i", "square missing"),
        Wrong(69, r"\sum_{j \neq i}^{p}", r"\sum_{j = 1}^{p}", "exclusion missing"),
        Wrong(70, r"\frac{1}{o_j}", r"\frac{1}{o_i}", "index swapped"),
        Wrong(80, r"- y^*_i \frac", r"+ y^*_i \frac", "sign"),
        Wrong(81, r"(1 - o_i)", r"(1 + o_i)", "sign"),
        Wrong(82, r"+ y^*_i  o_i", r"+ y^*_i", "factor dropped"),
        Wrong(83, r"\sum_{j =1}^{p}", r"\sum_{j =2}^{p}", "wrong bound", supposed=84),
        Wrong(
            83, r"\underbrace{\sum_{j =1}^{p} y^*_j }_{=1}", r"\sum_{j =1}^{p} y^*_j",
            "hypothesis lost", caught=84,
        ),
        Wrong(84, r"o_i  - y^*_i", r"o_i  + y^*_i", "sign"),
    ),
)  # fmt: skip
