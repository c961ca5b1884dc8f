"""float and double: what the elementary functions of the generated C need to know of each."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DOUBLE", "FLOAT", "Exponential", "Precision"]


@dataclass(frozen=True)
class Exponential:
    """How one exponential is computed, and how far off it is.

    ``coefficients``: of r^2, r^3, ... in e^r (see ``derive.codegen.exponential``), of relative
    error ``polynomial_error``; ``ln2``: the parts whose multiples are taken from an exponent, so
    that r is left.  ``error``: of the results, in ulp.
    """

    coefficients: tuple[str, ...]
    polynomial_error: str
    ln2: tuple[str, ...]
    error: str

    @property
    def degree(self) -> int:
        return len(self.coefficients) + 1


@dataclass(frozen=True)
class Precision:
    """One floating-point type.  Numbers are C literals.

    ``exp``: to about one ulp, for exponentials by themselves; ``exp_below``: for those of a
    softmax, which are divided by their sum, with as few multiplications as a few ulp allow.
    ``exp_measured``: where both errors were.  ``log_coefficients``: of z, z^2, ... (see
    ``derive.codegen.exponential``).  ``large``: from here on exponents have an offset taken off
    first; ``near``: how far a reference may be from the largest exponent.
    """

    real: str
    suffix: str
    letter: str
    bits: str
    integer: str
    shift: int
    exponent_bias_integer: int
    head: int
    large: str
    near: str
    magic: str
    log2e: str
    exp_lowest: str
    exp_highest: str
    one_bits: str
    root_half_bits: str
    fraction_mask: str
    smallest_normal: str
    up: str
    up_log: str
    exp: Exponential
    exp_below: Exponential
    exp_measured: str
    log_coefficients: tuple[str, ...]
    log_polynomial_error: str

    def number(self, text: str) -> str:
        """A C literal of this type."""
        return text + self.letter

    @property
    def halves(self) -> tuple[int, ...]:
        """Half of the entries that a pass takes at once, and so on down to 1."""
        return (8, 4, 2, 1) if self.real == "float" else (4, 2, 1)

    @property
    def columns(self) -> int:
        """How many numbers 16 bytes hold."""
        return 4 if self.real == "float" else 2

    def interleaved(self, vector: int, high: bool) -> str:
        """Indices that take turns in two vectors of so many bytes: the low or high 8 of each 16."""
        size = vector // 16 * self.columns
        half = self.columns // 2
        starts = range(half if high else 0, size, self.columns)
        places = [start + n for start in starts for n in range(half)]
        return ", ".join(f"{n}, {size + n}" for n in places)

    @property
    def zero(self) -> str:
        return self.number("0.0")

    @property
    def one(self) -> str:
        return self.number("1.0")

    @property
    def two(self) -> str:
        return self.number("2.0")

    @property
    def half(self) -> str:
        return self.number("0.5")

    @property
    def exponent_bias(self) -> str:
        return self.number(f"{self.exponent_bias_integer}.0")

    @property
    def whole(self) -> str:
        """The power of two from which on all numbers are whole ones, one apart at first."""
        return self.number(f"0x1p{self.shift}")

    @property
    def whole_bits(self) -> str:
        """Its bits."""
        bits = (self.exponent_bias_integer + self.shift) << self.shift
        return f"{self.bits.removesuffix('_t').upper()}_C({bits:#x})"

    @property
    def bias(self) -> str:
        return self.number(f"{self.exponent_bias_integer + self.head}.0")

    @property
    def ln2(self) -> str:
        return self.number("0.69314718055994531")

    @property
    def head_inverse(self) -> str:
        return self.number(f"0x1p-{self.head}")

    @property
    def log_ln2_high(self) -> str:
        return self.number(self.exp.ln2[0])

    @property
    def log_ln2_low(self) -> str:
        return self.number(self.exp.ln2[1])

    def reduced(self, exponential: Exponential) -> str:
        """r = w - n ln 2, by the parts of ln 2."""
        text = f"w - n * {self.number(exponential.ln2[0])}"
        for part in exponential.ln2[1:]:
            text = f"({text}) - n * {self.number(part)}"
        return text

    def polynomial_lines(self, exponential: Exponential) -> list[str]:
        """r + r^2 (c2 + c3 r + ...) in Estrin's form: pairs first, so that they run in parallel.

        A pair without a partner joins the one before it, which saves a power of r.
        """
        lines = [f"const {self.real} r2 = r * r;"]
        terms = []
        for n in range(0, len(exponential.coefficients), 2):
            pair = exponential.coefficients[n : n + 2]
            name = f"p{n}"
            second = f"{self.number(pair[1])} * r + " if len(pair) == 2 else ""
            lines.append(f"const {self.real} {name} = {second}{self.number(pair[0])};")
            terms.append(name)
        power = "r2"

        def joined(low: str, high: str) -> str:
            name = f"{low}_{high}"
            lines.append(f"const {self.real} {name} = {high} * {power} + {low};")
            return name

        while len(terms) > 1:
            if len(terms) % 2:
                *terms, low, high = terms
                terms.append(joined(low, high))
            terms = [joined(low, high) for low, high in zip(terms[::2], terms[1::2], strict=True)]
            if len(terms) > 1:
                square = f"r{2 * int(power[1:])}"
                lines.append(f"const {self.real} {square} = {power} * {power};")
                power = square
        return [*lines, f"return {terms[0]} * r2 + r;"]

    @property
    def log_lines(self) -> list[str]:
        """R = z (w1 + z (w2 + ...))."""
        *rest, last = map(self.number, self.log_coefficients)
        text = last
        for coefficient in reversed(rest):
            text = (
                f"{coefficient} + z * ({text})" if text != last else f"{coefficient} + z * {last}"
            )
        return [f"const {self.real} series = z * ({text});"]


FLOAT = Precision(
    real="float",
    suffix="f32",
    letter="f",
    bits="uint32_t",
    integer="int32_t",
    shift=23,
    exponent_bias_integer=127,
    head=64,
    large="300.0f",
    near="16.0f",
    magic="0x1.8p23f",
    log2e="0x1.715476p+0f",
    exp_lowest="-104.0f",
    exp_highest="89.0f",
    one_bits="UINT32_C(0x3f800000)",
    root_half_bits="UINT32_C(0x3f3504f3)",
    fraction_mask="UINT32_C(0x007fffff)",
    smallest_normal="FLT_MIN",
    up="0x1p25f",
    up_log="17.32868f",
    exp=Exponential(
        ("0x1.fffffcp-2", "0x1.555492p-3", "0x1.5558f2p-5", "0x1.123a20p-7", "0x1.6a23d4p-10"),
        polynomial_error="3.1e-9",
        ln2=("0x1.62ep-1", "0x1.0bfbe8p-15"),
        error="1.03",
    ),
    exp_below=Exponential(
        ("0x1.fffffcp-2", "0x1.555492p-3", "0x1.5558f2p-5", "0x1.123a20p-7", "0x1.6a23d4p-10"),
        polynomial_error="3.1e-9",
        ln2=("0x1.62e430p-1",),
        error="4.5",
    ),
    exp_measured="measured over every float in range",
    log_coefficients=("0x1.555554p-1", "0x1.999a7cp-2", "0x1.2438a8p-2", "0x1.e2fdd2p-3"),
    log_polynomial_error="4.9e-12",
)  # fmt: skip

DOUBLE = Precision(
    real="double",
    suffix="f64",
    letter="",
    bits="uint64_t",
    integer="int64_t",
    shift=52,
    exponent_bias_integer=1023,
    head=512,
    large="2200.0",
    near="100.0",
    magic="0x1.8p52",
    log2e="0x1.71547652b82fep+0",
    exp_lowest="-746.0",
    exp_highest="710.0",
    one_bits="UINT64_C(0x3ff0000000000000)",
    root_half_bits="UINT64_C(0x3fe6a09e667f3bcd)",
    fraction_mask="UINT64_C(0x000fffffffffffff)",
    smallest_normal="DBL_MIN",
    up="0x1p54",
    up_log="37.429947750237048",
    exp=Exponential(
        (
            "0x1.000000000000ap-1", "0x1.55555555554f9p-3", "0x1.555555555083fp-5",
            "0x1.1111111127d0cp-7", "0x1.6c16c1843897cp-10", "0x1.a01a012a0ff62p-13",
            "0x1.a01999e2a59d9p-16", "0x1.71df25b16e7f8p-19", "0x1.28ad9b499e616p-22",
            "0x1.ad7f416e9fbeap-26",
        ),
        polynomial_error="3.7e-18",
        ln2=("0x1.62e42fefap-1", "0x1.cf79abc9e3b3ap-40"),
        error="1.09",
    ),
    exp_below=Exponential(
        (
            "0x1.ffffffffffed1p-2", "0x1.5555555550777p-3", "0x1.55555555893fcp-5",
            "0x1.11111125c3954p-7", "0x1.6c16c0c7b7cf2p-10", "0x1.a0198d1d5e991p-13",
            "0x1.a01b7d06065adp-16", "0x1.72e95eb3563d0p-19", "0x1.2707771789e9dp-22",
        ),
        polynomial_error="3.0e-16",
        ln2=("0x1.62e42fefap-1", "0x1.cf79abc9e3b3ap-40"),
        error="3.1",
    ),
    exp_measured="measured at 10^8 numbers",
    log_coefficients=(
        "0x1.5555555555593p-1", "0x1.999999997fb31p-2", "0x1.2492494217a1fp-2",
        "0x1.c71c51e7f7099p-3", "0x1.7466462ca036dp-3", "0x1.39a0f4fff35ecp-3",
        "0x1.2f0d8eb593fbap-3",
    ),
    log_polynomial_error="1.3e-18",
)  # fmt: skip
