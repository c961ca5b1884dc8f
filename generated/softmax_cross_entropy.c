/* Generated: do not edit.  `derive generate softmax_cross_entropy.md` writes this file again, byte for byte.
 *
 * From softmax_cross_entropy.md (sha256 873228331a57c925f1a429882e68e458a435e9d202f8c49df3266f850192376b):
 *   line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 *   line 62 (proved): y_i = \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}}
 *   line 63 (proved): \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}} = \frac{e^{-m} e^{z_i}}{\sum_j e^{-m} e^{z_j}}
 *   line 64 (proved): \frac{e^{-m} e^{z_i}}{\sum_j e^{-m} e^{z_j}} = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}}
 *   line 103 (proved): \log y_i = z_i - z_r - \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 *   line 140 (proved): \frac{\partial y_i}{\partial z_k} = y_i (\delta_{ik} - y_k)
 *   line 149 (definition): v_k = \sum_i g_i \frac{\partial y_i}{\partial z_k}
 *   line 153 (proved): v_k = \sum_i g_i y_i (\delta_{ik} - y_k)
 *   line 154 (proved): \sum_i g_i y_i (\delta_{ik} - y_k) = g_k y_k - y_k \sum_i g_i y_i
 *   line 155 (proved): g_k y_k - y_k \sum_i g_i y_i = y_k \left( g_k - \sum_i g_i y_i \right)
 *   line 163 (definition): L = - \sum_i t_i \log y_i
 *   line 182 (proved): L = \sum_i t_i \left( z_r - z_i + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right) \right)
 *   line 183 (proved): \sum_i t_i \left( z_r - z_i + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right) \right) = \sum_i t_i (z_r - z_i) + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 *   line 202 (proved): \frac{\partial L}{\partial z_i} = y_i - t_i
 *   line 211 (proved): \frac{\partial L}{\partial z_r} = \frac{e^{z_r - m} (1 - t_r) - t_r \sum_{j \neq r} e^{z_j - m}} {e^{z_r - m} + \sum_{j \neq r} e^{z_j - m}}
 *   line 219 (proved): \frac{\partial L}{\partial z_i} = \frac{e^{z_i - m}}{e^{z_r - m} + \sum_{j \neq r} e^{z_j - m}} - t_i
 *   line 234 (definition): E = - \log y_l
 *   line 240 (proved): E = z_r - z_l + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 *   line 252 (proved): \frac{\partial E}{\partial z_l} = - (1 - y_l)
 *   line 253 (proved): - (1 - y_l) = - \frac{\sum_{j \neq l} e^{z_j - m}}{\sum_j e^{z_j - m}}
 *   line 261 (proved): \frac{\partial E}{\partial z_i} = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}}
 */

#include "softmax_cross_entropy.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

/* gcc takes vectors of half a line of the cache on most processors that have those of a whole one: loops
   over many entries are a quarter slower so. */
#if defined(__AVX512F__) && !defined(__clang__) && defined(__GNUC__) && __GNUC__ >= 8
#pragma GCC target("prefer-vector-width=512")
#endif

#if defined(__GNUC__) || defined(__clang__)
#define INLINE static inline __attribute__((always_inline, unused))
#define UNUSED __attribute__((unused))
#else
#define INLINE static inline
#define UNUSED
#endif

/* Whether a multiplication and an addition are one instruction, which rounds once. */
#if defined(FP_FAST_FMAF) || defined(__FMA__) || defined(__ARM_FEATURE_FMA)
#define FUSED
#endif

/* A loop over the few entries that a pass takes at once.  To unroll it before it becomes vector code
   would keep it from becoming vector code. */
#if defined(__GNUC__) && !defined(__clang__)
#define ENTRIES(i, count) _Pragma("GCC unroll 1") for (int i = 0; i < (count); i++)
#else
#define ENTRIES(i, count) for (int i = 0; i < (count); i++)
#endif

/* With OpenMP, loops marked VECTOR_LOOP may be reordered and rows are shared among threads. */
#define PRAGMA(text) _Pragma(#text)
#ifdef _OPENMP
#define VECTOR_LOOP(clauses) PRAGMA(omp simd clauses)
#define PARALLEL_ROWS(condition) PRAGMA(omp parallel for schedule(static) if (condition))
#define THREADS ((size_t)omp_get_max_threads())
#define THREAD ((size_t)omp_get_thread_num())
#else
#define VECTOR_LOOP(clauses)
#define PARALLEL_ROWS(condition)
#define THREADS ((size_t)1)
#define THREAD ((size_t)0)
#endif

enum {
    SEARCH = 64, /* entries that are searched for the largest in one go */
    SHORT = 24, /* rows of at most so many entries are computed side by side, */
    LANES = 64, /* so many at a time */
    LINE = 64, /* bytes of a line of the cache */
    GROUP_f32 = LINE / sizeof(float), /* entries that a pass takes at once: a line */
    GROUP_f64 = LINE / sizeof(double),
    FEW = 10, /* groups that are summed before what rounding loses is kept */
    TOGETHER = 32, /* rows that have what no pass needs computed together */
    BLOCK = 160, /* entries that wait to go past the caches together */
    AHEAD = 2048, /* bytes that are fetched ahead of the passes, */
    FAR_AHEAD = 4096, /* and where outputs go past the caches, so that inputs have room in them */
    STREAM_BYTES = 16777216, /* outputs larger than this go past the caches */
    PARALLEL_STEPS = 65536 /* below this much work, threads cost more than they save */
};

/* How a row's entries are stored: in the caches; past them line by line, where the row begins with a
   line; or past them in blocks that wait until they fill lines. */
enum { NEAR, BY_LINES, BY_BLOCKS };

/* Whether the group of entries that begins at this place is the last of a few. */
#define IS_FEW(at, group) ((at) / (group) % FEW == FEW - 1)

/* A few groups, from the one that begins at this place: unrolled once the entries are vector code. */
#if defined(__GNUC__) && !defined(__clang__)
#define FEW_GROUPS(at, group) _Pragma("GCC unroll 10") for (int few = 0; few < FEW; few++, (at) += (group))
#else
#define FEW_GROUPS(at, group) for (int few = 0; few < FEW; few++, (at) += (group))
#endif

/* A sum with the part that its rounding lost. */
typedef struct { double sum, lost; } parts;

INLINE void add(parts *p, double x)
{
    const double sum = p->sum + x;
    const double back = sum - p->sum;
    p->lost += (p->sum - (sum - back)) + (x - back);
    p->sum = sum;
}

/* An infinite sum has lost nothing that could be said. */
INLINE double total(parts p) { return p.lost - p.lost == 0 ? p.sum + p.lost : p.sum; }

/* Stores of a whole line to memory past the caches, where the hardware has them: the only intrinsics here. */
#if defined(__AVX512F__)
#include <immintrin.h>
INLINE void store_past_caches(void *to, const void *from) { _mm512_stream_si512(to, _mm512_loadu_si512(from)); }
INLINE void stream_done(void) { _mm_sfence(); }
#elif defined(__AVX__)
#include <immintrin.h>
INLINE void store_past_caches(void *to, const void *from)
{
    for (size_t n = 0; n < LINE / sizeof(__m256i); n++)
        _mm256_stream_si256((__m256i *)to + n, _mm256_loadu_si256((const __m256i *)from + n));
}
INLINE void stream_done(void) { _mm_sfence(); }
#elif defined(__SSE2__)
#include <emmintrin.h>
INLINE void store_past_caches(void *to, const void *from)
{
    for (size_t n = 0; n < LINE / sizeof(__m128i); n++)
        _mm_stream_si128((__m128i *)to + n, _mm_loadu_si128((const __m128i *)from + n));
}
INLINE void stream_done(void) { _mm_sfence(); }
#else
INLINE void store_past_caches(void *to, const void *from) { memcpy(to, from, LINE); }
INLINE void stream_done(void) { }
#endif

/* Memory that will be read soon is fetched, and so is what will be written, or else each store would
   wait for the line that it changes a part of; addresses past the end of an array do no harm. */
#if defined(__GNUC__) || defined(__clang__)
#define PREFETCH(x, count, ahead, written) \
    do { \
        for (int bytes = 0; bytes < (count) * (int)sizeof *(x); bytes += LINE) \
            __builtin_prefetch((const void *)((uintptr_t)(x) + (uintptr_t)(ahead) + (uintptr_t)bytes), written, 3); \
    } while (0)
#else
#define PREFETCH(x, count, ahead, written) ((void)0)
#endif

/* Whether an array of these sizes can exist. */
INLINE int fits(size_t entry, size_t count, const size_t *sizes)
{
    size_t room = SIZE_MAX / entry;
    for (size_t n = 0; n < count; n++) {
        if (sizes[n] != 0 && room / sizes[n] == 0)
            return 0;
        room = sizes[n] == 0 ? room : room / sizes[n];
    }
    return 1;
}

/* Whether all labels are in 0, ..., size - 1 or the one that is ignored: no early end, so that it is vector code. */
static UNUSED int are_below(const int64_t *labels, size_t count, size_t size, const int64_t *ignored)
{
    const int64_t end = (int64_t)size, apart = ignored ? *ignored : -1;
    const int none = ignored == NULL;
    int outside = 0;
    for (size_t at = 0; at < count; at++)
        outside |= ((labels[at] < 0) | (labels[at] >= end)) & (none | (labels[at] != apart));
    return !outside;
}

/* ---- float: elementary functions as plain arithmetic, so that loops over them become vector code ---- */

INLINE float from_bits_f32(uint32_t u) { float x; memcpy(&x, &u, sizeof x); return x; }
INLINE uint32_t to_bits_f32(float x) { uint32_t u; memcpy(&u, &x, sizeof u); return u; }

/* e^r - 1 for |r| <= ln 2 / 2: a polynomial of degree 6, of relative error 3.1e-9 before rounding.
   With it exp_f32 is off by at most 1.03 ulp (measured over every float in range).
   `python -m derive.codegen.exponential` finds the coefficients and measures the errors again. */
INLINE float exp_polynomial_f32(float r)
{
    const float r2 = r * r;
    const float p0 = 0x1.555492p-3f * r + 0x1.fffffcp-2f;
    const float p2 = 0x1.123a20p-7f * r + 0x1.5558f2p-5f;
    const float p4 = 0x1.6a23d4p-10f;
    const float p2_p4 = p4 * r2 + p2;
    const float p0_p2_p4 = p2_p4 * r2 + p0;
    return p0_p2_p4 * r2 + r;
}

/* A constant m near a largest exponent, to be taken from all exponents: m = offset + ln 2 * integer,
   where the integer is in the magic number that rounds (and in it 64 more, so that results are
   2^64 times as large and stay clear of the subnormal numbers).  Large exponents are close to
   each other wherever the result is not 0, so that x - offset is exact; small ones need no offset.
   Either way the exponent loses no digit.  At low, the power of two is the one below all normal
   numbers, which its bits spell as 0. */
typedef struct { float largest, offset, low, magic; } reference_f32;

INLINE int is_large_f32(float x) { return !(x > -300.0f && x < 300.0f); }

INLINE reference_f32 reference_near_f32(float largest)
{
    reference_f32 m;
    const float turn = 0x1.8p23f;
    const float whole = is_large_f32(largest) ? 0 : (largest * 0x1.715476p+0f + turn) - turn;
    m.largest = largest;
    m.offset = is_large_f32(largest) ? largest : 0;
    m.low = (whole - 191.0f) * 0.69314718055994531f;
    m.magic = turn + 191.0f - whole;
    return m;
}

/* Whether another row's reference serves: results are then the same to the last bit, since references
   without an offset differ by powers of two. */
INLINE int is_near_f32(reference_f32 m, float largest)
{
    if (is_large_f32(largest))
        return m.offset == largest;
    return m.offset == 0 && m.largest - largest <= 16.0f && largest - m.largest <= 16.0f;
}

/* w - n ln 2.  With ln 2 rounded it is off by 1.9e-9 n, which shows far below the largest exponent only;
   but the product must not be rounded, too. */
INLINE float exp_below_remainder_f32(float w, float n)
{
#ifdef FUSED
    return fmaf(-n, 0x1.62e430p-1f, w);
#else
    return (w - n * 0x1.62ep-1f) - n * 0x1.0bfbe8p-15f;
#endif
}

/* 2^64 e^(x - m), and 0 where that is below all normal numbers; off by at most 4.5 ulp while
   e^(x - m) is normal too (measured over every float in range). */
INLINE float exp_from_f32(float x, float offset, float low, float magic)
{
    const float v = x - offset;
    const float w = v < low ? low : v; /* NaN passes */
    const float t = w * 0x1.715476p+0f + magic;
    const float n = t - magic;
    const float r = exp_below_remainder_f32(w, n);
    const float scale = from_bits_f32(to_bits_f32(t) << 23);
    return exp_polynomial_f32(r) * scale + scale;
}

/* e^(x - largest) itself. */
INLINE float exp_below_f32(float x, float offset, float low, float magic)
{
    return exp_from_f32(x, offset, low, magic) * 0x1p-64f;
}

/* e^x for every x: scaled in two steps, so that neither overflows before the result does. */
INLINE float exp_f32(float x)
{
    const float magic = 0x1.8p23f;
    const float u = x < -104.0f ? -104.0f : x;
    const float w = u > 89.0f ? 89.0f : u;
    const float t = w * 0x1.715476p+0f + magic;
    const float n = t - magic;
    const float r = (w - n * 0x1.62ep-1f) - n * 0x1.0bfbe8p-15f;
    const float half = (n * 0.5f + magic) - magic;
    const float one = from_bits_f32(to_bits_f32(half + (magic + 127.0f)) << 23);
    const float two = from_bits_f32(to_bits_f32((n - half) + (magic + 127.0f)) << 23);
    const float e = (exp_polynomial_f32(r) * one + one) * two;
    return x < -104.0f ? 0 : x > 89.0f ? (float)INFINITY : e;
}

/* log(u) + tail for u in (0, inf): u = 2^k (1 + f), s = f / (2 + f), and the series of artanh as a
   polynomial in s^2 of relative error 4.9e-12.  k is read off as the last bits of a
   large number: vectors of 64-bit integers have no conversion before AVX-512. */
INLINE float log_sum_f32(float u, float tail)
{
    const uint32_t shifted = to_bits_f32(u) + (UINT32_C(0x3f800000) - UINT32_C(0x3f3504f3));
    const float k = from_bits_f32((shifted >> 23) | UINT32_C(0x4b000000)) - (0x1p23f + 127.0f);
    const float f = from_bits_f32((shifted & UINT32_C(0x007fffff)) + UINT32_C(0x3f3504f3)) - 1.0f;
    const float s = f / (f + 2.0f);
    const float z = s * s;
    const float h = f * f * 0.5f;
    const float series = z * (0x1.555554p-1f + z * (0x1.999a7cp-2f + z * (0x1.2438a8p-2f + z * 0x1.e2fdd2p-3f)));
    return k * 0x1.62ep-1f + (f - (h - (s * (h + series) + (k * 0x1.0bfbe8p-15f + tail))));
}

/* log x for every x. */
INLINE float log_f32(float x)
{
    const int is_small = x < FLT_MIN;
    const float value = log_sum_f32(is_small ? x * 0x1p25f : x, 0) - (is_small ? 17.32868f : 0);
    const float edge = x == 0 ? -(float)INFINITY : x < 0 ? (float)NAN : x;
    return x > 0 && x < (float)INFINITY ? value : edge;
}

/* log(1 + x): the part of x that 1 + x rounds away comes back as its own term. */
INLINE float log1p_f32(float x)
{
    const float u = 1.0f + x;
    const float lost = x < 1.0f ? x - (u - 1.0f) : 1.0f - (u - x);
    const float value = log_sum_f32(u, lost / u);
    const float edge = x == -1.0f ? -(float)INFINITY : x < -1.0f ? (float)NAN : x;
    return x > -1.0f && x < (float)INFINITY ? value : edge;
}

INLINE float sigmoid_f32(float x)
{
    const float e = exp_f32(x < 0 ? x : -x);
    return (x < 0 ? e : 1.0f) / (1.0f + e);
}

INLINE float softplus_f32(float x)
{
    return (x > 0 ? x : 0) + log1p_f32(exp_f32(x < 0 ? x : -x));
}

/* Of two numbers the one that is not the larger. */
INLINE float other_f32(float x, float y, float larger)
{
    return from_bits_f32(to_bits_f32(x) ^ to_bits_f32(y) ^ to_bits_f32(larger));
}

/* ---- float: reductions of a pass, which takes GROUP_f32 entries at once ---- */

INLINE void fill_f32(float *lanes, float value)
{
    for (int lane = 0; lane < GROUP_f32; lane++)
        lanes[lane] = value;
}

/* Sums of lanes: what the last few groups added up to; and of lanes two by two, all before them and
   what their rounding lost. */
typedef struct { float recent[GROUP_f32], value[GROUP_f32 / 2], lost[GROUP_f32 / 2]; } sums_f32;

/* A few groups begin with -0, which added to any number changes nothing. */
INLINE void begin_f32(sums_f32 *all) { fill_f32(all->recent, -0.0f); }

INLINE void add_f32(sums_f32 *all, int lane, float x) { all->recent[lane] += x; }

INLINE void settle_f32(sums_f32 *all)
{
    ENTRIES(lane, GROUP_f32 / 2) {
        const float x = all->recent[lane] + all->recent[lane + GROUP_f32 / 2], sum = all->value[lane] + x;
        all->lost[lane] += x - (sum - all->value[lane]);
        all->value[lane] = sum;
    }
}

/* All lanes together, by halves.  Each half is an array of its own, so that
   compilers keep it in registers.  An infinite sum has lost nothing that could be said. */
INLINE double total_f32(sums_f32 *all)
{
    settle_f32(all);
    double sum8[8];
    for (int lane = 0; lane < 8; lane++)
        sum8[lane] = (double)all->value[lane] + (double)all->lost[lane];
    double sum4[4];
    for (int lane = 0; lane < 4; lane++)
        sum4[lane] = sum8[lane] + sum8[lane + 4];
    double sum2[2];
    for (int lane = 0; lane < 2; lane++)
        sum2[lane] = sum4[lane] + sum4[lane + 2];
    double sum1[1];
    for (int lane = 0; lane < 1; lane++)
        sum1[lane] = sum2[lane] + sum2[lane + 1];
    if (sum1[0] - sum1[0] == 0)
        return sum1[0];
    double value = 0;
    for (int lane = 0; lane < 8; lane++)
        value += (double)all->value[lane];
    return value;
}

INLINE double product_f32(const float *lanes)
{
    double product = 1;
    for (int lane = 0; lane < GROUP_f32; lane++)
        product *= (double)lanes[lane];
    return product;
}

/* The largest of the lanes, by halves. */
INLINE float largest_f32(const float *lanes)
{
    float best8[8];
    for (int lane = 0; lane < 8; lane++)
        best8[lane] = lanes[lane + 8] > lanes[lane] ? lanes[lane + 8] : lanes[lane];
    float best4[4];
    for (int lane = 0; lane < 4; lane++)
        best4[lane] = best8[lane + 4] > best8[lane] ? best8[lane + 4] : best8[lane];
    float best2[2];
    for (int lane = 0; lane < 2; lane++)
        best2[lane] = best4[lane + 2] > best4[lane] ? best4[lane + 2] : best4[lane];
    float best1[1];
    for (int lane = 0; lane < 1; lane++)
        best1[lane] = best2[lane + 1] > best2[lane] ? best2[lane + 1] : best2[lane];
    return best1[0];
}

/* The largest of an array; minus infinity where none is above it. */
INLINE float maximum_f32(size_t count, const float *x)
{
    float best[GROUP_f32];
    size_t at = 0;
    fill_f32(best, -(float)INFINITY);
    for (; count - at >= GROUP_f32; at += GROUP_f32)
        ENTRIES(lane, GROUP_f32)
            best[lane] = x[at + (size_t)lane] > best[lane] ? x[at + (size_t)lane] : best[lane];
    ENTRIES(lane, (int)(count - at))
        best[lane] = x[at + (size_t)lane] > best[lane] ? x[at + (size_t)lane] : best[lane];
    return largest_f32(best);
}

/* Where the largest, which is known, stands first; 0 where none is above minus infinity. */
static UNUSED size_t position_f32(size_t count, const float *x, float largest)
{
    size_t at = 0;
    for (; count - at >= SEARCH; at += SEARCH) {
        int32_t found = 0;
        for (int n = 0; n < SEARCH; n++)
            found |= x[at + (size_t)n] == largest;
        if (found)
            break;
    }
    for (; at < count; at++)
        if (x[at] == largest)
            return at;
    return 0;
}

/* The sum of x[n] over all n but one. */
static UNUSED double without_f32(size_t count, const float *x, size_t index)
{
    sums_f32 sum = { {0}, {0}, {0} };
    size_t at = 0;
    for (; count - at >= GROUP_f32; at += GROUP_f32) {
        ENTRIES(lane, GROUP_f32)
            add_f32(&sum, lane, at + (size_t)lane == index ? 0 : x[at + (size_t)lane]);
        if (IS_FEW(at, GROUP_f32)) {
            settle_f32(&sum);
            begin_f32(&sum);
        }
    }
    ENTRIES(lane, (int)(count - at))
        add_f32(&sum, lane, at + (size_t)lane == index ? 0 : x[at + (size_t)lane]);
    return total_f32(&sum);
}

/* Of a few groups, from entry first on, the sums of lanes are kept. */
INLINE void keep_few_f32(float *kept, size_t first, const sums_f32 *all) { memcpy(kept + first / FEW, all->recent, sizeof all->recent); }

/* The sum of all few groups but those from entry first on. */
static UNUSED double few_without_f32(size_t count, const float *kept, size_t first)
{
    sums_f32 sum = { {0}, {0}, {0} };
    for (size_t at = 0; at < count; at += FEW * GROUP_f32) {
        begin_f32(&sum);
        if (at != first)
            ENTRIES(lane, GROUP_f32)
                add_f32(&sum, lane, kept[at / FEW + (size_t)lane]);
        settle_f32(&sum);
    }
    begin_f32(&sum);
    return total_f32(&sum);
}

/* Room for such sums of one row, whose last few groups may be less. */
INLINE size_t few_stride_f32(size_t count) { return (count / (FEW * GROUP_f32) + 1) * GROUP_f32; }

/* Room for one row that is kept, to whole lines of the cache. */
INLINE size_t stride_f32(size_t count) { return (count + GROUP_f32 - 1) / GROUP_f32 * GROUP_f32; }

/* How many entries lie between the start of a line of the cache and x. */
INLINE size_t past_line_f32(const float *x) { return (size_t)((uintptr_t)x % LINE) / sizeof(*x); }

/* Entries block, ..., end - 1 of a row of count, which wait after the first shift: whole lines go past
   the caches, what is left of the last one waits for the next block. */
static UNUSED void pass_on_f32(float *row, size_t block, size_t end, size_t count, float *waiting, size_t shift)
{
    const size_t line = LINE / sizeof(*row), ready = shift + (end - block);
    size_t n = 0;
    if (block == 0 && shift != 0) { /* the rest of this line belongs to another row */
        for (n = shift; n < line && n < ready; n++)
            row[n - shift] = waiting[n];
    }
    for (; ready - n >= line; n += line)
        store_past_caches(row + (block + n - shift), waiting + n);
    if (end == count) {
        for (; n < ready; n++)
            row[block + n - shift] = waiting[n];
    } else {
        for (size_t left = 0; n < ready; left++, n++)
            waiting[left] = waiting[n];
    }
}

/* ---- double: elementary functions as plain arithmetic, so that loops over them become vector code ---- */

INLINE double from_bits_f64(uint64_t u) { double x; memcpy(&x, &u, sizeof x); return x; }
INLINE uint64_t to_bits_f64(double x) { uint64_t u; memcpy(&u, &x, sizeof u); return u; }

/* e^r - 1 for |r| <= ln 2 / 2: a polynomial of degree 11, of relative error 3.7e-18 before rounding.
   With it exp_f64 is off by at most 1.09 ulp (measured at 10^8 numbers).
   `python -m derive.codegen.exponential` finds the coefficients and measures the errors again. */
INLINE double exp_polynomial_f64(double r)
{
    const double r2 = r * r;
    const double p0 = 0x1.55555555554f9p-3 * r + 0x1.000000000000ap-1;
    const double p2 = 0x1.1111111127d0cp-7 * r + 0x1.555555555083fp-5;
    const double p4 = 0x1.a01a012a0ff62p-13 * r + 0x1.6c16c1843897cp-10;
    const double p6 = 0x1.71df25b16e7f8p-19 * r + 0x1.a01999e2a59d9p-16;
    const double p8 = 0x1.ad7f416e9fbeap-26 * r + 0x1.28ad9b499e616p-22;
    const double p6_p8 = p8 * r2 + p6;
    const double p0_p2 = p2 * r2 + p0;
    const double p4_p6_p8 = p6_p8 * r2 + p4;
    const double r4 = r2 * r2;
    const double p0_p2_p4_p6_p8 = p4_p6_p8 * r4 + p0_p2;
    return p0_p2_p4_p6_p8 * r2 + r;
}

/* The same of degree 10 and relative error 3.0e-16, for exponentials that are divided by their sum. */
INLINE double exp_below_polynomial_f64(double r)
{
    const double r2 = r * r;
    const double p0 = 0x1.5555555550777p-3 * r + 0x1.ffffffffffed1p-2;
    const double p2 = 0x1.11111125c3954p-7 * r + 0x1.55555555893fcp-5;
    const double p4 = 0x1.a0198d1d5e991p-13 * r + 0x1.6c16c0c7b7cf2p-10;
    const double p6 = 0x1.72e95eb3563d0p-19 * r + 0x1.a01b7d06065adp-16;
    const double p8 = 0x1.2707771789e9dp-22;
    const double p6_p8 = p8 * r2 + p6;
    const double p0_p2 = p2 * r2 + p0;
    const double p4_p6_p8 = p6_p8 * r2 + p4;
    const double r4 = r2 * r2;
    const double p0_p2_p4_p6_p8 = p4_p6_p8 * r4 + p0_p2;
    return p0_p2_p4_p6_p8 * r2 + r;
}

/* A constant m near a largest exponent, to be taken from all exponents: m = offset + ln 2 * integer,
   where the integer is in the magic number that rounds (and in it 512 more, so that results are
   2^512 times as large and stay clear of the subnormal numbers).  Large exponents are close to
   each other wherever the result is not 0, so that x - offset is exact; small ones need no offset.
   Either way the exponent loses no digit.  At low, the power of two is the one below all normal
   numbers, which its bits spell as 0. */
typedef struct { double largest, offset, low, magic; } reference_f64;

INLINE int is_large_f64(double x) { return !(x > -2200.0 && x < 2200.0); }

INLINE reference_f64 reference_near_f64(double largest)
{
    reference_f64 m;
    const double turn = 0x1.8p52;
    const double whole = is_large_f64(largest) ? 0 : (largest * 0x1.71547652b82fep+0 + turn) - turn;
    m.largest = largest;
    m.offset = is_large_f64(largest) ? largest : 0;
    m.low = (whole - 1535.0) * 0.69314718055994531;
    m.magic = turn + 1535.0 - whole;
    return m;
}

/* Whether another row's reference serves: results are then the same to the last bit, since references
   without an offset differ by powers of two. */
INLINE int is_near_f64(reference_f64 m, double largest)
{
    if (is_large_f64(largest))
        return m.offset == largest;
    return m.offset == 0 && m.largest - largest <= 100.0 && largest - m.largest <= 100.0;
}

/* 2^512 e^(x - m), and 0 where that is below all normal numbers; off by at most 3.1 ulp while
   e^(x - m) is normal too (measured at 10^8 numbers). */
INLINE double exp_from_f64(double x, double offset, double low, double magic)
{
    const double v = x - offset;
    const double w = v < low ? low : v; /* NaN passes */
    const double t = w * 0x1.71547652b82fep+0 + magic;
    const double n = t - magic;
    const double r = (w - n * 0x1.62e42fefap-1) - n * 0x1.cf79abc9e3b3ap-40;
    const double scale = from_bits_f64(to_bits_f64(t) << 52);
    return exp_below_polynomial_f64(r) * scale + scale;
}

/* e^(x - largest) itself. */
INLINE double exp_below_f64(double x, double offset, double low, double magic)
{
    return exp_from_f64(x, offset, low, magic) * 0x1p-512;
}

/* e^x for every x: scaled in two steps, so that neither overflows before the result does. */
INLINE double exp_f64(double x)
{
    const double magic = 0x1.8p52;
    const double u = x < -746.0 ? -746.0 : x;
    const double w = u > 710.0 ? 710.0 : u;
    const double t = w * 0x1.71547652b82fep+0 + magic;
    const double n = t - magic;
    const double r = (w - n * 0x1.62e42fefap-1) - n * 0x1.cf79abc9e3b3ap-40;
    const double half = (n * 0.5 + magic) - magic;
    const double one = from_bits_f64(to_bits_f64(half + (magic + 1023.0)) << 52);
    const double two = from_bits_f64(to_bits_f64((n - half) + (magic + 1023.0)) << 52);
    const double e = (exp_polynomial_f64(r) * one + one) * two;
    return x < -746.0 ? 0 : x > 710.0 ? (double)INFINITY : e;
}

/* log(u) + tail for u in (0, inf): u = 2^k (1 + f), s = f / (2 + f), and the series of artanh as a
   polynomial in s^2 of relative error 1.3e-18.  k is read off as the last bits of a
   large number: vectors of 64-bit integers have no conversion before AVX-512. */
INLINE double log_sum_f64(double u, double tail)
{
    const uint64_t shifted = to_bits_f64(u) + (UINT64_C(0x3ff0000000000000) - UINT64_C(0x3fe6a09e667f3bcd));
    const double k = from_bits_f64((shifted >> 52) | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023.0);
    const double f = from_bits_f64((shifted & UINT64_C(0x000fffffffffffff)) + UINT64_C(0x3fe6a09e667f3bcd)) - 1.0;
    const double s = f / (f + 2.0);
    const double z = s * s;
    const double h = f * f * 0.5;
    const double series = z * (0x1.5555555555593p-1 + z * (0x1.999999997fb31p-2 + z * (0x1.2492494217a1fp-2 + z * (0x1.c71c51e7f7099p-3 + z * (0x1.7466462ca036dp-3 + z * (0x1.39a0f4fff35ecp-3 + z * 0x1.2f0d8eb593fbap-3))))));
    return k * 0x1.62e42fefap-1 + (f - (h - (s * (h + series) + (k * 0x1.cf79abc9e3b3ap-40 + tail))));
}

/* log x for every x. */
INLINE double log_f64(double x)
{
    const int is_small = x < DBL_MIN;
    const double value = log_sum_f64(is_small ? x * 0x1p54 : x, 0) - (is_small ? 37.429947750237048 : 0);
    const double edge = x == 0 ? -(double)INFINITY : x < 0 ? (double)NAN : x;
    return x > 0 && x < (double)INFINITY ? value : edge;
}

/* log(1 + x): the part of x that 1 + x rounds away comes back as its own term. */
INLINE double log1p_f64(double x)
{
    const double u = 1.0 + x;
    const double lost = x < 1.0 ? x - (u - 1.0) : 1.0 - (u - x);
    const double value = log_sum_f64(u, lost / u);
    const double edge = x == -1.0 ? -(double)INFINITY : x < -1.0 ? (double)NAN : x;
    return x > -1.0 && x < (double)INFINITY ? value : edge;
}

INLINE double sigmoid_f64(double x)
{
    const double e = exp_f64(x < 0 ? x : -x);
    return (x < 0 ? e : 1.0) / (1.0 + e);
}

INLINE double softplus_f64(double x)
{
    return (x > 0 ? x : 0) + log1p_f64(exp_f64(x < 0 ? x : -x));
}

/* Of two numbers the one that is not the larger. */
INLINE double other_f64(double x, double y, double larger)
{
    return from_bits_f64(to_bits_f64(x) ^ to_bits_f64(y) ^ to_bits_f64(larger));
}

/* ---- double: reductions of a pass, which takes GROUP_f64 entries at once ---- */

INLINE void fill_f64(double *lanes, double value)
{
    for (int lane = 0; lane < GROUP_f64; lane++)
        lanes[lane] = value;
}

/* Sums of lanes: what the last few groups added up to; and of lanes two by two, all before them and
   what their rounding lost. */
typedef struct { double recent[GROUP_f64], value[GROUP_f64 / 2], lost[GROUP_f64 / 2]; } sums_f64;

/* A few groups begin with -0, which added to any number changes nothing. */
INLINE void begin_f64(sums_f64 *all) { fill_f64(all->recent, -0.0); }

INLINE void add_f64(sums_f64 *all, int lane, double x) { all->recent[lane] += x; }

INLINE void settle_f64(sums_f64 *all)
{
    ENTRIES(lane, GROUP_f64 / 2) {
        const double x = all->recent[lane] + all->recent[lane + GROUP_f64 / 2], sum = all->value[lane] + x;
        all->lost[lane] += x - (sum - all->value[lane]);
        all->value[lane] = sum;
    }
}

/* All lanes together, by halves; what that rounds away is not lost either.  Each half is an array of its own, so that
   compilers keep it in registers.  An infinite sum has lost nothing that could be said. */
INLINE double total_f64(sums_f64 *all)
{
    settle_f64(all);
    double sum2[2], lost2[2];
    for (int lane = 0; lane < 2; lane++) {
        const double a = all->value[lane], b = all->value[lane + 2], both = a + b, back = both - a;
        lost2[lane] = all->lost[lane] + all->lost[lane + 2] + ((a - (both - back)) + (b - back));
        sum2[lane] = both;
    }
    double sum1[1], lost1[1];
    for (int lane = 0; lane < 1; lane++) {
        const double a = sum2[lane], b = sum2[lane + 1], both = a + b, back = both - a;
        lost1[lane] = lost2[lane] + lost2[lane + 1] + ((a - (both - back)) + (b - back));
        sum1[lane] = both;
    }
    return lost1[0] - lost1[0] == 0 ? sum1[0] + lost1[0] : sum1[0];
}

INLINE double product_f64(const double *lanes)
{
    double product = 1;
    for (int lane = 0; lane < GROUP_f64; lane++)
        product *= (double)lanes[lane];
    return product;
}

/* The largest of the lanes, by halves. */
INLINE double largest_f64(const double *lanes)
{
    double best4[4];
    for (int lane = 0; lane < 4; lane++)
        best4[lane] = lanes[lane + 4] > lanes[lane] ? lanes[lane + 4] : lanes[lane];
    double best2[2];
    for (int lane = 0; lane < 2; lane++)
        best2[lane] = best4[lane + 2] > best4[lane] ? best4[lane + 2] : best4[lane];
    double best1[1];
    for (int lane = 0; lane < 1; lane++)
        best1[lane] = best2[lane + 1] > best2[lane] ? best2[lane + 1] : best2[lane];
    return best1[0];
}

/* The largest of an array; minus infinity where none is above it. */
INLINE double maximum_f64(size_t count, const double *x)
{
    double best[GROUP_f64];
    size_t at = 0;
    fill_f64(best, -(double)INFINITY);
    for (; count - at >= GROUP_f64; at += GROUP_f64)
        ENTRIES(lane, GROUP_f64)
            best[lane] = x[at + (size_t)lane] > best[lane] ? x[at + (size_t)lane] : best[lane];
    ENTRIES(lane, (int)(count - at))
        best[lane] = x[at + (size_t)lane] > best[lane] ? x[at + (size_t)lane] : best[lane];
    return largest_f64(best);
}

/* Where the largest, which is known, stands first; 0 where none is above minus infinity. */
static UNUSED size_t position_f64(size_t count, const double *x, double largest)
{
    size_t at = 0;
    for (; count - at >= SEARCH; at += SEARCH) {
        int64_t found = 0;
        for (int n = 0; n < SEARCH; n++)
            found |= x[at + (size_t)n] == largest;
        if (found)
            break;
    }
    for (; at < count; at++)
        if (x[at] == largest)
            return at;
    return 0;
}

/* The sum of x[n] over all n but one. */
static UNUSED double without_f64(size_t count, const double *x, size_t index)
{
    sums_f64 sum = { {0}, {0}, {0} };
    size_t at = 0;
    for (; count - at >= GROUP_f64; at += GROUP_f64) {
        ENTRIES(lane, GROUP_f64)
            add_f64(&sum, lane, at + (size_t)lane == index ? 0 : x[at + (size_t)lane]);
        if (IS_FEW(at, GROUP_f64)) {
            settle_f64(&sum);
            begin_f64(&sum);
        }
    }
    ENTRIES(lane, (int)(count - at))
        add_f64(&sum, lane, at + (size_t)lane == index ? 0 : x[at + (size_t)lane]);
    return total_f64(&sum);
}

/* Of a few groups, from entry first on, the sums of lanes are kept. */
INLINE void keep_few_f64(double *kept, size_t first, const sums_f64 *all) { memcpy(kept + first / FEW, all->recent, sizeof all->recent); }

/* The sum of all few groups but those from entry first on. */
static UNUSED double few_without_f64(size_t count, const double *kept, size_t first)
{
    sums_f64 sum = { {0}, {0}, {0} };
    for (size_t at = 0; at < count; at += FEW * GROUP_f64) {
        begin_f64(&sum);
        if (at != first)
            ENTRIES(lane, GROUP_f64)
                add_f64(&sum, lane, kept[at / FEW + (size_t)lane]);
        settle_f64(&sum);
    }
    begin_f64(&sum);
    return total_f64(&sum);
}

/* Room for such sums of one row, whose last few groups may be less. */
INLINE size_t few_stride_f64(size_t count) { return (count / (FEW * GROUP_f64) + 1) * GROUP_f64; }

/* Room for one row that is kept, to whole lines of the cache. */
INLINE size_t stride_f64(size_t count) { return (count + GROUP_f64 - 1) / GROUP_f64 * GROUP_f64; }

/* How many entries lie between the start of a line of the cache and x. */
INLINE size_t past_line_f64(const double *x) { return (size_t)((uintptr_t)x % LINE) / sizeof(*x); }

/* Entries block, ..., end - 1 of a row of count, which wait after the first shift: whole lines go past
   the caches, what is left of the last one waits for the next block. */
static UNUSED void pass_on_f64(double *row, size_t block, size_t end, size_t count, double *waiting, size_t shift)
{
    const size_t line = LINE / sizeof(*row), ready = shift + (end - block);
    size_t n = 0;
    if (block == 0 && shift != 0) { /* the rest of this line belongs to another row */
        for (n = shift; n < line && n < ready; n++)
            row[n - shift] = waiting[n];
    }
    for (; ready - n >= line; n += line)
        store_past_caches(row + (block + n - shift), waiting + n);
    if (end == count) {
        for (; n < ready; n++)
            row[block + n - shift] = waiting[n];
    } else {
        for (size_t left = 0; n < ready; left++, n++)
            waiting[left] = waiting[n];
    }
}

/* ---- rows side by side: blocks of several rows and columns turn in registers, where the compiler has shuffles ---- */

#ifdef __has_builtin
#if __has_builtin(__builtin_shufflevector)
#define SHUFFLES
#endif
#endif

#ifdef SHUFFLES
#ifdef __AVX__
#define VECTOR 32
#else
#define VECTOR 16
#endif
typedef float half_f32 __attribute__((vector_size(16))), vector_f32 __attribute__((vector_size(VECTOR)));
typedef double half_f64 __attribute__((vector_size(16))), vector_f64 __attribute__((vector_size(VECTOR)));

/* Of each 16 bytes of two vectors the low or the high 8, entries in turn. */
#if VECTOR == 32
#define LOW_f32(x, y) __builtin_shufflevector(x, y, 0, 8, 1, 9, 4, 12, 5, 13)
#define HIGH_f32(x, y) __builtin_shufflevector(x, y, 2, 10, 3, 11, 6, 14, 7, 15)
#define LOW_f64(x, y) __builtin_shufflevector(x, y, 0, 4, 2, 6)
#define HIGH_f64(x, y) __builtin_shufflevector(x, y, 1, 5, 3, 7)
#else
#define LOW_f32(x, y) __builtin_shufflevector(x, y, 0, 4, 1, 5)
#define HIGH_f32(x, y) __builtin_shufflevector(x, y, 2, 6, 3, 7)
#define LOW_f64(x, y) __builtin_shufflevector(x, y, 0, 2)
#define HIGH_f64(x, y) __builtin_shufflevector(x, y, 1, 3)
#endif

/* Each 16 bytes of v[0], ..., v[3] are a row of a square, which is transposed. */
INLINE void turn_f32(vector_f32 *v)
{
    const vector_f64 a = (vector_f64)LOW_f32(v[0], v[1]), b = (vector_f64)HIGH_f32(v[0], v[1]);
    const vector_f64 c = (vector_f64)LOW_f32(v[2], v[3]), d = (vector_f64)HIGH_f32(v[2], v[3]);
    v[0] = (vector_f32)LOW_f64(a, c);
    v[1] = (vector_f32)HIGH_f64(a, c);
    v[2] = (vector_f32)LOW_f64(b, d);
    v[3] = (vector_f32)HIGH_f64(b, d);
}

/* The 16 bytes at low, and in a vector of 32 those at high as well. */
INLINE void load_f32(vector_f32 *v, const float *low, const float *high)
{
    half_f32 x;
    memcpy(&x, low, sizeof x);
#if VECTOR == 32
    half_f32 y;
    memcpy(&y, high, sizeof y);
    *v = __builtin_shufflevector(x, y, 0, 1, 2, 3, 4, 5, 6, 7);
#else
    (void)high;
    *v = x;
#endif
}

INLINE void store_f32(float *low, float *high, const vector_f32 *v)
{
#if VECTOR == 32
    const half_f32 x = __builtin_shufflevector(*v, *v, 0, 1, 2, 3);
    const half_f32 y = __builtin_shufflevector(*v, *v, 4, 5, 6, 7);
    memcpy(high, &y, sizeof y);
#else
    const half_f32 x = *v;
    (void)high;
#endif
    memcpy(low, &x, sizeof x);
}

/* Each 16 bytes of v[0], ..., v[1] are a row of a square, which is transposed. */
INLINE void turn_f64(vector_f64 *v)
{
    const vector_f64 a = v[0], b = v[1];
    v[0] = LOW_f64(a, b);
    v[1] = HIGH_f64(a, b);
}

/* The 16 bytes at low, and in a vector of 32 those at high as well. */
INLINE void load_f64(vector_f64 *v, const double *low, const double *high)
{
    half_f64 x;
    memcpy(&x, low, sizeof x);
#if VECTOR == 32
    half_f64 y;
    memcpy(&y, high, sizeof y);
    *v = __builtin_shufflevector(x, y, 0, 1, 2, 3);
#else
    (void)high;
    *v = x;
#endif
}

INLINE void store_f64(double *low, double *high, const vector_f64 *v)
{
#if VECTOR == 32
    const half_f64 x = __builtin_shufflevector(*v, *v, 0, 1);
    const half_f64 y = __builtin_shufflevector(*v, *v, 2, 3);
    memcpy(high, &y, sizeof y);
#else
    const half_f64 x = *v;
    (void)high;
#endif
    memcpy(low, &x, sizeof x);
}

#endif

/* entries[n * LANES + lane] = rows[lane * size + n]; lanes beyond the last row repeat it. */
static UNUSED void to_lanes_f32(size_t count, size_t lanes, size_t size, const float *rows, float *entries)
{
#ifdef SHUFFLES
    for (size_t lane = 0; size >= 4 && lane < lanes; lane += VECTOR / sizeof(*rows)) {
        const float *row[VECTOR / sizeof(*rows)];
        if (count - lane >= VECTOR / sizeof(*rows) && lane < count)
            for (size_t k = 0; k < VECTOR / sizeof(*rows); k++)
                row[k] = rows + (lane + k) * size;
        else
            for (size_t k = 0; k < VECTOR / sizeof(*rows); k++)
                row[k] = rows + (lane + k < count ? lane + k : count - 1) * size;
        for (size_t n = 0; n < size; n += 4) {
            const size_t at = n + 4 <= size ? n : size - 4; /* the last columns may come twice */
            vector_f32 v[4];
            load_f32(&v[0], row[0] + at, row[0 + VECTOR / 16 * 4 - 4] + at);
            load_f32(&v[1], row[1] + at, row[1 + VECTOR / 16 * 4 - 4] + at);
            load_f32(&v[2], row[2] + at, row[2 + VECTOR / 16 * 4 - 4] + at);
            load_f32(&v[3], row[3] + at, row[3 + VECTOR / 16 * 4 - 4] + at);
            turn_f32(v);
            memcpy(entries + (at + 0) * LANES + lane, &v[0], VECTOR);
            memcpy(entries + (at + 1) * LANES + lane, &v[1], VECTOR);
            memcpy(entries + (at + 2) * LANES + lane, &v[2], VECTOR);
            memcpy(entries + (at + 3) * LANES + lane, &v[3], VECTOR);
        }
    }
    if (size >= 4)
        return;
#endif
    for (size_t lane = 0; lane < lanes; lane++)
        for (size_t n = 0; n < size; n++)
            entries[n * LANES + lane] = rows[(lane < count ? lane : count - 1) * size + n];
}

/* rows[lane * size + n] = entries[n * LANES + lane]. */
static UNUSED void from_lanes_f32(size_t count, size_t size, const float *entries, float *rows)
{
    size_t lane = 0;
#ifdef SHUFFLES
    for (; size >= 4 && count - lane >= VECTOR / sizeof(*rows); lane += VECTOR / sizeof(*rows)) {
        float *row = rows + lane * size;
        for (size_t n = 0; n < size; n += 4) {
            const size_t at = n + 4 <= size ? n : size - 4;
            vector_f32 v[4];
            memcpy(&v[0], entries + (at + 0) * LANES + lane, VECTOR);
            memcpy(&v[1], entries + (at + 1) * LANES + lane, VECTOR);
            memcpy(&v[2], entries + (at + 2) * LANES + lane, VECTOR);
            memcpy(&v[3], entries + (at + 3) * LANES + lane, VECTOR);
            turn_f32(v);
            store_f32(row + 0 * size + at, row + (0 + VECTOR / 16 * 4 - 4) * size + at, &v[0]);
            store_f32(row + 1 * size + at, row + (1 + VECTOR / 16 * 4 - 4) * size + at, &v[1]);
            store_f32(row + 2 * size + at, row + (2 + VECTOR / 16 * 4 - 4) * size + at, &v[2]);
            store_f32(row + 3 * size + at, row + (3 + VECTOR / 16 * 4 - 4) * size + at, &v[3]);
        }
    }
#endif
    for (; lane < count; lane++)
        for (size_t n = 0; n < size; n++)
            rows[lane * size + n] = entries[n * LANES + lane];
}

/* entries[n * LANES + lane] = rows[lane * size + n]; lanes beyond the last row repeat it. */
static UNUSED void to_lanes_f64(size_t count, size_t lanes, size_t size, const double *rows, double *entries)
{
#ifdef SHUFFLES
    for (size_t lane = 0; size >= 2 && lane < lanes; lane += VECTOR / sizeof(*rows)) {
        const double *row[VECTOR / sizeof(*rows)];
        if (count - lane >= VECTOR / sizeof(*rows) && lane < count)
            for (size_t k = 0; k < VECTOR / sizeof(*rows); k++)
                row[k] = rows + (lane + k) * size;
        else
            for (size_t k = 0; k < VECTOR / sizeof(*rows); k++)
                row[k] = rows + (lane + k < count ? lane + k : count - 1) * size;
        for (size_t n = 0; n < size; n += 2) {
            const size_t at = n + 2 <= size ? n : size - 2; /* the last columns may come twice */
            vector_f64 v[2];
            load_f64(&v[0], row[0] + at, row[0 + VECTOR / 16 * 2 - 2] + at);
            load_f64(&v[1], row[1] + at, row[1 + VECTOR / 16 * 2 - 2] + at);
            turn_f64(v);
            memcpy(entries + (at + 0) * LANES + lane, &v[0], VECTOR);
            memcpy(entries + (at + 1) * LANES + lane, &v[1], VECTOR);
        }
    }
    if (size >= 2)
        return;
#endif
    for (size_t lane = 0; lane < lanes; lane++)
        for (size_t n = 0; n < size; n++)
            entries[n * LANES + lane] = rows[(lane < count ? lane : count - 1) * size + n];
}

/* rows[lane * size + n] = entries[n * LANES + lane]. */
static UNUSED void from_lanes_f64(size_t count, size_t size, const double *entries, double *rows)
{
    size_t lane = 0;
#ifdef SHUFFLES
    for (; size >= 2 && count - lane >= VECTOR / sizeof(*rows); lane += VECTOR / sizeof(*rows)) {
        double *row = rows + lane * size;
        for (size_t n = 0; n < size; n += 2) {
            const size_t at = n + 2 <= size ? n : size - 2;
            vector_f64 v[2];
            memcpy(&v[0], entries + (at + 0) * LANES + lane, VECTOR);
            memcpy(&v[1], entries + (at + 1) * LANES + lane, VECTOR);
            turn_f64(v);
            store_f64(row + 0 * size + at, row + (0 + VECTOR / 16 * 2 - 2) * size + at, &v[0]);
            store_f64(row + 1 * size + at, row + (1 + VECTOR / 16 * 2 - 2) * size + at, &v[1]);
        }
    }
#endif
    for (; lane < count; lane++)
        for (size_t n = 0; n < size; n++)
            rows[lane * size + n] = entries[n * LANES + lane];
}

#undef SHUFFLES
#undef VECTOR

/* ==== softmax_f32 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 62 (proved): y_i = \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}}
 * line 63 (proved): \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}} = \frac{e^{-m} e^{z_i}}{\sum_j e^{-m} e^{z_j}}
 * line 64 (proved): \frac{e^{-m} e^{z_i}}{\sum_j e^{-m} e^{z_j}} = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}}
 */

/* What a row of softmax_f32 knows on its way through the passes. */
typedef struct {
    const float *logits;
    float *probabilities;
    float *kept1;
    reference_f32 reference1;
    int again;
    double maximum1, sum1, c1;
} softmax_row_f32;

INLINE void softmax_pass1_f32(int count, const float *restrict logits, reference_f32 reference1, float *restrict kept1, float *restrict maximum1, sums_f32 *restrict sum1)
{
    ENTRIES(i, count) {
        const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = v1;
        maximum1[i] = logits[i] > maximum1[i] ? logits[i] : maximum1[i];
        add_f32(sum1, i, v1);
    }
}

INLINE void softmax_pass2_f32(int count, const float *restrict kept1, double c1, float *restrict probabilities)
{
    ENTRIES(i, count) {
        probabilities[i] = kept1[i] * (float)c1;
    }
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop.  plain: no exponent has an offset. */
INLINE void softmax_passes_f32(int passes, int plain, int stream, size_t classes, softmax_row_f32 *row1, softmax_row_f32 *row2)
{
    softmax_row_f32 in1 = *row1, in2 = *row2;
    if (plain) {
        in1.reference1.offset = 0;
    }
    float maximum1[GROUP_f32];
    fill_f32(maximum1, -(float)INFINITY);
    sums_f32 sum1 = { {0}, {0}, {0} };
    float waiting[BLOCK + GROUP_f32];
    const size_t shift = past_line_f32(in2.probabilities);
    const size_t step = stream == BY_BLOCKS ? BLOCK : classes;
    for (size_t block = 0; block < classes; block += step) {
        const size_t end = classes - block < step ? classes : block + step;
        float *probabilities = stream == BY_BLOCKS ? waiting + shift : in2.probabilities + block;
        size_t at = block;
        while (end - at >= FEW * GROUP_f32) {
            begin_f32(&sum1);
            FEW_GROUPS(at, GROUP_f32) {
                if (passes & 2) {
                    if (stream == NEAR) PREFETCH(in2.probabilities + at, GROUP_f32, AHEAD, 1);
                    float line[GROUP_f32];
                    softmax_pass2_f32(GROUP_f32, in2.kept1 + at, in2.c1, stream == BY_LINES ? line : probabilities + (at - block));
                    if (stream == BY_LINES) store_past_caches(probabilities + (at - block), line);
                }
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    softmax_pass1_f32(GROUP_f32, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
                }
            }
            settle_f32(&sum1);
        }
        begin_f32(&sum1);
        for (; end - at >= GROUP_f32; at += GROUP_f32) {
            if (passes & 2) {
                if (stream == NEAR) PREFETCH(in2.probabilities + at, GROUP_f32, AHEAD, 1);
                float line[GROUP_f32];
                softmax_pass2_f32(GROUP_f32, in2.kept1 + at, in2.c1, stream == BY_LINES ? line : probabilities + (at - block));
                if (stream == BY_LINES) store_past_caches(probabilities + (at - block), line);
            }
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                softmax_pass1_f32(GROUP_f32, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
            }
        }
        if (end - at >= 8) {
            if (passes & 2)
                softmax_pass2_f32(8, in2.kept1 + at, in2.c1, probabilities + (at - block));
            if (passes & 1)
                softmax_pass1_f32(8, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
            at += 8;
        }
        if (end - at >= 4) {
            if (passes & 2)
                softmax_pass2_f32(4, in2.kept1 + at, in2.c1, probabilities + (at - block));
            if (passes & 1)
                softmax_pass1_f32(4, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 2)
                softmax_pass2_f32(2, in2.kept1 + at, in2.c1, probabilities + (at - block));
            if (passes & 1)
                softmax_pass1_f32(2, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 2)
                softmax_pass2_f32(1, in2.kept1 + at, in2.c1, probabilities + (at - block));
            if (passes & 1)
                softmax_pass1_f32(1, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
        }
        if (stream == BY_BLOCKS)
            pass_on_f32(in2.probabilities, block, end, classes, waiting, shift);
    }
    if (passes & 1) {
        softmax_row_f32 *row = row1;
        const float peak = largest_f32(maximum1);
        row->again = !is_near_f32(row->reference1, peak);
        if (row->again) {
            row->reference1 = reference_near_f32(peak);
            return;
        }
        row->maximum1 = largest_f32(maximum1);
        row->sum1 = total_f32(&sum1);
        row->c1 = 1.0 / row->sum1;
    }
}

/* Some passes on one row, by themselves. */
static void softmax_alone_f32(int passes, size_t classes, softmax_row_f32 *row)
{
    softmax_passes_f32(passes, 0, NEAR, classes, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void softmax_step_f32(size_t classes, softmax_row_f32 *ring, size_t step, size_t fed, int stream)
{
    softmax_row_f32 *row1 = &ring[step % 2];
    softmax_row_f32 *row2 = &ring[(step - 1) % 2];
    if (step >= 1 && step < fed && row1->reference1.offset == 0) {
        if (stream && past_line_f32(row2->probabilities) == 0)
            softmax_passes_f32(3, 1, BY_LINES, classes, row1, row2);
        else if (stream)
            softmax_passes_f32(3, 1, BY_BLOCKS, classes, row1, row2);
        else
            softmax_passes_f32(3, 1, NEAR, classes, row1, row2);
    }
    else {
        if (step >= 1 && step - 1 < fed)
            softmax_alone_f32(2, classes, row2);
        if (step < fed)
            softmax_alone_f32(1, classes, row1);
    }
    if (step < fed && row1->again) /* the guess was not near enough */
        softmax_alone_f32(1, classes, row1);
}

static void softmax_rows_f32(size_t from, size_t to, size_t classes, const float *logits, float *probabilities, float *kept, int stream)
{
    softmax_row_f32 ring[2];
    size_t fed = 0;
    for (size_t row = from; row < to; row++) {
        ring[fed % 2] = (softmax_row_f32){ .logits = logits + row * classes, .probabilities = probabilities + row * classes, .kept1 = kept, .reference1 = fed ? ring[(fed - 1) % 2].reference1 : reference_near_f32(logits[row * classes]) };
        fed++;
        softmax_step_f32(classes, ring, fed - 1, fed, stream);
    }
    for (size_t step = fed; step < fed + 1; step++)
        softmax_step_f32(classes, ring, step, fed, stream);
    if (stream)
        stream_done();
}

static void softmax_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, float *probabilities_rows)
{
    float logits[SHORT * LANES];
    to_lanes_f32(count, lanes, classes, logits_rows, logits);
    float probabilities[SHORT * LANES];
    float kept1[SHORT * LANES];
    float maximum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) maximum1[lane] = -(float)INFINITY;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int maximum1_better = logits[i * LANES + lane] > maximum1[lane];
            maximum1[lane] = maximum1_better ? logits[i * LANES + lane] : maximum1[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(maximum1[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const float v1_here = exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            sum1[lane] += v1_here;
        }
    float c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = 1.0f / sum1[lane];
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            probabilities[i * LANES + lane] = kept1[i * LANES + lane] * c1[lane];
        }
    from_lanes_f32(count, classes, probabilities, probabilities_rows);
}

static int softmax_checked_f32(size_t rows, size_t classes, const float *logits, float *probabilities)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (logits == NULL || probabilities == NULL)
        return KERNEL_NULL;
    {
        if (classes <= SHORT) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                softmax_tile_f32(count, lanes, classes, logits + row * classes, probabilities + row * classes);
            }
            return KERNEL_DONE;
        }
        const int stream = rows * classes > STREAM_BYTES / sizeof(*probabilities) && (uintptr_t)probabilities % sizeof(*probabilities) == 0;
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = stride_f32(classes);
        float *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f32 }) ? malloc((parts * room + GROUP_f32) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        float *lines = scratch + (GROUP_f32 - past_line_f32(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            softmax_rows_f32(from, to, classes, logits, probabilities, lines + part * room, stream);
        }
        free(scratch);
        return KERNEL_DONE;
    }
}

int softmax_f32(size_t rows, size_t classes, const float *logits, float *probabilities)
{
    return softmax_checked_f32(rows, classes, logits, probabilities);
}

/* ==== softmax_f64 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 62 (proved): y_i = \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}}
 * line 63 (proved): \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}} = \frac{e^{-m} e^{z_i}}{\sum_j e^{-m} e^{z_j}}
 * line 64 (proved): \frac{e^{-m} e^{z_i}}{\sum_j e^{-m} e^{z_j}} = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}}
 */

/* What a row of softmax_f64 knows on its way through the passes. */
typedef struct {
    const double *logits;
    double *probabilities;
    double *kept1;
    reference_f64 reference1;
    int again;
    double maximum1, sum1, c1;
} softmax_row_f64;

INLINE void softmax_pass1_f64(int count, const double *restrict logits, reference_f64 reference1, double *restrict kept1, double *restrict maximum1, sums_f64 *restrict sum1)
{
    ENTRIES(i, count) {
        const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = v1;
        maximum1[i] = logits[i] > maximum1[i] ? logits[i] : maximum1[i];
        add_f64(sum1, i, v1);
    }
}

INLINE void softmax_pass2_f64(int count, const double *restrict kept1, double c1, double *restrict probabilities)
{
    ENTRIES(i, count) {
        probabilities[i] = kept1[i] * c1;
    }
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop.  plain: no exponent has an offset. */
INLINE void softmax_passes_f64(int passes, int plain, int stream, size_t classes, softmax_row_f64 *row1, softmax_row_f64 *row2)
{
    softmax_row_f64 in1 = *row1, in2 = *row2;
    if (plain) {
        in1.reference1.offset = 0;
    }
    double maximum1[GROUP_f64];
    fill_f64(maximum1, -(double)INFINITY);
    sums_f64 sum1 = { {0}, {0}, {0} };
    double waiting[BLOCK + GROUP_f64];
    const size_t shift = past_line_f64(in2.probabilities);
    const size_t step = stream == BY_BLOCKS ? BLOCK : classes;
    for (size_t block = 0; block < classes; block += step) {
        const size_t end = classes - block < step ? classes : block + step;
        double *probabilities = stream == BY_BLOCKS ? waiting + shift : in2.probabilities + block;
        size_t at = block;
        while (end - at >= FEW * GROUP_f64) {
            begin_f64(&sum1);
            FEW_GROUPS(at, GROUP_f64) {
                if (passes & 2) {
                    if (stream == NEAR) PREFETCH(in2.probabilities + at, GROUP_f64, AHEAD, 1);
                    double line[GROUP_f64];
                    softmax_pass2_f64(GROUP_f64, in2.kept1 + at, in2.c1, stream == BY_LINES ? line : probabilities + (at - block));
                    if (stream == BY_LINES) store_past_caches(probabilities + (at - block), line);
                }
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    softmax_pass1_f64(GROUP_f64, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
                }
            }
            settle_f64(&sum1);
        }
        begin_f64(&sum1);
        for (; end - at >= GROUP_f64; at += GROUP_f64) {
            if (passes & 2) {
                if (stream == NEAR) PREFETCH(in2.probabilities + at, GROUP_f64, AHEAD, 1);
                double line[GROUP_f64];
                softmax_pass2_f64(GROUP_f64, in2.kept1 + at, in2.c1, stream == BY_LINES ? line : probabilities + (at - block));
                if (stream == BY_LINES) store_past_caches(probabilities + (at - block), line);
            }
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                softmax_pass1_f64(GROUP_f64, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
            }
        }
        if (end - at >= 4) {
            if (passes & 2)
                softmax_pass2_f64(4, in2.kept1 + at, in2.c1, probabilities + (at - block));
            if (passes & 1)
                softmax_pass1_f64(4, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 2)
                softmax_pass2_f64(2, in2.kept1 + at, in2.c1, probabilities + (at - block));
            if (passes & 1)
                softmax_pass1_f64(2, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 2)
                softmax_pass2_f64(1, in2.kept1 + at, in2.c1, probabilities + (at - block));
            if (passes & 1)
                softmax_pass1_f64(1, in1.logits + at, in1.reference1, in1.kept1 + at, maximum1, &sum1);
        }
        if (stream == BY_BLOCKS)
            pass_on_f64(in2.probabilities, block, end, classes, waiting, shift);
    }
    if (passes & 1) {
        softmax_row_f64 *row = row1;
        const double peak = largest_f64(maximum1);
        row->again = !is_near_f64(row->reference1, peak);
        if (row->again) {
            row->reference1 = reference_near_f64(peak);
            return;
        }
        row->maximum1 = largest_f64(maximum1);
        row->sum1 = total_f64(&sum1);
        row->c1 = 1.0 / row->sum1;
    }
}

/* Some passes on one row, by themselves. */
static void softmax_alone_f64(int passes, size_t classes, softmax_row_f64 *row)
{
    softmax_passes_f64(passes, 0, NEAR, classes, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void softmax_step_f64(size_t classes, softmax_row_f64 *ring, size_t step, size_t fed, int stream)
{
    softmax_row_f64 *row1 = &ring[step % 2];
    softmax_row_f64 *row2 = &ring[(step - 1) % 2];
    if (step >= 1 && step < fed && row1->reference1.offset == 0) {
        if (stream && past_line_f64(row2->probabilities) == 0)
            softmax_passes_f64(3, 1, BY_LINES, classes, row1, row2);
        else if (stream)
            softmax_passes_f64(3, 1, BY_BLOCKS, classes, row1, row2);
        else
            softmax_passes_f64(3, 1, NEAR, classes, row1, row2);
    }
    else {
        if (step >= 1 && step - 1 < fed)
            softmax_alone_f64(2, classes, row2);
        if (step < fed)
            softmax_alone_f64(1, classes, row1);
    }
    if (step < fed && row1->again) /* the guess was not near enough */
        softmax_alone_f64(1, classes, row1);
}

static void softmax_rows_f64(size_t from, size_t to, size_t classes, const double *logits, double *probabilities, double *kept, int stream)
{
    softmax_row_f64 ring[2];
    size_t fed = 0;
    for (size_t row = from; row < to; row++) {
        ring[fed % 2] = (softmax_row_f64){ .logits = logits + row * classes, .probabilities = probabilities + row * classes, .kept1 = kept, .reference1 = fed ? ring[(fed - 1) % 2].reference1 : reference_near_f64(logits[row * classes]) };
        fed++;
        softmax_step_f64(classes, ring, fed - 1, fed, stream);
    }
    for (size_t step = fed; step < fed + 1; step++)
        softmax_step_f64(classes, ring, step, fed, stream);
    if (stream)
        stream_done();
}

static void softmax_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, double *probabilities_rows)
{
    double logits[SHORT * LANES];
    to_lanes_f64(count, lanes, classes, logits_rows, logits);
    double probabilities[SHORT * LANES];
    double kept1[SHORT * LANES];
    double maximum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) maximum1[lane] = -(double)INFINITY;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int maximum1_better = logits[i * LANES + lane] > maximum1[lane];
            maximum1[lane] = maximum1_better ? logits[i * LANES + lane] : maximum1[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(maximum1[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const double v1_here = exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            sum1[lane] += v1_here;
        }
    double c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = 1.0 / sum1[lane];
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            probabilities[i * LANES + lane] = kept1[i * LANES + lane] * c1[lane];
        }
    from_lanes_f64(count, classes, probabilities, probabilities_rows);
}

static int softmax_checked_f64(size_t rows, size_t classes, const double *logits, double *probabilities)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (logits == NULL || probabilities == NULL)
        return KERNEL_NULL;
    {
        if (classes <= SHORT) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                softmax_tile_f64(count, lanes, classes, logits + row * classes, probabilities + row * classes);
            }
            return KERNEL_DONE;
        }
        const int stream = rows * classes > STREAM_BYTES / sizeof(*probabilities) && (uintptr_t)probabilities % sizeof(*probabilities) == 0;
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = stride_f64(classes);
        double *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f64 }) ? malloc((parts * room + GROUP_f64) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        double *lines = scratch + (GROUP_f64 - past_line_f64(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            softmax_rows_f64(from, to, classes, logits, probabilities, lines + part * room, stream);
        }
        free(scratch);
        return KERNEL_DONE;
    }
}

int softmax_f64(size_t rows, size_t classes, const double *logits, double *probabilities)
{
    return softmax_checked_f64(rows, classes, logits, probabilities);
}

/* ==== log_softmax_f32 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 103 (proved): \log y_i = z_i - z_r - \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 * with largest: the position of maxⱼ logitsⱼ
 */

/* What a row of log_softmax_f32 knows on its way through the passes. */
typedef struct {
    const float *logits;
    float *log_probabilities;
    float *kept1_few;
    reference_f32 reference1;
    int again;
    double sum2, largest_value, sum1, c1;
} log_softmax_row_f32;

INLINE void log_softmax_pass1_f32(int count, const float *restrict logits, reference_f32 reference1, float *restrict kept1, float *restrict largest, sums_f32 *restrict sum2)
{
    ENTRIES(i, count) {
        const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = (float)v1;
        largest[i] = logits[i] > largest[i] ? logits[i] : largest[i];
        add_f32(sum2, i, (float)v1);
    }
}

INLINE void log_softmax_pass2_f32(int count, const float *restrict logits, double largest_value, double c1, float *restrict log_probabilities)
{
    ENTRIES(i, count) {
        log_probabilities[i] = logits[i] - (float)largest_value - (float)c1;
    }
}

/* The sum of what pass 1 adds up to sum2, without one: of its few groups, which are computed again, and of the others. */
static UNUSED double log_softmax_without_kept1_f32(size_t classes, const log_softmax_row_f32 *row, size_t index)
{
    const size_t few = FEW * GROUP_f32, first = index - index % few;
    const size_t end = classes - first < few ? classes : first + few;
    const log_softmax_row_f32 in1 = *row;
    float again[FEW * GROUP_f32];
    float largest[GROUP_f32];
    fill_f32(largest, -(float)INFINITY);
    sums_f32 sum2 = { {0}, {0}, {0} };
    for (size_t at = first; at < end; at += GROUP_f32) {
        const int count = end - at < GROUP_f32 ? (int)(end - at) : GROUP_f32;
        float *kept1 = again + (at - first);
        log_softmax_pass1_f32(count, in1.logits + at, in1.reference1, kept1, largest, &sum2);
    }
    return few_without_f32(classes, row->kept1_few, first)
        + without_f32(end - first, again, index - first);
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop.  plain: no exponent has an offset. */
INLINE void log_softmax_passes_f32(int passes, int plain, int stream, size_t classes, log_softmax_row_f32 *row1, log_softmax_row_f32 *row2)
{
    log_softmax_row_f32 in1 = *row1, in2 = *row2;
    if (plain) {
        in1.reference1.offset = 0;
    }
    float largest[GROUP_f32];
    fill_f32(largest, -(float)INFINITY);
    sums_f32 sum2 = { {0}, {0}, {0} };
    float kept1[GROUP_f32]; /* not kept */
    float waiting[BLOCK + GROUP_f32];
    const size_t shift = past_line_f32(in2.log_probabilities);
    const size_t step = stream == BY_BLOCKS ? BLOCK : classes;
    for (size_t block = 0; block < classes; block += step) {
        const size_t end = classes - block < step ? classes : block + step;
        float *log_probabilities = stream == BY_BLOCKS ? waiting + shift : in2.log_probabilities + block;
        size_t at = block;
        while (end - at >= FEW * GROUP_f32) {
            begin_f32(&sum2);
            FEW_GROUPS(at, GROUP_f32) {
                if (passes & 2) {
                    if (stream == NEAR) PREFETCH(in2.log_probabilities + at, GROUP_f32, AHEAD, 1);
                    float line[GROUP_f32];
                    log_softmax_pass2_f32(GROUP_f32, in2.logits + at, in2.largest_value, in2.c1, stream == BY_LINES ? line : log_probabilities + (at - block));
                    if (stream == BY_LINES) store_past_caches(log_probabilities + (at - block), line);
                }
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    log_softmax_pass1_f32(GROUP_f32, in1.logits + at, in1.reference1, kept1, largest, &sum2);
                }
            }
            if (passes & 1)
                keep_few_f32(in1.kept1_few, at - FEW * GROUP_f32, &sum2);
            settle_f32(&sum2);
        }
        begin_f32(&sum2);
        for (; end - at >= GROUP_f32; at += GROUP_f32) {
            if (passes & 2) {
                if (stream == NEAR) PREFETCH(in2.log_probabilities + at, GROUP_f32, AHEAD, 1);
                float line[GROUP_f32];
                log_softmax_pass2_f32(GROUP_f32, in2.logits + at, in2.largest_value, in2.c1, stream == BY_LINES ? line : log_probabilities + (at - block));
                if (stream == BY_LINES) store_past_caches(log_probabilities + (at - block), line);
            }
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                log_softmax_pass1_f32(GROUP_f32, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            }
        }
        if (end - at >= 8) {
            if (passes & 2)
                log_softmax_pass2_f32(8, in2.logits + at, in2.largest_value, in2.c1, log_probabilities + (at - block));
            if (passes & 1)
                log_softmax_pass1_f32(8, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            at += 8;
        }
        if (end - at >= 4) {
            if (passes & 2)
                log_softmax_pass2_f32(4, in2.logits + at, in2.largest_value, in2.c1, log_probabilities + (at - block));
            if (passes & 1)
                log_softmax_pass1_f32(4, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 2)
                log_softmax_pass2_f32(2, in2.logits + at, in2.largest_value, in2.c1, log_probabilities + (at - block));
            if (passes & 1)
                log_softmax_pass1_f32(2, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 2)
                log_softmax_pass2_f32(1, in2.logits + at, in2.largest_value, in2.c1, log_probabilities + (at - block));
            if (passes & 1)
                log_softmax_pass1_f32(1, in1.logits + at, in1.reference1, kept1, largest, &sum2);
        }
        if (stream == BY_BLOCKS)
            pass_on_f32(in2.log_probabilities, block, end, classes, waiting, shift);
    }
    if (passes & 1) {
        log_softmax_row_f32 *row = row1;
        const float peak = largest_f32(largest);
        row->again = !is_near_f32(row->reference1, peak);
        if (row->again) {
            row->reference1 = reference_near_f32(peak);
            return;
        }
        keep_few_f32(row->kept1_few, classes - classes % (FEW * GROUP_f32), &sum2);
        row->sum2 = total_f32(&sum2);
        row->largest_value = largest_f32(largest);
        row->sum1 = (double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic);
        row->sum1 = 4 * row->sum1 <= row->sum2
            ? row->sum2 - row->sum1
            : log_softmax_without_kept1_f32(classes, row, position_f32(classes, row->logits, (float)row->largest_value));
        row->c1 = log1p_f64(row->sum1 / (double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic));
    }
}

/* Some passes on one row, by themselves. */
static void log_softmax_alone_f32(int passes, size_t classes, log_softmax_row_f32 *row)
{
    log_softmax_passes_f32(passes, 0, NEAR, classes, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void log_softmax_step_f32(size_t classes, log_softmax_row_f32 *ring, size_t step, size_t fed, int stream)
{
    log_softmax_row_f32 *row1 = &ring[step % 2];
    log_softmax_row_f32 *row2 = &ring[(step - 1) % 2];
    if (step >= 1 && step < fed && row1->reference1.offset == 0) {
        if (stream && past_line_f32(row2->log_probabilities) == 0)
            log_softmax_passes_f32(3, 1, BY_LINES, classes, row1, row2);
        else if (stream)
            log_softmax_passes_f32(3, 1, BY_BLOCKS, classes, row1, row2);
        else
            log_softmax_passes_f32(3, 1, NEAR, classes, row1, row2);
    }
    else {
        if (step >= 1 && step - 1 < fed)
            log_softmax_alone_f32(2, classes, row2);
        if (step < fed)
            log_softmax_alone_f32(1, classes, row1);
    }
    if (step < fed && row1->again) /* the guess was not near enough */
        log_softmax_alone_f32(1, classes, row1);
}

static void log_softmax_rows_f32(size_t from, size_t to, size_t classes, const float *logits, float *log_probabilities, float *kept, int stream)
{
    log_softmax_row_f32 ring[2];
    size_t fed = 0;
    for (size_t row = from; row < to; row++) {
        ring[fed % 2] = (log_softmax_row_f32){ .logits = logits + row * classes, .log_probabilities = log_probabilities + row * classes, .kept1_few = kept, .reference1 = fed ? ring[(fed - 1) % 2].reference1 : reference_near_f32(logits[row * classes]) };
        fed++;
        log_softmax_step_f32(classes, ring, fed - 1, fed, stream);
    }
    for (size_t step = fed; step < fed + 1; step++)
        log_softmax_step_f32(classes, ring, step, fed, stream);
    if (stream)
        stream_done();
}

static void log_softmax_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, float *log_probabilities_rows)
{
    float logits[SHORT * LANES];
    to_lanes_f32(count, lanes, classes, logits_rows, logits);
    float log_probabilities[SHORT * LANES];
    float largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) largest_value[lane] = -(float)INFINITY;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_value_better = logits[i * LANES + lane] > largest_value[lane];
            largest_value[lane] = largest_value_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(largest_value[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES], sum1_largest[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = sum1_largest[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const float sum1_next = exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            const float sum1_more = sum1_next > sum1_largest[lane] ? sum1_next : sum1_largest[lane];
            sum1[lane] += other_f32(sum1_next, sum1_largest[lane], sum1_more);
            sum1_largest[lane] = sum1_more;
        }
    float c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = log1p_f32(sum1[lane] / sum1_largest[lane]);
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            log_probabilities[i * LANES + lane] = logits[i * LANES + lane] - largest_value[lane] - c1[lane];
        }
    from_lanes_f32(count, classes, log_probabilities, log_probabilities_rows);
}

static int log_softmax_checked_f32(size_t rows, size_t classes, const float *logits, float *log_probabilities)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (logits == NULL || log_probabilities == NULL)
        return KERNEL_NULL;
    {
        if (classes <= SHORT) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                log_softmax_tile_f32(count, lanes, classes, logits + row * classes, log_probabilities + row * classes);
            }
            return KERNEL_DONE;
        }
        const int stream = rows * classes > STREAM_BYTES / sizeof(*log_probabilities) && (uintptr_t)log_probabilities % sizeof(*log_probabilities) == 0;
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = few_stride_f32(classes);
        float *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f32 }) ? malloc((parts * room + GROUP_f32) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        float *lines = scratch + (GROUP_f32 - past_line_f32(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            log_softmax_rows_f32(from, to, classes, logits, log_probabilities, lines + part * room, stream);
        }
        free(scratch);
        return KERNEL_DONE;
    }
}

int log_softmax_f32(size_t rows, size_t classes, const float *logits, float *log_probabilities)
{
    return log_softmax_checked_f32(rows, classes, logits, log_probabilities);
}

/* ==== log_softmax_f64 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 103 (proved): \log y_i = z_i - z_r - \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 * with largest: the position of maxⱼ logitsⱼ
 */

/* What a row of log_softmax_f64 knows on its way through the passes. */
typedef struct {
    const double *logits;
    double *log_probabilities;
    double *kept1_few;
    reference_f64 reference1;
    int again;
    double sum2, largest_value, sum1, c1;
} log_softmax_row_f64;

INLINE void log_softmax_pass1_f64(int count, const double *restrict logits, reference_f64 reference1, double *restrict kept1, double *restrict largest, sums_f64 *restrict sum2)
{
    ENTRIES(i, count) {
        const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = v1;
        largest[i] = logits[i] > largest[i] ? logits[i] : largest[i];
        add_f64(sum2, i, v1);
    }
}

INLINE void log_softmax_pass2_f64(int count, const double *restrict logits, double largest_value, double c1, double *restrict log_probabilities)
{
    ENTRIES(i, count) {
        log_probabilities[i] = logits[i] - largest_value - c1;
    }
}

/* The sum of what pass 1 adds up to sum2, without one: of its few groups, which are computed again, and of the others. */
static UNUSED double log_softmax_without_kept1_f64(size_t classes, const log_softmax_row_f64 *row, size_t index)
{
    const size_t few = FEW * GROUP_f64, first = index - index % few;
    const size_t end = classes - first < few ? classes : first + few;
    const log_softmax_row_f64 in1 = *row;
    double again[FEW * GROUP_f64];
    double largest[GROUP_f64];
    fill_f64(largest, -(double)INFINITY);
    sums_f64 sum2 = { {0}, {0}, {0} };
    for (size_t at = first; at < end; at += GROUP_f64) {
        const int count = end - at < GROUP_f64 ? (int)(end - at) : GROUP_f64;
        double *kept1 = again + (at - first);
        log_softmax_pass1_f64(count, in1.logits + at, in1.reference1, kept1, largest, &sum2);
    }
    return few_without_f64(classes, row->kept1_few, first)
        + without_f64(end - first, again, index - first);
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop.  plain: no exponent has an offset. */
INLINE void log_softmax_passes_f64(int passes, int plain, int stream, size_t classes, log_softmax_row_f64 *row1, log_softmax_row_f64 *row2)
{
    log_softmax_row_f64 in1 = *row1, in2 = *row2;
    if (plain) {
        in1.reference1.offset = 0;
    }
    double largest[GROUP_f64];
    fill_f64(largest, -(double)INFINITY);
    sums_f64 sum2 = { {0}, {0}, {0} };
    double kept1[GROUP_f64]; /* not kept */
    double waiting[BLOCK + GROUP_f64];
    const size_t shift = past_line_f64(in2.log_probabilities);
    const size_t step = stream == BY_BLOCKS ? BLOCK : classes;
    for (size_t block = 0; block < classes; block += step) {
        const size_t end = classes - block < step ? classes : block + step;
        double *log_probabilities = stream == BY_BLOCKS ? waiting + shift : in2.log_probabilities + block;
        size_t at = block;
        while (end - at >= FEW * GROUP_f64) {
            begin_f64(&sum2);
            FEW_GROUPS(at, GROUP_f64) {
                if (passes & 2) {
                    if (stream == NEAR) PREFETCH(in2.log_probabilities + at, GROUP_f64, AHEAD, 1);
                    double line[GROUP_f64];
                    log_softmax_pass2_f64(GROUP_f64, in2.logits + at, in2.largest_value, in2.c1, stream == BY_LINES ? line : log_probabilities + (at - block));
                    if (stream == BY_LINES) store_past_caches(log_probabilities + (at - block), line);
                }
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    log_softmax_pass1_f64(GROUP_f64, in1.logits + at, in1.reference1, kept1, largest, &sum2);
                }
            }
            if (passes & 1)
                keep_few_f64(in1.kept1_few, at - FEW * GROUP_f64, &sum2);
            settle_f64(&sum2);
        }
        begin_f64(&sum2);
        for (; end - at >= GROUP_f64; at += GROUP_f64) {
            if (passes & 2) {
                if (stream == NEAR) PREFETCH(in2.log_probabilities + at, GROUP_f64, AHEAD, 1);
                double line[GROUP_f64];
                log_softmax_pass2_f64(GROUP_f64, in2.logits + at, in2.largest_value, in2.c1, stream == BY_LINES ? line : log_probabilities + (at - block));
                if (stream == BY_LINES) store_past_caches(log_probabilities + (at - block), line);
            }
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                log_softmax_pass1_f64(GROUP_f64, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            }
        }
        if (end - at >= 4) {
            if (passes & 2)
                log_softmax_pass2_f64(4, in2.logits + at, in2.largest_value, in2.c1, log_probabilities + (at - block));
            if (passes & 1)
                log_softmax_pass1_f64(4, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 2)
                log_softmax_pass2_f64(2, in2.logits + at, in2.largest_value, in2.c1, log_probabilities + (at - block));
            if (passes & 1)
                log_softmax_pass1_f64(2, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 2)
                log_softmax_pass2_f64(1, in2.logits + at, in2.largest_value, in2.c1, log_probabilities + (at - block));
            if (passes & 1)
                log_softmax_pass1_f64(1, in1.logits + at, in1.reference1, kept1, largest, &sum2);
        }
        if (stream == BY_BLOCKS)
            pass_on_f64(in2.log_probabilities, block, end, classes, waiting, shift);
    }
    if (passes & 1) {
        log_softmax_row_f64 *row = row1;
        const double peak = largest_f64(largest);
        row->again = !is_near_f64(row->reference1, peak);
        if (row->again) {
            row->reference1 = reference_near_f64(peak);
            return;
        }
        keep_few_f64(row->kept1_few, classes - classes % (FEW * GROUP_f64), &sum2);
        row->sum2 = total_f64(&sum2);
        row->largest_value = largest_f64(largest);
        row->sum1 = exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic);
        row->sum1 = 4 * row->sum1 <= row->sum2
            ? row->sum2 - row->sum1
            : log_softmax_without_kept1_f64(classes, row, position_f64(classes, row->logits, (double)row->largest_value));
        row->c1 = log1p_f64(row->sum1 / exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic));
    }
}

/* Some passes on one row, by themselves. */
static void log_softmax_alone_f64(int passes, size_t classes, log_softmax_row_f64 *row)
{
    log_softmax_passes_f64(passes, 0, NEAR, classes, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void log_softmax_step_f64(size_t classes, log_softmax_row_f64 *ring, size_t step, size_t fed, int stream)
{
    log_softmax_row_f64 *row1 = &ring[step % 2];
    log_softmax_row_f64 *row2 = &ring[(step - 1) % 2];
    if (step >= 1 && step < fed && row1->reference1.offset == 0) {
        if (stream && past_line_f64(row2->log_probabilities) == 0)
            log_softmax_passes_f64(3, 1, BY_LINES, classes, row1, row2);
        else if (stream)
            log_softmax_passes_f64(3, 1, BY_BLOCKS, classes, row1, row2);
        else
            log_softmax_passes_f64(3, 1, NEAR, classes, row1, row2);
    }
    else {
        if (step >= 1 && step - 1 < fed)
            log_softmax_alone_f64(2, classes, row2);
        if (step < fed)
            log_softmax_alone_f64(1, classes, row1);
    }
    if (step < fed && row1->again) /* the guess was not near enough */
        log_softmax_alone_f64(1, classes, row1);
}

static void log_softmax_rows_f64(size_t from, size_t to, size_t classes, const double *logits, double *log_probabilities, double *kept, int stream)
{
    log_softmax_row_f64 ring[2];
    size_t fed = 0;
    for (size_t row = from; row < to; row++) {
        ring[fed % 2] = (log_softmax_row_f64){ .logits = logits + row * classes, .log_probabilities = log_probabilities + row * classes, .kept1_few = kept, .reference1 = fed ? ring[(fed - 1) % 2].reference1 : reference_near_f64(logits[row * classes]) };
        fed++;
        log_softmax_step_f64(classes, ring, fed - 1, fed, stream);
    }
    for (size_t step = fed; step < fed + 1; step++)
        log_softmax_step_f64(classes, ring, step, fed, stream);
    if (stream)
        stream_done();
}

static void log_softmax_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, double *log_probabilities_rows)
{
    double logits[SHORT * LANES];
    to_lanes_f64(count, lanes, classes, logits_rows, logits);
    double log_probabilities[SHORT * LANES];
    double largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) largest_value[lane] = -(double)INFINITY;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_value_better = logits[i * LANES + lane] > largest_value[lane];
            largest_value[lane] = largest_value_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(largest_value[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES], sum1_largest[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = sum1_largest[lane] = 0;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const double sum1_next = exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            const double sum1_more = sum1_next > sum1_largest[lane] ? sum1_next : sum1_largest[lane];
            sum1[lane] += other_f64(sum1_next, sum1_largest[lane], sum1_more);
            sum1_largest[lane] = sum1_more;
        }
    double c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = log1p_f64(sum1[lane] / sum1_largest[lane]);
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            log_probabilities[i * LANES + lane] = logits[i * LANES + lane] - largest_value[lane] - c1[lane];
        }
    from_lanes_f64(count, classes, log_probabilities, log_probabilities_rows);
}

static int log_softmax_checked_f64(size_t rows, size_t classes, const double *logits, double *log_probabilities)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (logits == NULL || log_probabilities == NULL)
        return KERNEL_NULL;
    {
        if (classes <= SHORT) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                log_softmax_tile_f64(count, lanes, classes, logits + row * classes, log_probabilities + row * classes);
            }
            return KERNEL_DONE;
        }
        const int stream = rows * classes > STREAM_BYTES / sizeof(*log_probabilities) && (uintptr_t)log_probabilities % sizeof(*log_probabilities) == 0;
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = few_stride_f64(classes);
        double *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f64 }) ? malloc((parts * room + GROUP_f64) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        double *lines = scratch + (GROUP_f64 - past_line_f64(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            log_softmax_rows_f64(from, to, classes, logits, log_probabilities, lines + part * room, stream);
        }
        free(scratch);
        return KERNEL_DONE;
    }
}

int log_softmax_f64(size_t rows, size_t classes, const double *logits, double *log_probabilities)
{
    return log_softmax_checked_f64(rows, classes, logits, log_probabilities);
}

/* ==== cross_entropy_f32 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 163 (definition): L = - \sum_i t_i \log y_i
 * line 182 (proved): L = \sum_i t_i \left( z_r - z_i + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right) \right)
 * line 183 (proved): \sum_i t_i \left( z_r - z_i + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right) \right) = \sum_i t_i (z_r - z_i) + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 * line 211 (proved): \frac{\partial L}{\partial z_r} = \frac{e^{z_r - m} (1 - t_r) - t_r \sum_{j \neq r} e^{z_j - m}} {e^{z_r - m} + \sum_{j \neq r} e^{z_j - m}}
 * line 219 (proved): \frac{\partial L}{\partial z_i} = \frac{e^{z_i - m}}{e^{z_r - m} + \sum_{j \neq r} e^{z_j - m}} - t_i
 * assuming \sum_i t_i = 1
 * with largest: the position of maxⱼ logitsⱼ
 */

/* What a row of cross_entropy_f32 knows on its way through the passes. */
typedef struct {
    const float *logits;
    const float *targets;
    float *loss;
    float *gradient;
    float *kept1;
    float *kept1_few;
    double largest_value, sum1, sum3, sum2, c1, c2;
    size_t largest;
    reference_f32 reference1;
} cross_entropy_row_f32;

INLINE void cross_entropy_pass1_f32(int count, const float *restrict logits, float *restrict largest)
{
    ENTRIES(i, count) {
        largest[i] = logits[i] > largest[i] ? logits[i] : largest[i];
    }
}

INLINE void cross_entropy_pass2_f32(int count, const float *restrict logits, const float *restrict targets, reference_f32 reference1, double largest_value, float *restrict kept1, sums_f32 *restrict sum1, sums_f32 *restrict sum3)
{
    ENTRIES(i, count) {
        const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = v1;
        add_f32(sum1, i, targets[i] * ((float)largest_value - logits[i]));
        add_f32(sum3, i, v1);
    }
}

INLINE void cross_entropy_pass3_f32(int count, const float *restrict targets, const float *restrict kept1, double c2, float *restrict gradient)
{
    ENTRIES(i, count) {
        gradient[i] = kept1[i] * (float)c2 - targets[i];
    }
}

/* The sum of what pass 2 adds up to sum3, without one: of its few groups, which were kept, and of the others. */
static UNUSED double cross_entropy_without_kept1_f32(size_t classes, const cross_entropy_row_f32 *row, size_t index)
{
    const size_t few = FEW * GROUP_f32, first = index - index % few;
    const size_t end = classes - first < few ? classes : first + few;
    return few_without_f32(classes, row->kept1_few, first)
        + without_f32(end - first, row->kept1 + first, index - first);
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop.  plain: no exponent has an offset. */
INLINE void cross_entropy_passes_f32(int passes, int plain, int stream, size_t classes, cross_entropy_row_f32 *row1, cross_entropy_row_f32 *row2, cross_entropy_row_f32 *row3)
{
    cross_entropy_row_f32 in1 = *row1, in2 = *row2, in3 = *row3;
    if (plain) {
        in2.reference1.offset = 0;
    }
    float largest[GROUP_f32];
    fill_f32(largest, -(float)INFINITY);
    sums_f32 sum1 = { {0}, {0}, {0} };
    sums_f32 sum3 = { {0}, {0}, {0} };
    float waiting[BLOCK + GROUP_f32];
    const size_t shift = past_line_f32(in3.gradient);
    const size_t step = stream == BY_BLOCKS ? BLOCK : classes;
    for (size_t block = 0; block < classes; block += step) {
        const size_t end = classes - block < step ? classes : block + step;
        float *gradient = stream == BY_BLOCKS ? waiting + shift : in3.gradient + block;
        size_t at = block;
        while (end - at >= FEW * GROUP_f32) {
            begin_f32(&sum1);
            begin_f32(&sum3);
            FEW_GROUPS(at, GROUP_f32) {
                if (passes & 4) {
                    if (stream == NEAR) PREFETCH(in3.gradient + at, GROUP_f32, AHEAD, 1);
                    float line[GROUP_f32];
                    cross_entropy_pass3_f32(GROUP_f32, in3.targets + at, in3.kept1 + at, in3.c2, stream == BY_LINES ? line : gradient + (at - block));
                    if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
                }
                if (passes & 2) {
                    PREFETCH(in2.targets + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    cross_entropy_pass2_f32(GROUP_f32, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
                }
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    cross_entropy_pass1_f32(GROUP_f32, in1.logits + at, largest);
                }
            }
            if (passes & 2)
                keep_few_f32(in2.kept1_few, at - FEW * GROUP_f32, &sum3);
            settle_f32(&sum1);
            settle_f32(&sum3);
        }
        begin_f32(&sum1);
        begin_f32(&sum3);
        for (; end - at >= GROUP_f32; at += GROUP_f32) {
            if (passes & 4) {
                if (stream == NEAR) PREFETCH(in3.gradient + at, GROUP_f32, AHEAD, 1);
                float line[GROUP_f32];
                cross_entropy_pass3_f32(GROUP_f32, in3.targets + at, in3.kept1 + at, in3.c2, stream == BY_LINES ? line : gradient + (at - block));
                if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
            }
            if (passes & 2) {
                PREFETCH(in2.targets + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                cross_entropy_pass2_f32(GROUP_f32, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
            }
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                cross_entropy_pass1_f32(GROUP_f32, in1.logits + at, largest);
            }
        }
        if (end - at >= 8) {
            if (passes & 4)
                cross_entropy_pass3_f32(8, in3.targets + at, in3.kept1 + at, in3.c2, gradient + (at - block));
            if (passes & 2)
                cross_entropy_pass2_f32(8, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_pass1_f32(8, in1.logits + at, largest);
            at += 8;
        }
        if (end - at >= 4) {
            if (passes & 4)
                cross_entropy_pass3_f32(4, in3.targets + at, in3.kept1 + at, in3.c2, gradient + (at - block));
            if (passes & 2)
                cross_entropy_pass2_f32(4, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_pass1_f32(4, in1.logits + at, largest);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 4)
                cross_entropy_pass3_f32(2, in3.targets + at, in3.kept1 + at, in3.c2, gradient + (at - block));
            if (passes & 2)
                cross_entropy_pass2_f32(2, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_pass1_f32(2, in1.logits + at, largest);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 4)
                cross_entropy_pass3_f32(1, in3.targets + at, in3.kept1 + at, in3.c2, gradient + (at - block));
            if (passes & 2)
                cross_entropy_pass2_f32(1, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_pass1_f32(1, in1.logits + at, largest);
        }
        if (stream == BY_BLOCKS)
            pass_on_f32(in3.gradient, block, end, classes, waiting, shift);
    }
    if (passes & 4) {
        cross_entropy_row_f32 *row = row3;
        row->gradient[row->largest] = (float)(row->c1);
    }
    if (passes & 2) {
        cross_entropy_row_f32 *row = row2;
        keep_few_f32(row->kept1_few, classes - classes % (FEW * GROUP_f32), &sum3);
        row->sum1 = total_f32(&sum1);
        row->sum3 = total_f32(&sum3);
        row->sum2 = (double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic);
        row->sum2 = 4 * row->sum2 <= row->sum3
            ? row->sum3 - row->sum2
            : cross_entropy_without_kept1_f32(classes, row, position_f32(classes, row->logits, (float)row->largest_value));
        row->c1 = ((double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic) * (1.0 - (double)row->targets[row->largest]) - (double)row->targets[row->largest] * row->sum2) / ((double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic) + row->sum2);
        row->c2 = 1.0 / ((double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic) + row->sum2);
    }
    if (passes & 1) {
        cross_entropy_row_f32 *row = row1;
        row->largest_value = largest_f32(largest);
        row->largest = position_f32(classes, row->logits, (float)row->largest_value);
        row->reference1 = reference_near_f32((float)(row->largest_value));
    }
}

/* Some passes on one row, by themselves. */
static void cross_entropy_alone_f32(int passes, size_t classes, cross_entropy_row_f32 *row)
{
    cross_entropy_passes_f32(passes, 0, NEAR, classes, row, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void cross_entropy_step_f32(size_t classes, cross_entropy_row_f32 *ring, size_t step, size_t fed, int stream)
{
    cross_entropy_row_f32 *row1 = &ring[step % TOGETHER];
    cross_entropy_row_f32 *row2 = &ring[(step - 1) % TOGETHER];
    cross_entropy_row_f32 *row3 = &ring[(step - 2) % TOGETHER];
    if (step >= 2 && step < fed && row2->reference1.offset == 0) {
        if (stream && past_line_f32(row3->gradient) == 0)
            cross_entropy_passes_f32(7, 1, BY_LINES, classes, row1, row2, row3);
        else if (stream)
            cross_entropy_passes_f32(7, 1, BY_BLOCKS, classes, row1, row2, row3);
        else
            cross_entropy_passes_f32(7, 1, NEAR, classes, row1, row2, row3);
    }
    else {
        if (step >= 2 && step - 2 < fed)
            cross_entropy_alone_f32(4, classes, row3);
        if (step >= 1 && step - 1 < fed)
            cross_entropy_alone_f32(2, classes, row2);
        if (step < fed)
            cross_entropy_alone_f32(1, classes, row1);
    }
}

/* What no pass needs of rows first, ..., end - 1: together, so that no row waits for another's logarithm. */
static void cross_entropy_last_f32(size_t classes, cross_entropy_row_f32 *ring, size_t first, size_t end)
{
    (void)classes;
    for (size_t n = first; n < end; n++) {
        cross_entropy_row_f32 *row = &ring[n % TOGETHER];
        row->loss[0] = (float)(row->sum1 + log1p_f64(row->sum2 / (double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic)));
    }
}

static void cross_entropy_rows_f32(size_t from, size_t to, size_t classes, const float *logits, const float *targets, float *loss, float *gradient, float *kept, int stream)
{
    cross_entropy_row_f32 ring[TOGETHER];
    size_t fed = 0;
    size_t ended = 0;
    for (size_t row = from; row < to; row++) {
        if (fed - ended == TOGETHER) {
            cross_entropy_last_f32(classes, ring, ended, fed - 2);
            ended = fed - 2;
        }
        ring[fed % TOGETHER] = (cross_entropy_row_f32){ .logits = logits + row * classes, .targets = targets + row * classes, .loss = loss + row, .gradient = gradient + row * classes, .kept1 = kept, .kept1_few = kept + stride_f32(classes) };
        fed++;
        cross_entropy_step_f32(classes, ring, fed - 1, fed, stream);
    }
    for (size_t step = fed; step < fed + 2; step++)
        cross_entropy_step_f32(classes, ring, step, fed, stream);
    cross_entropy_last_f32(classes, ring, ended, fed);
    if (stream)
        stream_done();
}

static void cross_entropy_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, const float *targets_rows, float *loss_rows, float *gradient_rows)
{
    float logits[SHORT * LANES];
    to_lanes_f32(count, lanes, classes, logits_rows, logits);
    float targets[SHORT * LANES];
    to_lanes_f32(count, lanes, classes, targets_rows, targets);
    float loss[LANES];
    float gradient[SHORT * LANES];
    float kept1[SHORT * LANES];
    int32_t largest[LANES];
    float largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) { largest[lane] = 0; largest_value[lane] = -(float)INFINITY; }
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_better = logits[i * LANES + lane] > largest_value[lane];
            largest[lane] ^= (largest[lane] ^ i) & -(int32_t)largest_better;
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(largest_value[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    float sum2[LANES], sum2_largest[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = sum2_largest[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const float v1_here = exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            sum1[lane] += targets[i * LANES + lane] * (largest_value[lane] - logits[i * LANES + lane]);
            const float sum2_next = v1_here;
            const float sum2_more = sum2_next > sum2_largest[lane] ? sum2_next : sum2_largest[lane];
            sum2[lane] += other_f32(sum2_next, sum2_largest[lane], sum2_more);
            sum2_largest[lane] = sum2_more;
        }
    float c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = (sum2_largest[lane] * (1.0f - targets[largest[lane] * LANES + (int32_t)lane]) - targets[largest[lane] * LANES + (int32_t)lane] * sum2[lane]) / (sum2_largest[lane] + sum2[lane]);
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = sum1[lane] + log1p_f32(sum2[lane] / sum2_largest[lane]);
    float c2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c2[lane] = 1.0f / (sum2_largest[lane] + sum2[lane]);
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            gradient[i * LANES + lane] = kept1[i * LANES + lane] * c2[lane] - targets[i * LANES + lane];
        }
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
    from_lanes_f32(count, classes, gradient, gradient_rows);
    for (size_t lane = 0; lane < count; lane++) gradient_rows[lane * classes + (size_t)largest[lane]] = c1[lane];
}

/* What a row of cross_entropy_required_f32 knows on its way through the passes. */
typedef struct {
    const float *logits;
    const float *targets;
    float *loss;
    float *kept1_few;
    double largest_value, sum1, sum3, sum2;
    reference_f32 reference1;
} cross_entropy_required_row_f32;

INLINE void cross_entropy_required_pass1_f32(int count, const float *restrict logits, float *restrict largest)
{
    ENTRIES(i, count) {
        largest[i] = logits[i] > largest[i] ? logits[i] : largest[i];
    }
}

INLINE void cross_entropy_required_pass2_f32(int count, const float *restrict logits, const float *restrict targets, reference_f32 reference1, double largest_value, float *restrict kept1, sums_f32 *restrict sum1, sums_f32 *restrict sum3)
{
    ENTRIES(i, count) {
        const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = (float)v1;
        add_f32(sum1, i, targets[i] * ((float)largest_value - logits[i]));
        add_f32(sum3, i, (float)v1);
    }
}

/* The sum of what pass 2 adds up to sum3, without one: of its few groups, which are computed again, and of the others. */
static UNUSED double cross_entropy_required_without_kept1_f32(size_t classes, const cross_entropy_required_row_f32 *row, size_t index)
{
    const size_t few = FEW * GROUP_f32, first = index - index % few;
    const size_t end = classes - first < few ? classes : first + few;
    const cross_entropy_required_row_f32 in2 = *row;
    float again[FEW * GROUP_f32];
    sums_f32 sum1 = { {0}, {0}, {0} };
    sums_f32 sum3 = { {0}, {0}, {0} };
    for (size_t at = first; at < end; at += GROUP_f32) {
        const int count = end - at < GROUP_f32 ? (int)(end - at) : GROUP_f32;
        float *kept1 = again + (at - first);
        cross_entropy_required_pass2_f32(count, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
    }
    return few_without_f32(classes, row->kept1_few, first)
        + without_f32(end - first, again, index - first);
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop.  plain: no exponent has an offset. */
INLINE void cross_entropy_required_passes_f32(int passes, int plain, size_t classes, cross_entropy_required_row_f32 *row1, cross_entropy_required_row_f32 *row2)
{
    cross_entropy_required_row_f32 in1 = *row1, in2 = *row2;
    if (plain) {
        in2.reference1.offset = 0;
    }
    float largest[GROUP_f32];
    fill_f32(largest, -(float)INFINITY);
    sums_f32 sum1 = { {0}, {0}, {0} };
    sums_f32 sum3 = { {0}, {0}, {0} };
    float kept1[GROUP_f32]; /* not kept */
    {
        const size_t block = 0, end = classes;
        size_t at = block;
        while (end - at >= FEW * GROUP_f32) {
            begin_f32(&sum1);
            begin_f32(&sum3);
            FEW_GROUPS(at, GROUP_f32) {
                if (passes & 2) {
                    PREFETCH(in2.targets + at, GROUP_f32, AHEAD, 0);
                    cross_entropy_required_pass2_f32(GROUP_f32, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
                }
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f32, AHEAD, 0);
                    cross_entropy_required_pass1_f32(GROUP_f32, in1.logits + at, largest);
                }
            }
            if (passes & 2)
                keep_few_f32(in2.kept1_few, at - FEW * GROUP_f32, &sum3);
            settle_f32(&sum1);
            settle_f32(&sum3);
        }
        begin_f32(&sum1);
        begin_f32(&sum3);
        for (; end - at >= GROUP_f32; at += GROUP_f32) {
            if (passes & 2) {
                PREFETCH(in2.targets + at, GROUP_f32, AHEAD, 0);
                cross_entropy_required_pass2_f32(GROUP_f32, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
            }
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f32, AHEAD, 0);
                cross_entropy_required_pass1_f32(GROUP_f32, in1.logits + at, largest);
            }
        }
        if (end - at >= 8) {
            if (passes & 2)
                cross_entropy_required_pass2_f32(8, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_required_pass1_f32(8, in1.logits + at, largest);
            at += 8;
        }
        if (end - at >= 4) {
            if (passes & 2)
                cross_entropy_required_pass2_f32(4, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_required_pass1_f32(4, in1.logits + at, largest);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 2)
                cross_entropy_required_pass2_f32(2, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_required_pass1_f32(2, in1.logits + at, largest);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 2)
                cross_entropy_required_pass2_f32(1, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_required_pass1_f32(1, in1.logits + at, largest);
        }
    }
    if (passes & 2) {
        cross_entropy_required_row_f32 *row = row2;
        keep_few_f32(row->kept1_few, classes - classes % (FEW * GROUP_f32), &sum3);
        row->sum1 = total_f32(&sum1);
        row->sum3 = total_f32(&sum3);
        row->sum2 = (double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic);
        row->sum2 = 4 * row->sum2 <= row->sum3
            ? row->sum3 - row->sum2
            : cross_entropy_required_without_kept1_f32(classes, row, position_f32(classes, row->logits, (float)row->largest_value));
    }
    if (passes & 1) {
        cross_entropy_required_row_f32 *row = row1;
        row->largest_value = largest_f32(largest);
        row->reference1 = reference_near_f32((float)(row->largest_value));
    }
}

/* Some passes on one row, by themselves. */
static void cross_entropy_required_alone_f32(int passes, size_t classes, cross_entropy_required_row_f32 *row)
{
    cross_entropy_required_passes_f32(passes, 0, classes, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void cross_entropy_required_step_f32(size_t classes, cross_entropy_required_row_f32 *ring, size_t step, size_t fed)
{
    cross_entropy_required_row_f32 *row1 = &ring[step % TOGETHER];
    cross_entropy_required_row_f32 *row2 = &ring[(step - 1) % TOGETHER];
    if (step >= 1 && step < fed && row2->reference1.offset == 0) {
        cross_entropy_required_passes_f32(3, 1, classes, row1, row2);
    }
    else {
        if (step >= 1 && step - 1 < fed)
            cross_entropy_required_alone_f32(2, classes, row2);
        if (step < fed)
            cross_entropy_required_alone_f32(1, classes, row1);
    }
}

/* What no pass needs of rows first, ..., end - 1: together, so that no row waits for another's logarithm. */
static void cross_entropy_required_last_f32(size_t classes, cross_entropy_required_row_f32 *ring, size_t first, size_t end)
{
    (void)classes;
    for (size_t n = first; n < end; n++) {
        cross_entropy_required_row_f32 *row = &ring[n % TOGETHER];
        row->loss[0] = (float)(row->sum1 + log1p_f64(row->sum2 / (double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic)));
    }
}

static void cross_entropy_required_rows_f32(size_t from, size_t to, size_t classes, const float *logits, const float *targets, float *loss, float *kept)
{
    cross_entropy_required_row_f32 ring[TOGETHER];
    size_t fed = 0;
    size_t ended = 0;
    for (size_t row = from; row < to; row++) {
        if (fed - ended == TOGETHER) {
            cross_entropy_required_last_f32(classes, ring, ended, fed - 1);
            ended = fed - 1;
        }
        ring[fed % TOGETHER] = (cross_entropy_required_row_f32){ .logits = logits + row * classes, .targets = targets + row * classes, .loss = loss + row, .kept1_few = kept };
        fed++;
        cross_entropy_required_step_f32(classes, ring, fed - 1, fed);
    }
    for (size_t step = fed; step < fed + 1; step++)
        cross_entropy_required_step_f32(classes, ring, step, fed);
    cross_entropy_required_last_f32(classes, ring, ended, fed);
}

static void cross_entropy_required_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, const float *targets_rows, float *loss_rows)
{
    float logits[SHORT * LANES];
    to_lanes_f32(count, lanes, classes, logits_rows, logits);
    float targets[SHORT * LANES];
    to_lanes_f32(count, lanes, classes, targets_rows, targets);
    float loss[LANES];
    float largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) largest_value[lane] = -(float)INFINITY;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_value_better = logits[i * LANES + lane] > largest_value[lane];
            largest_value[lane] = largest_value_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(largest_value[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    float sum2[LANES], sum2_largest[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = sum2_largest[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            sum1[lane] += targets[i * LANES + lane] * (largest_value[lane] - logits[i * LANES + lane]);
            const float sum2_next = exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            const float sum2_more = sum2_next > sum2_largest[lane] ? sum2_next : sum2_largest[lane];
            sum2[lane] += other_f32(sum2_next, sum2_largest[lane], sum2_more);
            sum2_largest[lane] = sum2_more;
        }
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = sum1[lane] + log1p_f32(sum2[lane] / sum2_largest[lane]);
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
}

static int cross_entropy_checked_f32(size_t rows, size_t classes, const float *logits, const float *targets, float *loss, float *gradient)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (logits == NULL || targets == NULL || loss == NULL)
        return KERNEL_NULL;
    if (gradient == NULL) {
        if (classes <= SHORT) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                cross_entropy_required_tile_f32(count, lanes, classes, logits + row * classes, targets + row * classes, loss + row);
            }
            return KERNEL_DONE;
        }
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = few_stride_f32(classes);
        float *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f32 }) ? malloc((parts * room + GROUP_f32) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        float *lines = scratch + (GROUP_f32 - past_line_f32(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            cross_entropy_required_rows_f32(from, to, classes, logits, targets, loss, lines + part * room);
        }
        free(scratch);
        return KERNEL_DONE;
    }
    {
        if (classes <= SHORT) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                cross_entropy_tile_f32(count, lanes, classes, logits + row * classes, targets + row * classes, loss + row, gradient + row * classes);
            }
            return KERNEL_DONE;
        }
        const int stream = rows * classes > STREAM_BYTES / sizeof(*gradient) && (uintptr_t)gradient % sizeof(*gradient) == 0;
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = stride_f32(classes) + few_stride_f32(classes);
        float *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f32 }) ? malloc((parts * room + GROUP_f32) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        float *lines = scratch + (GROUP_f32 - past_line_f32(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            cross_entropy_rows_f32(from, to, classes, logits, targets, loss, gradient, lines + part * room, stream);
        }
        free(scratch);
        return KERNEL_DONE;
    }
}

int cross_entropy_f32(size_t rows, size_t classes, const float *logits, const float *targets, float *loss, float *gradient)
{
    return cross_entropy_checked_f32(rows, classes, logits, targets, loss, gradient);
}

/* ==== cross_entropy_f64 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 163 (definition): L = - \sum_i t_i \log y_i
 * line 182 (proved): L = \sum_i t_i \left( z_r - z_i + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right) \right)
 * line 183 (proved): \sum_i t_i \left( z_r - z_i + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right) \right) = \sum_i t_i (z_r - z_i) + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 * line 211 (proved): \frac{\partial L}{\partial z_r} = \frac{e^{z_r - m} (1 - t_r) - t_r \sum_{j \neq r} e^{z_j - m}} {e^{z_r - m} + \sum_{j \neq r} e^{z_j - m}}
 * line 219 (proved): \frac{\partial L}{\partial z_i} = \frac{e^{z_i - m}}{e^{z_r - m} + \sum_{j \neq r} e^{z_j - m}} - t_i
 * assuming \sum_i t_i = 1
 * with largest: the position of maxⱼ logitsⱼ
 */

/* What a row of cross_entropy_f64 knows on its way through the passes. */
typedef struct {
    const double *logits;
    const double *targets;
    double *loss;
    double *gradient;
    double *kept1;
    double *kept1_few;
    double largest_value, sum1, sum3, sum2, c1, c2;
    size_t largest;
    reference_f64 reference1;
} cross_entropy_row_f64;

INLINE void cross_entropy_pass1_f64(int count, const double *restrict logits, double *restrict largest)
{
    ENTRIES(i, count) {
        largest[i] = logits[i] > largest[i] ? logits[i] : largest[i];
    }
}

INLINE void cross_entropy_pass2_f64(int count, const double *restrict logits, const double *restrict targets, reference_f64 reference1, double largest_value, double *restrict kept1, sums_f64 *restrict sum1, sums_f64 *restrict sum3)
{
    ENTRIES(i, count) {
        const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = v1;
        add_f64(sum1, i, targets[i] * (largest_value - logits[i]));
        add_f64(sum3, i, v1);
    }
}

INLINE void cross_entropy_pass3_f64(int count, const double *restrict targets, const double *restrict kept1, double c2, double *restrict gradient)
{
    ENTRIES(i, count) {
        gradient[i] = kept1[i] * c2 - targets[i];
    }
}

/* The sum of what pass 2 adds up to sum3, without one: of its few groups, which were kept, and of the others. */
static UNUSED double cross_entropy_without_kept1_f64(size_t classes, const cross_entropy_row_f64 *row, size_t index)
{
    const size_t few = FEW * GROUP_f64, first = index - index % few;
    const size_t end = classes - first < few ? classes : first + few;
    return few_without_f64(classes, row->kept1_few, first)
        + without_f64(end - first, row->kept1 + first, index - first);
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop.  plain: no exponent has an offset. */
INLINE void cross_entropy_passes_f64(int passes, int plain, int stream, size_t classes, cross_entropy_row_f64 *row1, cross_entropy_row_f64 *row2, cross_entropy_row_f64 *row3)
{
    cross_entropy_row_f64 in1 = *row1, in2 = *row2, in3 = *row3;
    if (plain) {
        in2.reference1.offset = 0;
    }
    double largest[GROUP_f64];
    fill_f64(largest, -(double)INFINITY);
    sums_f64 sum1 = { {0}, {0}, {0} };
    sums_f64 sum3 = { {0}, {0}, {0} };
    double waiting[BLOCK + GROUP_f64];
    const size_t shift = past_line_f64(in3.gradient);
    const size_t step = stream == BY_BLOCKS ? BLOCK : classes;
    for (size_t block = 0; block < classes; block += step) {
        const size_t end = classes - block < step ? classes : block + step;
        double *gradient = stream == BY_BLOCKS ? waiting + shift : in3.gradient + block;
        size_t at = block;
        while (end - at >= FEW * GROUP_f64) {
            begin_f64(&sum1);
            begin_f64(&sum3);
            FEW_GROUPS(at, GROUP_f64) {
                if (passes & 4) {
                    if (stream == NEAR) PREFETCH(in3.gradient + at, GROUP_f64, AHEAD, 1);
                    double line[GROUP_f64];
                    cross_entropy_pass3_f64(GROUP_f64, in3.targets + at, in3.kept1 + at, in3.c2, stream == BY_LINES ? line : gradient + (at - block));
                    if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
                }
                if (passes & 2) {
                    PREFETCH(in2.targets + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    cross_entropy_pass2_f64(GROUP_f64, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
                }
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    cross_entropy_pass1_f64(GROUP_f64, in1.logits + at, largest);
                }
            }
            if (passes & 2)
                keep_few_f64(in2.kept1_few, at - FEW * GROUP_f64, &sum3);
            settle_f64(&sum1);
            settle_f64(&sum3);
        }
        begin_f64(&sum1);
        begin_f64(&sum3);
        for (; end - at >= GROUP_f64; at += GROUP_f64) {
            if (passes & 4) {
                if (stream == NEAR) PREFETCH(in3.gradient + at, GROUP_f64, AHEAD, 1);
                double line[GROUP_f64];
                cross_entropy_pass3_f64(GROUP_f64, in3.targets + at, in3.kept1 + at, in3.c2, stream == BY_LINES ? line : gradient + (at - block));
                if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
            }
            if (passes & 2) {
                PREFETCH(in2.targets + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                cross_entropy_pass2_f64(GROUP_f64, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
            }
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                cross_entropy_pass1_f64(GROUP_f64, in1.logits + at, largest);
            }
        }
        if (end - at >= 4) {
            if (passes & 4)
                cross_entropy_pass3_f64(4, in3.targets + at, in3.kept1 + at, in3.c2, gradient + (at - block));
            if (passes & 2)
                cross_entropy_pass2_f64(4, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_pass1_f64(4, in1.logits + at, largest);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 4)
                cross_entropy_pass3_f64(2, in3.targets + at, in3.kept1 + at, in3.c2, gradient + (at - block));
            if (passes & 2)
                cross_entropy_pass2_f64(2, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_pass1_f64(2, in1.logits + at, largest);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 4)
                cross_entropy_pass3_f64(1, in3.targets + at, in3.kept1 + at, in3.c2, gradient + (at - block));
            if (passes & 2)
                cross_entropy_pass2_f64(1, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, in2.kept1 + at, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_pass1_f64(1, in1.logits + at, largest);
        }
        if (stream == BY_BLOCKS)
            pass_on_f64(in3.gradient, block, end, classes, waiting, shift);
    }
    if (passes & 4) {
        cross_entropy_row_f64 *row = row3;
        row->gradient[row->largest] = row->c1;
    }
    if (passes & 2) {
        cross_entropy_row_f64 *row = row2;
        keep_few_f64(row->kept1_few, classes - classes % (FEW * GROUP_f64), &sum3);
        row->sum1 = total_f64(&sum1);
        row->sum3 = total_f64(&sum3);
        row->sum2 = exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic);
        row->sum2 = 4 * row->sum2 <= row->sum3
            ? row->sum3 - row->sum2
            : cross_entropy_without_kept1_f64(classes, row, position_f64(classes, row->logits, (double)row->largest_value));
        row->c1 = (exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic) * (1.0 - row->targets[row->largest]) - row->targets[row->largest] * row->sum2) / (exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic) + row->sum2);
        row->c2 = 1.0 / (exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic) + row->sum2);
    }
    if (passes & 1) {
        cross_entropy_row_f64 *row = row1;
        row->largest_value = largest_f64(largest);
        row->largest = position_f64(classes, row->logits, (double)row->largest_value);
        row->reference1 = reference_near_f64(row->largest_value);
    }
}

/* Some passes on one row, by themselves. */
static void cross_entropy_alone_f64(int passes, size_t classes, cross_entropy_row_f64 *row)
{
    cross_entropy_passes_f64(passes, 0, NEAR, classes, row, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void cross_entropy_step_f64(size_t classes, cross_entropy_row_f64 *ring, size_t step, size_t fed, int stream)
{
    cross_entropy_row_f64 *row1 = &ring[step % TOGETHER];
    cross_entropy_row_f64 *row2 = &ring[(step - 1) % TOGETHER];
    cross_entropy_row_f64 *row3 = &ring[(step - 2) % TOGETHER];
    if (step >= 2 && step < fed && row2->reference1.offset == 0) {
        if (stream && past_line_f64(row3->gradient) == 0)
            cross_entropy_passes_f64(7, 1, BY_LINES, classes, row1, row2, row3);
        else if (stream)
            cross_entropy_passes_f64(7, 1, BY_BLOCKS, classes, row1, row2, row3);
        else
            cross_entropy_passes_f64(7, 1, NEAR, classes, row1, row2, row3);
    }
    else {
        if (step >= 2 && step - 2 < fed)
            cross_entropy_alone_f64(4, classes, row3);
        if (step >= 1 && step - 1 < fed)
            cross_entropy_alone_f64(2, classes, row2);
        if (step < fed)
            cross_entropy_alone_f64(1, classes, row1);
    }
}

/* What no pass needs of rows first, ..., end - 1: together, so that no row waits for another's logarithm. */
static void cross_entropy_last_f64(size_t classes, cross_entropy_row_f64 *ring, size_t first, size_t end)
{
    (void)classes;
    for (size_t n = first; n < end; n++) {
        cross_entropy_row_f64 *row = &ring[n % TOGETHER];
        row->loss[0] = row->sum1 + log1p_f64(row->sum2 / exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic));
    }
}

static void cross_entropy_rows_f64(size_t from, size_t to, size_t classes, const double *logits, const double *targets, double *loss, double *gradient, double *kept, int stream)
{
    cross_entropy_row_f64 ring[TOGETHER];
    size_t fed = 0;
    size_t ended = 0;
    for (size_t row = from; row < to; row++) {
        if (fed - ended == TOGETHER) {
            cross_entropy_last_f64(classes, ring, ended, fed - 2);
            ended = fed - 2;
        }
        ring[fed % TOGETHER] = (cross_entropy_row_f64){ .logits = logits + row * classes, .targets = targets + row * classes, .loss = loss + row, .gradient = gradient + row * classes, .kept1 = kept, .kept1_few = kept + stride_f64(classes) };
        fed++;
        cross_entropy_step_f64(classes, ring, fed - 1, fed, stream);
    }
    for (size_t step = fed; step < fed + 2; step++)
        cross_entropy_step_f64(classes, ring, step, fed, stream);
    cross_entropy_last_f64(classes, ring, ended, fed);
    if (stream)
        stream_done();
}

static void cross_entropy_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, const double *targets_rows, double *loss_rows, double *gradient_rows)
{
    double logits[SHORT * LANES];
    to_lanes_f64(count, lanes, classes, logits_rows, logits);
    double targets[SHORT * LANES];
    to_lanes_f64(count, lanes, classes, targets_rows, targets);
    double loss[LANES];
    double gradient[SHORT * LANES];
    double kept1[SHORT * LANES];
    int64_t largest[LANES];
    double largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) { largest[lane] = 0; largest_value[lane] = -(double)INFINITY; }
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_better = logits[i * LANES + lane] > largest_value[lane];
            largest[lane] ^= (largest[lane] ^ i) & -(int64_t)largest_better;
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(largest_value[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    double sum2[LANES], sum2_largest[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = sum2_largest[lane] = 0;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const double v1_here = exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            sum1[lane] += targets[i * LANES + lane] * (largest_value[lane] - logits[i * LANES + lane]);
            const double sum2_next = v1_here;
            const double sum2_more = sum2_next > sum2_largest[lane] ? sum2_next : sum2_largest[lane];
            sum2[lane] += other_f64(sum2_next, sum2_largest[lane], sum2_more);
            sum2_largest[lane] = sum2_more;
        }
    double c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = (sum2_largest[lane] * (1.0 - targets[largest[lane] * LANES + (int64_t)lane]) - targets[largest[lane] * LANES + (int64_t)lane] * sum2[lane]) / (sum2_largest[lane] + sum2[lane]);
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = sum1[lane] + log1p_f64(sum2[lane] / sum2_largest[lane]);
    double c2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c2[lane] = 1.0 / (sum2_largest[lane] + sum2[lane]);
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            gradient[i * LANES + lane] = kept1[i * LANES + lane] * c2[lane] - targets[i * LANES + lane];
        }
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
    from_lanes_f64(count, classes, gradient, gradient_rows);
    for (size_t lane = 0; lane < count; lane++) gradient_rows[lane * classes + (size_t)largest[lane]] = c1[lane];
}

/* What a row of cross_entropy_required_f64 knows on its way through the passes. */
typedef struct {
    const double *logits;
    const double *targets;
    double *loss;
    double *kept1_few;
    double largest_value, sum1, sum3, sum2;
    reference_f64 reference1;
} cross_entropy_required_row_f64;

INLINE void cross_entropy_required_pass1_f64(int count, const double *restrict logits, double *restrict largest)
{
    ENTRIES(i, count) {
        largest[i] = logits[i] > largest[i] ? logits[i] : largest[i];
    }
}

INLINE void cross_entropy_required_pass2_f64(int count, const double *restrict logits, const double *restrict targets, reference_f64 reference1, double largest_value, double *restrict kept1, sums_f64 *restrict sum1, sums_f64 *restrict sum3)
{
    ENTRIES(i, count) {
        const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = v1;
        add_f64(sum1, i, targets[i] * (largest_value - logits[i]));
        add_f64(sum3, i, v1);
    }
}

/* The sum of what pass 2 adds up to sum3, without one: of its few groups, which are computed again, and of the others. */
static UNUSED double cross_entropy_required_without_kept1_f64(size_t classes, const cross_entropy_required_row_f64 *row, size_t index)
{
    const size_t few = FEW * GROUP_f64, first = index - index % few;
    const size_t end = classes - first < few ? classes : first + few;
    const cross_entropy_required_row_f64 in2 = *row;
    double again[FEW * GROUP_f64];
    sums_f64 sum1 = { {0}, {0}, {0} };
    sums_f64 sum3 = { {0}, {0}, {0} };
    for (size_t at = first; at < end; at += GROUP_f64) {
        const int count = end - at < GROUP_f64 ? (int)(end - at) : GROUP_f64;
        double *kept1 = again + (at - first);
        cross_entropy_required_pass2_f64(count, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
    }
    return few_without_f64(classes, row->kept1_few, first)
        + without_f64(end - first, again, index - first);
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop.  plain: no exponent has an offset. */
INLINE void cross_entropy_required_passes_f64(int passes, int plain, size_t classes, cross_entropy_required_row_f64 *row1, cross_entropy_required_row_f64 *row2)
{
    cross_entropy_required_row_f64 in1 = *row1, in2 = *row2;
    if (plain) {
        in2.reference1.offset = 0;
    }
    double largest[GROUP_f64];
    fill_f64(largest, -(double)INFINITY);
    sums_f64 sum1 = { {0}, {0}, {0} };
    sums_f64 sum3 = { {0}, {0}, {0} };
    double kept1[GROUP_f64]; /* not kept */
    {
        const size_t block = 0, end = classes;
        size_t at = block;
        while (end - at >= FEW * GROUP_f64) {
            begin_f64(&sum1);
            begin_f64(&sum3);
            FEW_GROUPS(at, GROUP_f64) {
                if (passes & 2) {
                    PREFETCH(in2.targets + at, GROUP_f64, AHEAD, 0);
                    cross_entropy_required_pass2_f64(GROUP_f64, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
                }
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f64, AHEAD, 0);
                    cross_entropy_required_pass1_f64(GROUP_f64, in1.logits + at, largest);
                }
            }
            if (passes & 2)
                keep_few_f64(in2.kept1_few, at - FEW * GROUP_f64, &sum3);
            settle_f64(&sum1);
            settle_f64(&sum3);
        }
        begin_f64(&sum1);
        begin_f64(&sum3);
        for (; end - at >= GROUP_f64; at += GROUP_f64) {
            if (passes & 2) {
                PREFETCH(in2.targets + at, GROUP_f64, AHEAD, 0);
                cross_entropy_required_pass2_f64(GROUP_f64, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
            }
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f64, AHEAD, 0);
                cross_entropy_required_pass1_f64(GROUP_f64, in1.logits + at, largest);
            }
        }
        if (end - at >= 4) {
            if (passes & 2)
                cross_entropy_required_pass2_f64(4, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_required_pass1_f64(4, in1.logits + at, largest);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 2)
                cross_entropy_required_pass2_f64(2, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_required_pass1_f64(2, in1.logits + at, largest);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 2)
                cross_entropy_required_pass2_f64(1, in2.logits + at, in2.targets + at, in2.reference1, in2.largest_value, kept1, &sum1, &sum3);
            if (passes & 1)
                cross_entropy_required_pass1_f64(1, in1.logits + at, largest);
        }
    }
    if (passes & 2) {
        cross_entropy_required_row_f64 *row = row2;
        keep_few_f64(row->kept1_few, classes - classes % (FEW * GROUP_f64), &sum3);
        row->sum1 = total_f64(&sum1);
        row->sum3 = total_f64(&sum3);
        row->sum2 = exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic);
        row->sum2 = 4 * row->sum2 <= row->sum3
            ? row->sum3 - row->sum2
            : cross_entropy_required_without_kept1_f64(classes, row, position_f64(classes, row->logits, (double)row->largest_value));
    }
    if (passes & 1) {
        cross_entropy_required_row_f64 *row = row1;
        row->largest_value = largest_f64(largest);
        row->reference1 = reference_near_f64(row->largest_value);
    }
}

/* Some passes on one row, by themselves. */
static void cross_entropy_required_alone_f64(int passes, size_t classes, cross_entropy_required_row_f64 *row)
{
    cross_entropy_required_passes_f64(passes, 0, classes, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void cross_entropy_required_step_f64(size_t classes, cross_entropy_required_row_f64 *ring, size_t step, size_t fed)
{
    cross_entropy_required_row_f64 *row1 = &ring[step % TOGETHER];
    cross_entropy_required_row_f64 *row2 = &ring[(step - 1) % TOGETHER];
    if (step >= 1 && step < fed && row2->reference1.offset == 0) {
        cross_entropy_required_passes_f64(3, 1, classes, row1, row2);
    }
    else {
        if (step >= 1 && step - 1 < fed)
            cross_entropy_required_alone_f64(2, classes, row2);
        if (step < fed)
            cross_entropy_required_alone_f64(1, classes, row1);
    }
}

/* What no pass needs of rows first, ..., end - 1: together, so that no row waits for another's logarithm. */
static void cross_entropy_required_last_f64(size_t classes, cross_entropy_required_row_f64 *ring, size_t first, size_t end)
{
    (void)classes;
    for (size_t n = first; n < end; n++) {
        cross_entropy_required_row_f64 *row = &ring[n % TOGETHER];
        row->loss[0] = row->sum1 + log1p_f64(row->sum2 / exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic));
    }
}

static void cross_entropy_required_rows_f64(size_t from, size_t to, size_t classes, const double *logits, const double *targets, double *loss, double *kept)
{
    cross_entropy_required_row_f64 ring[TOGETHER];
    size_t fed = 0;
    size_t ended = 0;
    for (size_t row = from; row < to; row++) {
        if (fed - ended == TOGETHER) {
            cross_entropy_required_last_f64(classes, ring, ended, fed - 1);
            ended = fed - 1;
        }
        ring[fed % TOGETHER] = (cross_entropy_required_row_f64){ .logits = logits + row * classes, .targets = targets + row * classes, .loss = loss + row, .kept1_few = kept };
        fed++;
        cross_entropy_required_step_f64(classes, ring, fed - 1, fed);
    }
    for (size_t step = fed; step < fed + 1; step++)
        cross_entropy_required_step_f64(classes, ring, step, fed);
    cross_entropy_required_last_f64(classes, ring, ended, fed);
}

static void cross_entropy_required_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, const double *targets_rows, double *loss_rows)
{
    double logits[SHORT * LANES];
    to_lanes_f64(count, lanes, classes, logits_rows, logits);
    double targets[SHORT * LANES];
    to_lanes_f64(count, lanes, classes, targets_rows, targets);
    double loss[LANES];
    double largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) largest_value[lane] = -(double)INFINITY;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_value_better = logits[i * LANES + lane] > largest_value[lane];
            largest_value[lane] = largest_value_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(largest_value[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    double sum2[LANES], sum2_largest[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = sum2_largest[lane] = 0;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            sum1[lane] += targets[i * LANES + lane] * (largest_value[lane] - logits[i * LANES + lane]);
            const double sum2_next = exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            const double sum2_more = sum2_next > sum2_largest[lane] ? sum2_next : sum2_largest[lane];
            sum2[lane] += other_f64(sum2_next, sum2_largest[lane], sum2_more);
            sum2_largest[lane] = sum2_more;
        }
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = sum1[lane] + log1p_f64(sum2[lane] / sum2_largest[lane]);
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
}

static int cross_entropy_checked_f64(size_t rows, size_t classes, const double *logits, const double *targets, double *loss, double *gradient)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (logits == NULL || targets == NULL || loss == NULL)
        return KERNEL_NULL;
    if (gradient == NULL) {
        if (classes <= SHORT) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                cross_entropy_required_tile_f64(count, lanes, classes, logits + row * classes, targets + row * classes, loss + row);
            }
            return KERNEL_DONE;
        }
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = few_stride_f64(classes);
        double *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f64 }) ? malloc((parts * room + GROUP_f64) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        double *lines = scratch + (GROUP_f64 - past_line_f64(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            cross_entropy_required_rows_f64(from, to, classes, logits, targets, loss, lines + part * room);
        }
        free(scratch);
        return KERNEL_DONE;
    }
    {
        if (classes <= SHORT) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                cross_entropy_tile_f64(count, lanes, classes, logits + row * classes, targets + row * classes, loss + row, gradient + row * classes);
            }
            return KERNEL_DONE;
        }
        const int stream = rows * classes > STREAM_BYTES / sizeof(*gradient) && (uintptr_t)gradient % sizeof(*gradient) == 0;
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = stride_f64(classes) + few_stride_f64(classes);
        double *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f64 }) ? malloc((parts * room + GROUP_f64) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        double *lines = scratch + (GROUP_f64 - past_line_f64(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            cross_entropy_rows_f64(from, to, classes, logits, targets, loss, gradient, lines + part * room, stream);
        }
        free(scratch);
        return KERNEL_DONE;
    }
}

int cross_entropy_f64(size_t rows, size_t classes, const double *logits, const double *targets, double *loss, double *gradient)
{
    return cross_entropy_checked_f64(rows, classes, logits, targets, loss, gradient);
}

/* ==== cross_entropy_labels_f32 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 234 (definition): E = - \log y_l
 * line 240 (proved): E = z_r - z_l + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 * line 252 (proved): \frac{\partial E}{\partial z_l} = - (1 - y_l)
 * line 253 (proved): - (1 - y_l) = - \frac{\sum_{j \neq l} e^{z_j - m}}{\sum_j e^{z_j - m}}
 * line 261 (proved): \frac{\partial E}{\partial z_i} = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}}
 * with largest: the position of maxⱼ logitsⱼ
 */

/* What a row of cross_entropy_labels_f32 knows on its way through the passes. */
typedef struct {
    const float *logits;
    int64_t labels;
    float *loss;
    float *gradient;
    float *kept1;
    float *kept1_few;
    reference_f32 reference1;
    int again;
    double sum2, largest_value, sum1, sum3, c1, c2;
} cross_entropy_labels_row_f32;

INLINE void cross_entropy_labels_pass1_f32(int count, const float *restrict logits, reference_f32 reference1, float *restrict kept1, float *restrict largest, sums_f32 *restrict sum2)
{
    ENTRIES(i, count) {
        const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = v1;
        largest[i] = logits[i] > largest[i] ? logits[i] : largest[i];
        add_f32(sum2, i, v1);
    }
}

INLINE void cross_entropy_labels_pass2_f32(int count, const float *restrict kept1, double c2, float *restrict gradient)
{
    ENTRIES(i, count) {
        gradient[i] = kept1[i] * (float)c2;
    }
}

/* The sum of what pass 1 adds up to sum2, without one: of its few groups, which were kept, and of the others. */
static UNUSED double cross_entropy_labels_without_kept1_f32(size_t classes, const cross_entropy_labels_row_f32 *row, size_t index)
{
    const size_t few = FEW * GROUP_f32, first = index - index % few;
    const size_t end = classes - first < few ? classes : first + few;
    return few_without_f32(classes, row->kept1_few, first)
        + without_f32(end - first, row->kept1 + first, index - first);
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop.  plain: no exponent has an offset. */
INLINE void cross_entropy_labels_passes_f32(int passes, int plain, int stream, size_t classes, cross_entropy_labels_row_f32 *row1, cross_entropy_labels_row_f32 *row2)
{
    cross_entropy_labels_row_f32 in1 = *row1, in2 = *row2;
    if (plain) {
        in1.reference1.offset = 0;
    }
    float largest[GROUP_f32];
    fill_f32(largest, -(float)INFINITY);
    sums_f32 sum2 = { {0}, {0}, {0} };
    float waiting[BLOCK + GROUP_f32];
    const size_t shift = past_line_f32(in2.gradient);
    const size_t step = stream == BY_BLOCKS ? BLOCK : classes;
    for (size_t block = 0; block < classes; block += step) {
        const size_t end = classes - block < step ? classes : block + step;
        float *gradient = stream == BY_BLOCKS ? waiting + shift : in2.gradient + block;
        size_t at = block;
        while (end - at >= FEW * GROUP_f32) {
            begin_f32(&sum2);
            FEW_GROUPS(at, GROUP_f32) {
                if (passes & 2) {
                    if (stream == NEAR) PREFETCH(in2.gradient + at, GROUP_f32, AHEAD, 1);
                    float line[GROUP_f32];
                    cross_entropy_labels_pass2_f32(GROUP_f32, in2.kept1 + at, in2.c2, stream == BY_LINES ? line : gradient + (at - block));
                    if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
                }
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    cross_entropy_labels_pass1_f32(GROUP_f32, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
                }
            }
            if (passes & 1)
                keep_few_f32(in1.kept1_few, at - FEW * GROUP_f32, &sum2);
            settle_f32(&sum2);
        }
        begin_f32(&sum2);
        for (; end - at >= GROUP_f32; at += GROUP_f32) {
            if (passes & 2) {
                if (stream == NEAR) PREFETCH(in2.gradient + at, GROUP_f32, AHEAD, 1);
                float line[GROUP_f32];
                cross_entropy_labels_pass2_f32(GROUP_f32, in2.kept1 + at, in2.c2, stream == BY_LINES ? line : gradient + (at - block));
                if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
            }
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                cross_entropy_labels_pass1_f32(GROUP_f32, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
            }
        }
        if (end - at >= 8) {
            if (passes & 2)
                cross_entropy_labels_pass2_f32(8, in2.kept1 + at, in2.c2, gradient + (at - block));
            if (passes & 1)
                cross_entropy_labels_pass1_f32(8, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
            at += 8;
        }
        if (end - at >= 4) {
            if (passes & 2)
                cross_entropy_labels_pass2_f32(4, in2.kept1 + at, in2.c2, gradient + (at - block));
            if (passes & 1)
                cross_entropy_labels_pass1_f32(4, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 2)
                cross_entropy_labels_pass2_f32(2, in2.kept1 + at, in2.c2, gradient + (at - block));
            if (passes & 1)
                cross_entropy_labels_pass1_f32(2, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 2)
                cross_entropy_labels_pass2_f32(1, in2.kept1 + at, in2.c2, gradient + (at - block));
            if (passes & 1)
                cross_entropy_labels_pass1_f32(1, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
        }
        if (stream == BY_BLOCKS)
            pass_on_f32(in2.gradient, block, end, classes, waiting, shift);
    }
    if (passes & 2) {
        cross_entropy_labels_row_f32 *row = row2;
        row->gradient[(size_t)row->labels] = (float)(row->c1);
    }
    if (passes & 1) {
        cross_entropy_labels_row_f32 *row = row1;
        const float peak = largest_f32(largest);
        row->again = !is_near_f32(row->reference1, peak);
        if (row->again) {
            row->reference1 = reference_near_f32(peak);
            return;
        }
        keep_few_f32(row->kept1_few, classes - classes % (FEW * GROUP_f32), &sum2);
        row->sum2 = total_f32(&sum2);
        row->largest_value = largest_f32(largest);
        row->sum1 = (double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic);
        row->sum1 = 4 * row->sum1 <= row->sum2
            ? row->sum2 - row->sum1
            : cross_entropy_labels_without_kept1_f32(classes, row, position_f32(classes, row->logits, (float)row->largest_value));
        row->sum3 = (double)row->kept1[(size_t)row->labels];
        row->sum3 = 4 * row->sum3 <= row->sum2
            ? row->sum2 - row->sum3
            : cross_entropy_labels_without_kept1_f32(classes, row, (size_t)row->labels);
        row->c1 = -(row->sum3 / row->sum2);
        row->c2 = 1.0 / row->sum2;
    }
}

/* Some passes on one row, by themselves. */
static void cross_entropy_labels_alone_f32(int passes, size_t classes, cross_entropy_labels_row_f32 *row)
{
    cross_entropy_labels_passes_f32(passes, 0, NEAR, classes, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void cross_entropy_labels_step_f32(size_t classes, cross_entropy_labels_row_f32 *ring, size_t step, size_t fed, int stream)
{
    cross_entropy_labels_row_f32 *row1 = &ring[step % TOGETHER];
    cross_entropy_labels_row_f32 *row2 = &ring[(step - 1) % TOGETHER];
    if (step >= 1 && step < fed && row1->reference1.offset == 0) {
        if (stream && past_line_f32(row2->gradient) == 0)
            cross_entropy_labels_passes_f32(3, 1, BY_LINES, classes, row1, row2);
        else if (stream)
            cross_entropy_labels_passes_f32(3, 1, BY_BLOCKS, classes, row1, row2);
        else
            cross_entropy_labels_passes_f32(3, 1, NEAR, classes, row1, row2);
    }
    else {
        if (step >= 1 && step - 1 < fed)
            cross_entropy_labels_alone_f32(2, classes, row2);
        if (step < fed)
            cross_entropy_labels_alone_f32(1, classes, row1);
    }
    if (step < fed && row1->again) /* the guess was not near enough */
        cross_entropy_labels_alone_f32(1, classes, row1);
}

/* What no pass needs of rows first, ..., end - 1: together, so that no row waits for another's logarithm. */
static void cross_entropy_labels_last_f32(size_t classes, cross_entropy_labels_row_f32 *ring, size_t first, size_t end)
{
    (void)classes;
    for (size_t n = first; n < end; n++) {
        cross_entropy_labels_row_f32 *row = &ring[n % TOGETHER];
        row->loss[0] = (float)(row->largest_value - (double)row->logits[(size_t)row->labels] + log1p_f64(row->sum1 / (double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic)));
    }
}

static void cross_entropy_labels_rows_f32(size_t from, size_t to, size_t classes, const float *logits, const int64_t *labels, float *loss, float *gradient, const int64_t *ignored, float *kept, int stream)
{
    cross_entropy_labels_row_f32 ring[TOGETHER];
    size_t fed = 0;
    size_t ended = 0;
    for (size_t row = from; row < to; row++) {
        if (ignored && labels[row] == *ignored) {
            memset(loss + row, 0, sizeof(*loss));
            memset(gradient + row * classes, 0, classes * sizeof(*gradient));
            continue;
        }
        if (fed - ended == TOGETHER) {
            cross_entropy_labels_last_f32(classes, ring, ended, fed - 1);
            ended = fed - 1;
        }
        ring[fed % TOGETHER] = (cross_entropy_labels_row_f32){ .logits = logits + row * classes, .labels = labels[row], .loss = loss + row, .gradient = gradient + row * classes, .kept1 = kept, .kept1_few = kept + stride_f32(classes), .reference1 = fed ? ring[(fed - 1) % TOGETHER].reference1 : reference_near_f32(logits[row * classes]) };
        fed++;
        cross_entropy_labels_step_f32(classes, ring, fed - 1, fed, stream);
    }
    for (size_t step = fed; step < fed + 1; step++)
        cross_entropy_labels_step_f32(classes, ring, step, fed, stream);
    cross_entropy_labels_last_f32(classes, ring, ended, fed);
    if (stream)
        stream_done();
}

static void cross_entropy_labels_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, const int64_t *labels_rows, float *loss_rows, float *gradient_rows)
{
    float logits[SHORT * LANES];
    to_lanes_f32(count, lanes, classes, logits_rows, logits);
    int32_t labels[LANES];
    for (size_t lane = 0; lane < lanes; lane++) labels[lane] = (int32_t)labels_rows[(lane < count ? lane : count - 1)];
    float loss[LANES];
    float gradient[SHORT * LANES];
    float kept1[SHORT * LANES];
    float largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) largest_value[lane] = -(float)INFINITY;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_value_better = logits[i * LANES + lane] > largest_value[lane];
            largest_value[lane] = largest_value_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(largest_value[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES], sum1_largest[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = sum1_largest[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const float v1_here = exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            const float sum1_next = v1_here;
            const float sum1_more = sum1_next > sum1_largest[lane] ? sum1_next : sum1_largest[lane];
            sum1[lane] += other_f32(sum1_next, sum1_largest[lane], sum1_more);
            sum1_largest[lane] = sum1_more;
        }
    float sum2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = sum1[lane] + sum1_largest[lane];
    float sum3[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float sum3_entry = kept1[labels[lane] * LANES + (int32_t)lane], sum3_whole = sum1[lane] + sum1_largest[lane];
        sum3[lane] = 2 * sum3_entry <= sum3_whole
            ? sum3_whole - sum3_entry : sum1[lane];
    }
    float c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = -(sum3[lane] / sum2[lane]);
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = largest_value[lane] - logits[labels[lane] * LANES + (int32_t)lane] + log1p_f32(sum1[lane] / sum1_largest[lane]);
    float c2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c2[lane] = 1.0f / sum2[lane];
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            gradient[i * LANES + lane] = kept1[i * LANES + lane] * c2[lane];
        }
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
    from_lanes_f32(count, classes, gradient, gradient_rows);
    for (size_t lane = 0; lane < count; lane++) gradient_rows[lane * classes + (size_t)labels[lane]] = c1[lane];
}

/* What a row of cross_entropy_labels_required_f32 knows on its way through the passes. */
typedef struct {
    const float *logits;
    int64_t labels;
    float *loss;
    float *kept1_few;
    reference_f32 reference1;
    int again;
    double sum2, largest_value, sum1;
} cross_entropy_labels_required_row_f32;

INLINE void cross_entropy_labels_required_pass1_f32(int count, const float *restrict logits, reference_f32 reference1, float *restrict kept1, float *restrict largest, sums_f32 *restrict sum2)
{
    ENTRIES(i, count) {
        const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = (float)v1;
        largest[i] = logits[i] > largest[i] ? logits[i] : largest[i];
        add_f32(sum2, i, (float)v1);
    }
}

/* The sum of what pass 1 adds up to sum2, without one: of its few groups, which are computed again, and of the others. */
static UNUSED double cross_entropy_labels_required_without_kept1_f32(size_t classes, const cross_entropy_labels_required_row_f32 *row, size_t index)
{
    const size_t few = FEW * GROUP_f32, first = index - index % few;
    const size_t end = classes - first < few ? classes : first + few;
    const cross_entropy_labels_required_row_f32 in1 = *row;
    float again[FEW * GROUP_f32];
    float largest[GROUP_f32];
    fill_f32(largest, -(float)INFINITY);
    sums_f32 sum2 = { {0}, {0}, {0} };
    for (size_t at = first; at < end; at += GROUP_f32) {
        const int count = end - at < GROUP_f32 ? (int)(end - at) : GROUP_f32;
        float *kept1 = again + (at - first);
        cross_entropy_labels_required_pass1_f32(count, in1.logits + at, in1.reference1, kept1, largest, &sum2);
    }
    return few_without_f32(classes, row->kept1_few, first)
        + without_f32(end - first, again, index - first);
}

/* The pass over a row.  plain: no exponent has an offset. */
INLINE void cross_entropy_labels_required_passes_f32(int passes, int plain, size_t classes, cross_entropy_labels_required_row_f32 *row1)
{
    cross_entropy_labels_required_row_f32 in1 = *row1;
    if (plain) {
        in1.reference1.offset = 0;
    }
    float largest[GROUP_f32];
    fill_f32(largest, -(float)INFINITY);
    sums_f32 sum2 = { {0}, {0}, {0} };
    float kept1[GROUP_f32]; /* not kept */
    {
        const size_t block = 0, end = classes;
        size_t at = block;
        while (end - at >= FEW * GROUP_f32) {
            begin_f32(&sum2);
            FEW_GROUPS(at, GROUP_f32) {
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f32, AHEAD, 0);
                    cross_entropy_labels_required_pass1_f32(GROUP_f32, in1.logits + at, in1.reference1, kept1, largest, &sum2);
                }
            }
            if (passes & 1)
                keep_few_f32(in1.kept1_few, at - FEW * GROUP_f32, &sum2);
            settle_f32(&sum2);
        }
        begin_f32(&sum2);
        for (; end - at >= GROUP_f32; at += GROUP_f32) {
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f32, AHEAD, 0);
                cross_entropy_labels_required_pass1_f32(GROUP_f32, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            }
        }
        if (end - at >= 8) {
            if (passes & 1)
                cross_entropy_labels_required_pass1_f32(8, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            at += 8;
        }
        if (end - at >= 4) {
            if (passes & 1)
                cross_entropy_labels_required_pass1_f32(4, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 1)
                cross_entropy_labels_required_pass1_f32(2, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 1)
                cross_entropy_labels_required_pass1_f32(1, in1.logits + at, in1.reference1, kept1, largest, &sum2);
        }
    }
    if (passes & 1) {
        cross_entropy_labels_required_row_f32 *row = row1;
        const float peak = largest_f32(largest);
        row->again = !is_near_f32(row->reference1, peak);
        if (row->again) {
            row->reference1 = reference_near_f32(peak);
            return;
        }
        keep_few_f32(row->kept1_few, classes - classes % (FEW * GROUP_f32), &sum2);
        row->sum2 = total_f32(&sum2);
        row->largest_value = largest_f32(largest);
        row->sum1 = (double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic);
        row->sum1 = 4 * row->sum1 <= row->sum2
            ? row->sum2 - row->sum1
            : cross_entropy_labels_required_without_kept1_f32(classes, row, position_f32(classes, row->logits, (float)row->largest_value));
    }
}

/* Some passes on one row, by themselves. */
static void cross_entropy_labels_required_alone_f32(int passes, size_t classes, cross_entropy_labels_required_row_f32 *row)
{
    cross_entropy_labels_required_passes_f32(passes, 0, classes, row);
}

/* Each row takes its pass: of those fed so far, the one fed at this step its first. */
static void cross_entropy_labels_required_step_f32(size_t classes, cross_entropy_labels_required_row_f32 *ring, size_t step, size_t fed)
{
    cross_entropy_labels_required_row_f32 *row1 = &ring[step % TOGETHER];
    if (row1->reference1.offset == 0) {
        cross_entropy_labels_required_passes_f32(1, 1, classes, row1);
    }
    else {
        if (step < fed)
            cross_entropy_labels_required_alone_f32(1, classes, row1);
    }
    if (step < fed && row1->again) /* the guess was not near enough */
        cross_entropy_labels_required_alone_f32(1, classes, row1);
}

/* What no pass needs of rows first, ..., end - 1: together, so that no row waits for another's logarithm. */
static void cross_entropy_labels_required_last_f32(size_t classes, cross_entropy_labels_required_row_f32 *ring, size_t first, size_t end)
{
    (void)classes;
    for (size_t n = first; n < end; n++) {
        cross_entropy_labels_required_row_f32 *row = &ring[n % TOGETHER];
        row->loss[0] = (float)(row->largest_value - (double)row->logits[(size_t)row->labels] + log1p_f64(row->sum1 / (double)exp_from_f32((float)row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic)));
    }
}

static void cross_entropy_labels_required_rows_f32(size_t from, size_t to, size_t classes, const float *logits, const int64_t *labels, float *loss, const int64_t *ignored, float *kept)
{
    cross_entropy_labels_required_row_f32 ring[TOGETHER];
    size_t fed = 0;
    size_t ended = 0;
    for (size_t row = from; row < to; row++) {
        if (ignored && labels[row] == *ignored) {
            memset(loss + row, 0, sizeof(*loss));
            continue;
        }
        if (fed - ended == TOGETHER) {
            cross_entropy_labels_required_last_f32(classes, ring, ended, fed - 0);
            ended = fed - 0;
        }
        ring[fed % TOGETHER] = (cross_entropy_labels_required_row_f32){ .logits = logits + row * classes, .labels = labels[row], .loss = loss + row, .kept1_few = kept, .reference1 = fed ? ring[(fed - 1) % TOGETHER].reference1 : reference_near_f32(logits[row * classes]) };
        fed++;
        cross_entropy_labels_required_step_f32(classes, ring, fed - 1, fed);
    }
    cross_entropy_labels_required_last_f32(classes, ring, ended, fed);
}

static void cross_entropy_labels_required_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, const int64_t *labels_rows, float *loss_rows)
{
    float logits[SHORT * LANES];
    to_lanes_f32(count, lanes, classes, logits_rows, logits);
    int32_t labels[LANES];
    for (size_t lane = 0; lane < lanes; lane++) labels[lane] = (int32_t)labels_rows[(lane < count ? lane : count - 1)];
    float loss[LANES];
    float largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) largest_value[lane] = -(float)INFINITY;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_value_better = logits[i * LANES + lane] > largest_value[lane];
            largest_value[lane] = largest_value_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(largest_value[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES], sum1_largest[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = sum1_largest[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const float sum1_next = exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            const float sum1_more = sum1_next > sum1_largest[lane] ? sum1_next : sum1_largest[lane];
            sum1[lane] += other_f32(sum1_next, sum1_largest[lane], sum1_more);
            sum1_largest[lane] = sum1_more;
        }
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = largest_value[lane] - logits[labels[lane] * LANES + (int32_t)lane] + log1p_f32(sum1[lane] / sum1_largest[lane]);
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
}

static int cross_entropy_labels_checked_f32(size_t rows, size_t classes, const float *logits, const int64_t *labels, float *loss, float *gradient, const int64_t *ignored)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (logits == NULL || labels == NULL || loss == NULL)
        return KERNEL_NULL;
    if (!are_below(labels, rows, classes, ignored))
        return KERNEL_BAD_LABEL;
    if (gradient == NULL) {
        if (classes <= SHORT && ignored == NULL) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                cross_entropy_labels_required_tile_f32(count, lanes, classes, logits + row * classes, labels + row, loss + row);
            }
            return KERNEL_DONE;
        }
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = few_stride_f32(classes);
        float *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f32 }) ? malloc((parts * room + GROUP_f32) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        float *lines = scratch + (GROUP_f32 - past_line_f32(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            cross_entropy_labels_required_rows_f32(from, to, classes, logits, labels, loss, ignored, lines + part * room);
        }
        free(scratch);
        return KERNEL_DONE;
    }
    {
        if (classes <= SHORT && ignored == NULL) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                cross_entropy_labels_tile_f32(count, lanes, classes, logits + row * classes, labels + row, loss + row, gradient + row * classes);
            }
            return KERNEL_DONE;
        }
        const int stream = rows * classes > STREAM_BYTES / sizeof(*gradient) && (uintptr_t)gradient % sizeof(*gradient) == 0;
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = stride_f32(classes) + few_stride_f32(classes);
        float *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f32 }) ? malloc((parts * room + GROUP_f32) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        float *lines = scratch + (GROUP_f32 - past_line_f32(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            cross_entropy_labels_rows_f32(from, to, classes, logits, labels, loss, gradient, ignored, lines + part * room, stream);
        }
        free(scratch);
        return KERNEL_DONE;
    }
}

int cross_entropy_labels_f32(size_t rows, size_t classes, const float *logits, const int64_t *labels, float *loss, float *gradient)
{
    return cross_entropy_labels_checked_f32(rows, classes, logits, labels, loss, gradient, NULL);
}

int cross_entropy_labels_ignoring_f32(size_t rows, size_t classes, const float *logits, const int64_t *labels, float *loss, float *gradient, int64_t ignored)
{
    return cross_entropy_labels_checked_f32(rows, classes, logits, labels, loss, gradient, &ignored);
}

/* ==== cross_entropy_labels_f64 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 234 (definition): E = - \log y_l
 * line 240 (proved): E = z_r - z_l + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 * line 252 (proved): \frac{\partial E}{\partial z_l} = - (1 - y_l)
 * line 253 (proved): - (1 - y_l) = - \frac{\sum_{j \neq l} e^{z_j - m}}{\sum_j e^{z_j - m}}
 * line 261 (proved): \frac{\partial E}{\partial z_i} = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}}
 * with largest: the position of maxⱼ logitsⱼ
 */

/* What a row of cross_entropy_labels_f64 knows on its way through the passes. */
typedef struct {
    const double *logits;
    int64_t labels;
    double *loss;
    double *gradient;
    double *kept1;
    double *kept1_few;
    reference_f64 reference1;
    int again;
    double sum2, largest_value, sum1, sum3, c1, c2;
} cross_entropy_labels_row_f64;

INLINE void cross_entropy_labels_pass1_f64(int count, const double *restrict logits, reference_f64 reference1, double *restrict kept1, double *restrict largest, sums_f64 *restrict sum2)
{
    ENTRIES(i, count) {
        const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = v1;
        largest[i] = logits[i] > largest[i] ? logits[i] : largest[i];
        add_f64(sum2, i, v1);
    }
}

INLINE void cross_entropy_labels_pass2_f64(int count, const double *restrict kept1, double c2, double *restrict gradient)
{
    ENTRIES(i, count) {
        gradient[i] = kept1[i] * c2;
    }
}

/* The sum of what pass 1 adds up to sum2, without one: of its few groups, which were kept, and of the others. */
static UNUSED double cross_entropy_labels_without_kept1_f64(size_t classes, const cross_entropy_labels_row_f64 *row, size_t index)
{
    const size_t few = FEW * GROUP_f64, first = index - index % few;
    const size_t end = classes - first < few ? classes : first + few;
    return few_without_f64(classes, row->kept1_few, first)
        + without_f64(end - first, row->kept1 + first, index - first);
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop.  plain: no exponent has an offset. */
INLINE void cross_entropy_labels_passes_f64(int passes, int plain, int stream, size_t classes, cross_entropy_labels_row_f64 *row1, cross_entropy_labels_row_f64 *row2)
{
    cross_entropy_labels_row_f64 in1 = *row1, in2 = *row2;
    if (plain) {
        in1.reference1.offset = 0;
    }
    double largest[GROUP_f64];
    fill_f64(largest, -(double)INFINITY);
    sums_f64 sum2 = { {0}, {0}, {0} };
    double waiting[BLOCK + GROUP_f64];
    const size_t shift = past_line_f64(in2.gradient);
    const size_t step = stream == BY_BLOCKS ? BLOCK : classes;
    for (size_t block = 0; block < classes; block += step) {
        const size_t end = classes - block < step ? classes : block + step;
        double *gradient = stream == BY_BLOCKS ? waiting + shift : in2.gradient + block;
        size_t at = block;
        while (end - at >= FEW * GROUP_f64) {
            begin_f64(&sum2);
            FEW_GROUPS(at, GROUP_f64) {
                if (passes & 2) {
                    if (stream == NEAR) PREFETCH(in2.gradient + at, GROUP_f64, AHEAD, 1);
                    double line[GROUP_f64];
                    cross_entropy_labels_pass2_f64(GROUP_f64, in2.kept1 + at, in2.c2, stream == BY_LINES ? line : gradient + (at - block));
                    if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
                }
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    cross_entropy_labels_pass1_f64(GROUP_f64, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
                }
            }
            if (passes & 1)
                keep_few_f64(in1.kept1_few, at - FEW * GROUP_f64, &sum2);
            settle_f64(&sum2);
        }
        begin_f64(&sum2);
        for (; end - at >= GROUP_f64; at += GROUP_f64) {
            if (passes & 2) {
                if (stream == NEAR) PREFETCH(in2.gradient + at, GROUP_f64, AHEAD, 1);
                double line[GROUP_f64];
                cross_entropy_labels_pass2_f64(GROUP_f64, in2.kept1 + at, in2.c2, stream == BY_LINES ? line : gradient + (at - block));
                if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
            }
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                cross_entropy_labels_pass1_f64(GROUP_f64, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
            }
        }
        if (end - at >= 4) {
            if (passes & 2)
                cross_entropy_labels_pass2_f64(4, in2.kept1 + at, in2.c2, gradient + (at - block));
            if (passes & 1)
                cross_entropy_labels_pass1_f64(4, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 2)
                cross_entropy_labels_pass2_f64(2, in2.kept1 + at, in2.c2, gradient + (at - block));
            if (passes & 1)
                cross_entropy_labels_pass1_f64(2, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 2)
                cross_entropy_labels_pass2_f64(1, in2.kept1 + at, in2.c2, gradient + (at - block));
            if (passes & 1)
                cross_entropy_labels_pass1_f64(1, in1.logits + at, in1.reference1, in1.kept1 + at, largest, &sum2);
        }
        if (stream == BY_BLOCKS)
            pass_on_f64(in2.gradient, block, end, classes, waiting, shift);
    }
    if (passes & 2) {
        cross_entropy_labels_row_f64 *row = row2;
        row->gradient[(size_t)row->labels] = row->c1;
    }
    if (passes & 1) {
        cross_entropy_labels_row_f64 *row = row1;
        const double peak = largest_f64(largest);
        row->again = !is_near_f64(row->reference1, peak);
        if (row->again) {
            row->reference1 = reference_near_f64(peak);
            return;
        }
        keep_few_f64(row->kept1_few, classes - classes % (FEW * GROUP_f64), &sum2);
        row->sum2 = total_f64(&sum2);
        row->largest_value = largest_f64(largest);
        row->sum1 = exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic);
        row->sum1 = 4 * row->sum1 <= row->sum2
            ? row->sum2 - row->sum1
            : cross_entropy_labels_without_kept1_f64(classes, row, position_f64(classes, row->logits, (double)row->largest_value));
        row->sum3 = row->kept1[(size_t)row->labels];
        row->sum3 = 4 * row->sum3 <= row->sum2
            ? row->sum2 - row->sum3
            : cross_entropy_labels_without_kept1_f64(classes, row, (size_t)row->labels);
        row->c1 = -(row->sum3 / row->sum2);
        row->c2 = 1.0 / row->sum2;
    }
}

/* Some passes on one row, by themselves. */
static void cross_entropy_labels_alone_f64(int passes, size_t classes, cross_entropy_labels_row_f64 *row)
{
    cross_entropy_labels_passes_f64(passes, 0, NEAR, classes, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void cross_entropy_labels_step_f64(size_t classes, cross_entropy_labels_row_f64 *ring, size_t step, size_t fed, int stream)
{
    cross_entropy_labels_row_f64 *row1 = &ring[step % TOGETHER];
    cross_entropy_labels_row_f64 *row2 = &ring[(step - 1) % TOGETHER];
    if (step >= 1 && step < fed && row1->reference1.offset == 0) {
        if (stream && past_line_f64(row2->gradient) == 0)
            cross_entropy_labels_passes_f64(3, 1, BY_LINES, classes, row1, row2);
        else if (stream)
            cross_entropy_labels_passes_f64(3, 1, BY_BLOCKS, classes, row1, row2);
        else
            cross_entropy_labels_passes_f64(3, 1, NEAR, classes, row1, row2);
    }
    else {
        if (step >= 1 && step - 1 < fed)
            cross_entropy_labels_alone_f64(2, classes, row2);
        if (step < fed)
            cross_entropy_labels_alone_f64(1, classes, row1);
    }
    if (step < fed && row1->again) /* the guess was not near enough */
        cross_entropy_labels_alone_f64(1, classes, row1);
}

/* What no pass needs of rows first, ..., end - 1: together, so that no row waits for another's logarithm. */
static void cross_entropy_labels_last_f64(size_t classes, cross_entropy_labels_row_f64 *ring, size_t first, size_t end)
{
    (void)classes;
    for (size_t n = first; n < end; n++) {
        cross_entropy_labels_row_f64 *row = &ring[n % TOGETHER];
        row->loss[0] = row->largest_value - row->logits[(size_t)row->labels] + log1p_f64(row->sum1 / exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic));
    }
}

static void cross_entropy_labels_rows_f64(size_t from, size_t to, size_t classes, const double *logits, const int64_t *labels, double *loss, double *gradient, const int64_t *ignored, double *kept, int stream)
{
    cross_entropy_labels_row_f64 ring[TOGETHER];
    size_t fed = 0;
    size_t ended = 0;
    for (size_t row = from; row < to; row++) {
        if (ignored && labels[row] == *ignored) {
            memset(loss + row, 0, sizeof(*loss));
            memset(gradient + row * classes, 0, classes * sizeof(*gradient));
            continue;
        }
        if (fed - ended == TOGETHER) {
            cross_entropy_labels_last_f64(classes, ring, ended, fed - 1);
            ended = fed - 1;
        }
        ring[fed % TOGETHER] = (cross_entropy_labels_row_f64){ .logits = logits + row * classes, .labels = labels[row], .loss = loss + row, .gradient = gradient + row * classes, .kept1 = kept, .kept1_few = kept + stride_f64(classes), .reference1 = fed ? ring[(fed - 1) % TOGETHER].reference1 : reference_near_f64(logits[row * classes]) };
        fed++;
        cross_entropy_labels_step_f64(classes, ring, fed - 1, fed, stream);
    }
    for (size_t step = fed; step < fed + 1; step++)
        cross_entropy_labels_step_f64(classes, ring, step, fed, stream);
    cross_entropy_labels_last_f64(classes, ring, ended, fed);
    if (stream)
        stream_done();
}

static void cross_entropy_labels_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, const int64_t *labels_rows, double *loss_rows, double *gradient_rows)
{
    double logits[SHORT * LANES];
    to_lanes_f64(count, lanes, classes, logits_rows, logits);
    int64_t labels[LANES];
    for (size_t lane = 0; lane < lanes; lane++) labels[lane] = (int64_t)labels_rows[(lane < count ? lane : count - 1)];
    double loss[LANES];
    double gradient[SHORT * LANES];
    double kept1[SHORT * LANES];
    double largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) largest_value[lane] = -(double)INFINITY;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_value_better = logits[i * LANES + lane] > largest_value[lane];
            largest_value[lane] = largest_value_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(largest_value[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES], sum1_largest[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = sum1_largest[lane] = 0;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const double v1_here = exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            const double sum1_next = v1_here;
            const double sum1_more = sum1_next > sum1_largest[lane] ? sum1_next : sum1_largest[lane];
            sum1[lane] += other_f64(sum1_next, sum1_largest[lane], sum1_more);
            sum1_largest[lane] = sum1_more;
        }
    double sum2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = sum1[lane] + sum1_largest[lane];
    double sum3[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double sum3_entry = kept1[labels[lane] * LANES + (int64_t)lane], sum3_whole = sum1[lane] + sum1_largest[lane];
        sum3[lane] = 2 * sum3_entry <= sum3_whole
            ? sum3_whole - sum3_entry : sum1[lane];
    }
    double c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = -(sum3[lane] / sum2[lane]);
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = largest_value[lane] - logits[labels[lane] * LANES + (int64_t)lane] + log1p_f64(sum1[lane] / sum1_largest[lane]);
    double c2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c2[lane] = 1.0 / sum2[lane];
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            gradient[i * LANES + lane] = kept1[i * LANES + lane] * c2[lane];
        }
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
    from_lanes_f64(count, classes, gradient, gradient_rows);
    for (size_t lane = 0; lane < count; lane++) gradient_rows[lane * classes + (size_t)labels[lane]] = c1[lane];
}

/* What a row of cross_entropy_labels_required_f64 knows on its way through the passes. */
typedef struct {
    const double *logits;
    int64_t labels;
    double *loss;
    double *kept1_few;
    reference_f64 reference1;
    int again;
    double sum2, largest_value, sum1;
} cross_entropy_labels_required_row_f64;

INLINE void cross_entropy_labels_required_pass1_f64(int count, const double *restrict logits, reference_f64 reference1, double *restrict kept1, double *restrict largest, sums_f64 *restrict sum2)
{
    ENTRIES(i, count) {
        const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
        kept1[i] = v1;
        largest[i] = logits[i] > largest[i] ? logits[i] : largest[i];
        add_f64(sum2, i, v1);
    }
}

/* The sum of what pass 1 adds up to sum2, without one: of its few groups, which are computed again, and of the others. */
static UNUSED double cross_entropy_labels_required_without_kept1_f64(size_t classes, const cross_entropy_labels_required_row_f64 *row, size_t index)
{
    const size_t few = FEW * GROUP_f64, first = index - index % few;
    const size_t end = classes - first < few ? classes : first + few;
    const cross_entropy_labels_required_row_f64 in1 = *row;
    double again[FEW * GROUP_f64];
    double largest[GROUP_f64];
    fill_f64(largest, -(double)INFINITY);
    sums_f64 sum2 = { {0}, {0}, {0} };
    for (size_t at = first; at < end; at += GROUP_f64) {
        const int count = end - at < GROUP_f64 ? (int)(end - at) : GROUP_f64;
        double *kept1 = again + (at - first);
        cross_entropy_labels_required_pass1_f64(count, in1.logits + at, in1.reference1, kept1, largest, &sum2);
    }
    return few_without_f64(classes, row->kept1_few, first)
        + without_f64(end - first, again, index - first);
}

/* The pass over a row.  plain: no exponent has an offset. */
INLINE void cross_entropy_labels_required_passes_f64(int passes, int plain, size_t classes, cross_entropy_labels_required_row_f64 *row1)
{
    cross_entropy_labels_required_row_f64 in1 = *row1;
    if (plain) {
        in1.reference1.offset = 0;
    }
    double largest[GROUP_f64];
    fill_f64(largest, -(double)INFINITY);
    sums_f64 sum2 = { {0}, {0}, {0} };
    double kept1[GROUP_f64]; /* not kept */
    {
        const size_t block = 0, end = classes;
        size_t at = block;
        while (end - at >= FEW * GROUP_f64) {
            begin_f64(&sum2);
            FEW_GROUPS(at, GROUP_f64) {
                if (passes & 1) {
                    PREFETCH(in1.logits + at, GROUP_f64, AHEAD, 0);
                    cross_entropy_labels_required_pass1_f64(GROUP_f64, in1.logits + at, in1.reference1, kept1, largest, &sum2);
                }
            }
            if (passes & 1)
                keep_few_f64(in1.kept1_few, at - FEW * GROUP_f64, &sum2);
            settle_f64(&sum2);
        }
        begin_f64(&sum2);
        for (; end - at >= GROUP_f64; at += GROUP_f64) {
            if (passes & 1) {
                PREFETCH(in1.logits + at, GROUP_f64, AHEAD, 0);
                cross_entropy_labels_required_pass1_f64(GROUP_f64, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            }
        }
        if (end - at >= 4) {
            if (passes & 1)
                cross_entropy_labels_required_pass1_f64(4, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 1)
                cross_entropy_labels_required_pass1_f64(2, in1.logits + at, in1.reference1, kept1, largest, &sum2);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 1)
                cross_entropy_labels_required_pass1_f64(1, in1.logits + at, in1.reference1, kept1, largest, &sum2);
        }
    }
    if (passes & 1) {
        cross_entropy_labels_required_row_f64 *row = row1;
        const double peak = largest_f64(largest);
        row->again = !is_near_f64(row->reference1, peak);
        if (row->again) {
            row->reference1 = reference_near_f64(peak);
            return;
        }
        keep_few_f64(row->kept1_few, classes - classes % (FEW * GROUP_f64), &sum2);
        row->sum2 = total_f64(&sum2);
        row->largest_value = largest_f64(largest);
        row->sum1 = exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic);
        row->sum1 = 4 * row->sum1 <= row->sum2
            ? row->sum2 - row->sum1
            : cross_entropy_labels_required_without_kept1_f64(classes, row, position_f64(classes, row->logits, (double)row->largest_value));
    }
}

/* Some passes on one row, by themselves. */
static void cross_entropy_labels_required_alone_f64(int passes, size_t classes, cross_entropy_labels_required_row_f64 *row)
{
    cross_entropy_labels_required_passes_f64(passes, 0, classes, row);
}

/* Each row takes its pass: of those fed so far, the one fed at this step its first. */
static void cross_entropy_labels_required_step_f64(size_t classes, cross_entropy_labels_required_row_f64 *ring, size_t step, size_t fed)
{
    cross_entropy_labels_required_row_f64 *row1 = &ring[step % TOGETHER];
    if (row1->reference1.offset == 0) {
        cross_entropy_labels_required_passes_f64(1, 1, classes, row1);
    }
    else {
        if (step < fed)
            cross_entropy_labels_required_alone_f64(1, classes, row1);
    }
    if (step < fed && row1->again) /* the guess was not near enough */
        cross_entropy_labels_required_alone_f64(1, classes, row1);
}

/* What no pass needs of rows first, ..., end - 1: together, so that no row waits for another's logarithm. */
static void cross_entropy_labels_required_last_f64(size_t classes, cross_entropy_labels_required_row_f64 *ring, size_t first, size_t end)
{
    (void)classes;
    for (size_t n = first; n < end; n++) {
        cross_entropy_labels_required_row_f64 *row = &ring[n % TOGETHER];
        row->loss[0] = row->largest_value - row->logits[(size_t)row->labels] + log1p_f64(row->sum1 / exp_from_f64(row->largest_value, row->reference1.offset, row->reference1.low, row->reference1.magic));
    }
}

static void cross_entropy_labels_required_rows_f64(size_t from, size_t to, size_t classes, const double *logits, const int64_t *labels, double *loss, const int64_t *ignored, double *kept)
{
    cross_entropy_labels_required_row_f64 ring[TOGETHER];
    size_t fed = 0;
    size_t ended = 0;
    for (size_t row = from; row < to; row++) {
        if (ignored && labels[row] == *ignored) {
            memset(loss + row, 0, sizeof(*loss));
            continue;
        }
        if (fed - ended == TOGETHER) {
            cross_entropy_labels_required_last_f64(classes, ring, ended, fed - 0);
            ended = fed - 0;
        }
        ring[fed % TOGETHER] = (cross_entropy_labels_required_row_f64){ .logits = logits + row * classes, .labels = labels[row], .loss = loss + row, .kept1_few = kept, .reference1 = fed ? ring[(fed - 1) % TOGETHER].reference1 : reference_near_f64(logits[row * classes]) };
        fed++;
        cross_entropy_labels_required_step_f64(classes, ring, fed - 1, fed);
    }
    cross_entropy_labels_required_last_f64(classes, ring, ended, fed);
}

static void cross_entropy_labels_required_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, const int64_t *labels_rows, double *loss_rows)
{
    double logits[SHORT * LANES];
    to_lanes_f64(count, lanes, classes, logits_rows, logits);
    int64_t labels[LANES];
    for (size_t lane = 0; lane < lanes; lane++) labels[lane] = (int64_t)labels_rows[(lane < count ? lane : count - 1)];
    double loss[LANES];
    double largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) largest_value[lane] = -(double)INFINITY;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_value_better = logits[i * LANES + lane] > largest_value[lane];
            largest_value[lane] = largest_value_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(largest_value[lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES], sum1_largest[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = sum1_largest[lane] = 0;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const double sum1_next = exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            const double sum1_more = sum1_next > sum1_largest[lane] ? sum1_next : sum1_largest[lane];
            sum1[lane] += other_f64(sum1_next, sum1_largest[lane], sum1_more);
            sum1_largest[lane] = sum1_more;
        }
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = largest_value[lane] - logits[labels[lane] * LANES + (int64_t)lane] + log1p_f64(sum1[lane] / sum1_largest[lane]);
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
}

static int cross_entropy_labels_checked_f64(size_t rows, size_t classes, const double *logits, const int64_t *labels, double *loss, double *gradient, const int64_t *ignored)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (logits == NULL || labels == NULL || loss == NULL)
        return KERNEL_NULL;
    if (!are_below(labels, rows, classes, ignored))
        return KERNEL_BAD_LABEL;
    if (gradient == NULL) {
        if (classes <= SHORT && ignored == NULL) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                cross_entropy_labels_required_tile_f64(count, lanes, classes, logits + row * classes, labels + row, loss + row);
            }
            return KERNEL_DONE;
        }
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = few_stride_f64(classes);
        double *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f64 }) ? malloc((parts * room + GROUP_f64) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        double *lines = scratch + (GROUP_f64 - past_line_f64(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            cross_entropy_labels_required_rows_f64(from, to, classes, logits, labels, loss, ignored, lines + part * room);
        }
        free(scratch);
        return KERNEL_DONE;
    }
    {
        if (classes <= SHORT && ignored == NULL) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                cross_entropy_labels_tile_f64(count, lanes, classes, logits + row * classes, labels + row, loss + row, gradient + row * classes);
            }
            return KERNEL_DONE;
        }
        const int stream = rows * classes > STREAM_BYTES / sizeof(*gradient) && (uintptr_t)gradient % sizeof(*gradient) == 0;
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        const size_t room = stride_f64(classes) + few_stride_f64(classes);
        double *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ parts + 1, room + GROUP_f64 }) ? malloc((parts * room + GROUP_f64) * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        double *lines = scratch + (GROUP_f64 - past_line_f64(scratch));
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            cross_entropy_labels_rows_f64(from, to, classes, logits, labels, loss, gradient, ignored, lines + part * room, stream);
        }
        free(scratch);
        return KERNEL_DONE;
    }
}

int cross_entropy_labels_f64(size_t rows, size_t classes, const double *logits, const int64_t *labels, double *loss, double *gradient)
{
    return cross_entropy_labels_checked_f64(rows, classes, logits, labels, loss, gradient, NULL);
}

int cross_entropy_labels_ignoring_f64(size_t rows, size_t classes, const double *logits, const int64_t *labels, double *loss, double *gradient, int64_t ignored)
{
    return cross_entropy_labels_checked_f64(rows, classes, logits, labels, loss, gradient, &ignored);
}

/* ==== softmax_jacobian_f32 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 140 (proved): \frac{\partial y_i}{\partial z_k} = y_i (\delta_{ik} - y_k)
 */

static void softmax_jacobian_row_f32(size_t classes, const float *restrict probabilities, float *restrict jacobian)
{
    for (size_t i = 0; i < classes; i++) {
        VECTOR_LOOP()
        for (size_t j = 0; j < classes; j++)
            jacobian[i * classes + j] = probabilities[i] * ((i == j ? 1.0f : 0.0f) - probabilities[j]);
    }
}

static int softmax_jacobian_checked_f32(size_t rows, size_t classes, const float *probabilities, float *jacobian)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 3, (const size_t[]){ rows, classes, classes }))
        return KERNEL_BAD_SIZE;
    if (probabilities == NULL || jacobian == NULL)
        return KERNEL_NULL;
    {
        PARALLEL_ROWS(rows > 1 && rows * classes * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            softmax_jacobian_row_f32(classes, probabilities + row * classes, jacobian + row * classes * classes);
        }
        return KERNEL_DONE;
    }
}

int softmax_jacobian_f32(size_t rows, size_t classes, const float *probabilities, float *jacobian)
{
    return softmax_jacobian_checked_f32(rows, classes, probabilities, jacobian);
}

/* ==== softmax_jacobian_f64 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 140 (proved): \frac{\partial y_i}{\partial z_k} = y_i (\delta_{ik} - y_k)
 */

static void softmax_jacobian_row_f64(size_t classes, const double *restrict probabilities, double *restrict jacobian)
{
    for (size_t i = 0; i < classes; i++) {
        VECTOR_LOOP()
        for (size_t j = 0; j < classes; j++)
            jacobian[i * classes + j] = probabilities[i] * ((i == j ? 1.0 : 0.0) - probabilities[j]);
    }
}

static int softmax_jacobian_checked_f64(size_t rows, size_t classes, const double *probabilities, double *jacobian)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 3, (const size_t[]){ rows, classes, classes }))
        return KERNEL_BAD_SIZE;
    if (probabilities == NULL || jacobian == NULL)
        return KERNEL_NULL;
    {
        PARALLEL_ROWS(rows > 1 && rows * classes * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            softmax_jacobian_row_f64(classes, probabilities + row * classes, jacobian + row * classes * classes);
        }
        return KERNEL_DONE;
    }
}

int softmax_jacobian_f64(size_t rows, size_t classes, const double *probabilities, double *jacobian)
{
    return softmax_jacobian_checked_f64(rows, classes, probabilities, jacobian);
}

/* ==== softmax_vjp_f32 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 149 (definition): v_k = \sum_i g_i \frac{\partial y_i}{\partial z_k}
 * line 153 (proved): v_k = \sum_i g_i y_i (\delta_{ik} - y_k)
 * line 154 (proved): \sum_i g_i y_i (\delta_{ik} - y_k) = g_k y_k - y_k \sum_i g_i y_i
 * line 155 (proved): g_k y_k - y_k \sum_i g_i y_i = y_k \left( g_k - \sum_i g_i y_i \right)
 */

/* What a row of softmax_vjp_f32 knows on its way through the passes. */
typedef struct {
    const float *probabilities;
    const float *upstream;
    float *gradient;
    double sum1;
} softmax_vjp_row_f32;

INLINE void softmax_vjp_pass1_f32(int count, const float *restrict probabilities, const float *restrict upstream, sums_f32 *restrict sum1)
{
    ENTRIES(i, count) {
        add_f32(sum1, i, upstream[i] * probabilities[i]);
    }
}

INLINE void softmax_vjp_pass2_f32(int count, const float *restrict probabilities, const float *restrict upstream, double sum1, float *restrict gradient)
{
    ENTRIES(i, count) {
        gradient[i] = probabilities[i] * (float)((double)upstream[i] - sum1);
    }
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop. */
INLINE void softmax_vjp_passes_f32(int passes, int stream, size_t classes, softmax_vjp_row_f32 *row1, softmax_vjp_row_f32 *row2)
{
    const softmax_vjp_row_f32 in1 = *row1, in2 = *row2;
    sums_f32 sum1 = { {0}, {0}, {0} };
    float waiting[BLOCK + GROUP_f32];
    const size_t shift = past_line_f32(in2.gradient);
    const size_t step = stream == BY_BLOCKS ? BLOCK : classes;
    for (size_t block = 0; block < classes; block += step) {
        const size_t end = classes - block < step ? classes : block + step;
        float *gradient = stream == BY_BLOCKS ? waiting + shift : in2.gradient + block;
        size_t at = block;
        while (end - at >= FEW * GROUP_f32) {
            begin_f32(&sum1);
            FEW_GROUPS(at, GROUP_f32) {
                if (passes & 2) {
                    if (stream == NEAR) PREFETCH(in2.gradient + at, GROUP_f32, AHEAD, 1);
                    float line[GROUP_f32];
                    softmax_vjp_pass2_f32(GROUP_f32, in2.probabilities + at, in2.upstream + at, in2.sum1, stream == BY_LINES ? line : gradient + (at - block));
                    if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
                }
                if (passes & 1) {
                    PREFETCH(in1.probabilities + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    PREFETCH(in1.upstream + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    softmax_vjp_pass1_f32(GROUP_f32, in1.probabilities + at, in1.upstream + at, &sum1);
                }
            }
            settle_f32(&sum1);
        }
        begin_f32(&sum1);
        for (; end - at >= GROUP_f32; at += GROUP_f32) {
            if (passes & 2) {
                if (stream == NEAR) PREFETCH(in2.gradient + at, GROUP_f32, AHEAD, 1);
                float line[GROUP_f32];
                softmax_vjp_pass2_f32(GROUP_f32, in2.probabilities + at, in2.upstream + at, in2.sum1, stream == BY_LINES ? line : gradient + (at - block));
                if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
            }
            if (passes & 1) {
                PREFETCH(in1.probabilities + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                PREFETCH(in1.upstream + at, GROUP_f32, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                softmax_vjp_pass1_f32(GROUP_f32, in1.probabilities + at, in1.upstream + at, &sum1);
            }
        }
        if (end - at >= 8) {
            if (passes & 2)
                softmax_vjp_pass2_f32(8, in2.probabilities + at, in2.upstream + at, in2.sum1, gradient + (at - block));
            if (passes & 1)
                softmax_vjp_pass1_f32(8, in1.probabilities + at, in1.upstream + at, &sum1);
            at += 8;
        }
        if (end - at >= 4) {
            if (passes & 2)
                softmax_vjp_pass2_f32(4, in2.probabilities + at, in2.upstream + at, in2.sum1, gradient + (at - block));
            if (passes & 1)
                softmax_vjp_pass1_f32(4, in1.probabilities + at, in1.upstream + at, &sum1);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 2)
                softmax_vjp_pass2_f32(2, in2.probabilities + at, in2.upstream + at, in2.sum1, gradient + (at - block));
            if (passes & 1)
                softmax_vjp_pass1_f32(2, in1.probabilities + at, in1.upstream + at, &sum1);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 2)
                softmax_vjp_pass2_f32(1, in2.probabilities + at, in2.upstream + at, in2.sum1, gradient + (at - block));
            if (passes & 1)
                softmax_vjp_pass1_f32(1, in1.probabilities + at, in1.upstream + at, &sum1);
        }
        if (stream == BY_BLOCKS)
            pass_on_f32(in2.gradient, block, end, classes, waiting, shift);
    }
    if (passes & 1) {
        softmax_vjp_row_f32 *row = row1;
        row->sum1 = total_f32(&sum1);
    }
}

/* Some passes on one row, by themselves. */
static void softmax_vjp_alone_f32(int passes, size_t classes, softmax_vjp_row_f32 *row)
{
    softmax_vjp_passes_f32(passes, NEAR, classes, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void softmax_vjp_step_f32(size_t classes, softmax_vjp_row_f32 *ring, size_t step, size_t fed, int stream)
{
    softmax_vjp_row_f32 *row1 = &ring[step % 2];
    softmax_vjp_row_f32 *row2 = &ring[(step - 1) % 2];
    if (step >= 1 && step < fed) {
        if (stream && past_line_f32(row2->gradient) == 0)
            softmax_vjp_passes_f32(3, BY_LINES, classes, row1, row2);
        else if (stream)
            softmax_vjp_passes_f32(3, BY_BLOCKS, classes, row1, row2);
        else
            softmax_vjp_passes_f32(3, NEAR, classes, row1, row2);
    }
    else {
        if (step >= 1 && step - 1 < fed)
            softmax_vjp_alone_f32(2, classes, row2);
        if (step < fed)
            softmax_vjp_alone_f32(1, classes, row1);
    }
}

static void softmax_vjp_rows_f32(size_t from, size_t to, size_t classes, const float *probabilities, const float *upstream, float *gradient, int stream)
{
    softmax_vjp_row_f32 ring[2];
    size_t fed = 0;
    for (size_t row = from; row < to; row++) {
        ring[fed % 2] = (softmax_vjp_row_f32){ .probabilities = probabilities + row * classes, .upstream = upstream + row * classes, .gradient = gradient + row * classes };
        fed++;
        softmax_vjp_step_f32(classes, ring, fed - 1, fed, stream);
    }
    for (size_t step = fed; step < fed + 1; step++)
        softmax_vjp_step_f32(classes, ring, step, fed, stream);
    if (stream)
        stream_done();
}

static void softmax_vjp_tile_f32(size_t count, size_t lanes, size_t classes, const float *probabilities_rows, const float *upstream_rows, float *gradient_rows)
{
    float probabilities[SHORT * LANES];
    to_lanes_f32(count, lanes, classes, probabilities_rows, probabilities);
    float upstream[SHORT * LANES];
    to_lanes_f32(count, lanes, classes, upstream_rows, upstream);
    float gradient[SHORT * LANES];
    float sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            sum1[lane] += upstream[i * LANES + lane] * probabilities[i * LANES + lane];
        }
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            gradient[i * LANES + lane] = probabilities[i * LANES + lane] * (upstream[i * LANES + lane] - sum1[lane]);
        }
    from_lanes_f32(count, classes, gradient, gradient_rows);
}

static int softmax_vjp_checked_f32(size_t rows, size_t classes, const float *probabilities, const float *upstream, float *gradient)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (probabilities == NULL || upstream == NULL || gradient == NULL)
        return KERNEL_NULL;
    {
        if (classes <= SHORT) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                softmax_vjp_tile_f32(count, lanes, classes, probabilities + row * classes, upstream + row * classes, gradient + row * classes);
            }
            return KERNEL_DONE;
        }
        const int stream = rows * classes > STREAM_BYTES / sizeof(*gradient) && (uintptr_t)gradient % sizeof(*gradient) == 0;
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            softmax_vjp_rows_f32(from, to, classes, probabilities, upstream, gradient, stream);
        }
        return KERNEL_DONE;
    }
}

int softmax_vjp_f32(size_t rows, size_t classes, const float *probabilities, const float *upstream, float *gradient)
{
    return softmax_vjp_checked_f32(rows, classes, probabilities, upstream, gradient);
}

/* ==== softmax_vjp_f64 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 149 (definition): v_k = \sum_i g_i \frac{\partial y_i}{\partial z_k}
 * line 153 (proved): v_k = \sum_i g_i y_i (\delta_{ik} - y_k)
 * line 154 (proved): \sum_i g_i y_i (\delta_{ik} - y_k) = g_k y_k - y_k \sum_i g_i y_i
 * line 155 (proved): g_k y_k - y_k \sum_i g_i y_i = y_k \left( g_k - \sum_i g_i y_i \right)
 */

/* What a row of softmax_vjp_f64 knows on its way through the passes. */
typedef struct {
    const double *probabilities;
    const double *upstream;
    double *gradient;
    double sum1;
} softmax_vjp_row_f64;

INLINE void softmax_vjp_pass1_f64(int count, const double *restrict probabilities, const double *restrict upstream, sums_f64 *restrict sum1)
{
    ENTRIES(i, count) {
        add_f64(sum1, i, upstream[i] * probabilities[i]);
    }
}

INLINE void softmax_vjp_pass2_f64(int count, const double *restrict probabilities, const double *restrict upstream, double sum1, double *restrict gradient)
{
    ENTRIES(i, count) {
        gradient[i] = probabilities[i] * (upstream[i] - sum1);
    }
}

/* Some passes (bit 0: the first), each over a row of its own, in one loop. */
INLINE void softmax_vjp_passes_f64(int passes, int stream, size_t classes, softmax_vjp_row_f64 *row1, softmax_vjp_row_f64 *row2)
{
    const softmax_vjp_row_f64 in1 = *row1, in2 = *row2;
    sums_f64 sum1 = { {0}, {0}, {0} };
    double waiting[BLOCK + GROUP_f64];
    const size_t shift = past_line_f64(in2.gradient);
    const size_t step = stream == BY_BLOCKS ? BLOCK : classes;
    for (size_t block = 0; block < classes; block += step) {
        const size_t end = classes - block < step ? classes : block + step;
        double *gradient = stream == BY_BLOCKS ? waiting + shift : in2.gradient + block;
        size_t at = block;
        while (end - at >= FEW * GROUP_f64) {
            begin_f64(&sum1);
            FEW_GROUPS(at, GROUP_f64) {
                if (passes & 2) {
                    if (stream == NEAR) PREFETCH(in2.gradient + at, GROUP_f64, AHEAD, 1);
                    double line[GROUP_f64];
                    softmax_vjp_pass2_f64(GROUP_f64, in2.probabilities + at, in2.upstream + at, in2.sum1, stream == BY_LINES ? line : gradient + (at - block));
                    if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
                }
                if (passes & 1) {
                    PREFETCH(in1.probabilities + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    PREFETCH(in1.upstream + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                    softmax_vjp_pass1_f64(GROUP_f64, in1.probabilities + at, in1.upstream + at, &sum1);
                }
            }
            settle_f64(&sum1);
        }
        begin_f64(&sum1);
        for (; end - at >= GROUP_f64; at += GROUP_f64) {
            if (passes & 2) {
                if (stream == NEAR) PREFETCH(in2.gradient + at, GROUP_f64, AHEAD, 1);
                double line[GROUP_f64];
                softmax_vjp_pass2_f64(GROUP_f64, in2.probabilities + at, in2.upstream + at, in2.sum1, stream == BY_LINES ? line : gradient + (at - block));
                if (stream == BY_LINES) store_past_caches(gradient + (at - block), line);
            }
            if (passes & 1) {
                PREFETCH(in1.probabilities + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                PREFETCH(in1.upstream + at, GROUP_f64, stream == NEAR ? AHEAD : FAR_AHEAD, 0);
                softmax_vjp_pass1_f64(GROUP_f64, in1.probabilities + at, in1.upstream + at, &sum1);
            }
        }
        if (end - at >= 4) {
            if (passes & 2)
                softmax_vjp_pass2_f64(4, in2.probabilities + at, in2.upstream + at, in2.sum1, gradient + (at - block));
            if (passes & 1)
                softmax_vjp_pass1_f64(4, in1.probabilities + at, in1.upstream + at, &sum1);
            at += 4;
        }
        if (end - at >= 2) {
            if (passes & 2)
                softmax_vjp_pass2_f64(2, in2.probabilities + at, in2.upstream + at, in2.sum1, gradient + (at - block));
            if (passes & 1)
                softmax_vjp_pass1_f64(2, in1.probabilities + at, in1.upstream + at, &sum1);
            at += 2;
        }
        if (end - at >= 1) {
            if (passes & 2)
                softmax_vjp_pass2_f64(1, in2.probabilities + at, in2.upstream + at, in2.sum1, gradient + (at - block));
            if (passes & 1)
                softmax_vjp_pass1_f64(1, in1.probabilities + at, in1.upstream + at, &sum1);
        }
        if (stream == BY_BLOCKS)
            pass_on_f64(in2.gradient, block, end, classes, waiting, shift);
    }
    if (passes & 1) {
        softmax_vjp_row_f64 *row = row1;
        row->sum1 = total_f64(&sum1);
    }
}

/* Some passes on one row, by themselves. */
static void softmax_vjp_alone_f64(int passes, size_t classes, softmax_vjp_row_f64 *row)
{
    softmax_vjp_passes_f64(passes, NEAR, classes, row, row);
}

/* Each row takes its next pass: of those fed so far, the one fed at this step its first. */
static void softmax_vjp_step_f64(size_t classes, softmax_vjp_row_f64 *ring, size_t step, size_t fed, int stream)
{
    softmax_vjp_row_f64 *row1 = &ring[step % 2];
    softmax_vjp_row_f64 *row2 = &ring[(step - 1) % 2];
    if (step >= 1 && step < fed) {
        if (stream && past_line_f64(row2->gradient) == 0)
            softmax_vjp_passes_f64(3, BY_LINES, classes, row1, row2);
        else if (stream)
            softmax_vjp_passes_f64(3, BY_BLOCKS, classes, row1, row2);
        else
            softmax_vjp_passes_f64(3, NEAR, classes, row1, row2);
    }
    else {
        if (step >= 1 && step - 1 < fed)
            softmax_vjp_alone_f64(2, classes, row2);
        if (step < fed)
            softmax_vjp_alone_f64(1, classes, row1);
    }
}

static void softmax_vjp_rows_f64(size_t from, size_t to, size_t classes, const double *probabilities, const double *upstream, double *gradient, int stream)
{
    softmax_vjp_row_f64 ring[2];
    size_t fed = 0;
    for (size_t row = from; row < to; row++) {
        ring[fed % 2] = (softmax_vjp_row_f64){ .probabilities = probabilities + row * classes, .upstream = upstream + row * classes, .gradient = gradient + row * classes };
        fed++;
        softmax_vjp_step_f64(classes, ring, fed - 1, fed, stream);
    }
    for (size_t step = fed; step < fed + 1; step++)
        softmax_vjp_step_f64(classes, ring, step, fed, stream);
    if (stream)
        stream_done();
}

static void softmax_vjp_tile_f64(size_t count, size_t lanes, size_t classes, const double *probabilities_rows, const double *upstream_rows, double *gradient_rows)
{
    double probabilities[SHORT * LANES];
    to_lanes_f64(count, lanes, classes, probabilities_rows, probabilities);
    double upstream[SHORT * LANES];
    to_lanes_f64(count, lanes, classes, upstream_rows, upstream);
    double gradient[SHORT * LANES];
    double sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            sum1[lane] += upstream[i * LANES + lane] * probabilities[i * LANES + lane];
        }
    for (int64_t i = 0; i < (int64_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            gradient[i * LANES + lane] = probabilities[i * LANES + lane] * (upstream[i * LANES + lane] - sum1[lane]);
        }
    from_lanes_f64(count, classes, gradient, gradient_rows);
}

static int softmax_vjp_checked_f64(size_t rows, size_t classes, const double *probabilities, const double *upstream, double *gradient)
{
    if (rows == 0)
        return KERNEL_DONE;
    if (classes == 0)
        return KERNEL_BAD_SIZE;
    if (!fits(sizeof(double), 2, (const size_t[]){ rows, classes }))
        return KERNEL_BAD_SIZE;
    if (probabilities == NULL || upstream == NULL || gradient == NULL)
        return KERNEL_NULL;
    {
        if (classes <= SHORT) {
            const ptrdiff_t tiles = (ptrdiff_t)((rows - 1) / LANES + 1);
            PARALLEL_ROWS(rows * classes > PARALLEL_STEPS)
            for (ptrdiff_t tile = 0; tile < tiles; tile++) {
                const size_t row = (size_t)tile * LANES;
                const size_t count = rows - row < LANES ? rows - row : LANES;
                const size_t lanes = (count + 15) / 16 * 16;
                softmax_vjp_tile_f64(count, lanes, classes, probabilities + row * classes, upstream + row * classes, gradient + row * classes);
            }
            return KERNEL_DONE;
        }
        const int stream = rows * classes > STREAM_BYTES / sizeof(*gradient) && (uintptr_t)gradient % sizeof(*gradient) == 0;
        const size_t parts = rows * classes > PARALLEL_STEPS && THREADS < rows ? THREADS : 1;
        PARALLEL_ROWS(parts > 1)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)parts; turn++) {
            const size_t part = (size_t)turn, share = rows / parts, more = rows % parts;
            const size_t from = part * share + (part < more ? part : more);
            const size_t to = from + share + (part < more);
            softmax_vjp_rows_f64(from, to, classes, probabilities, upstream, gradient, stream);
        }
        return KERNEL_DONE;
    }
}

int softmax_vjp_f64(size_t rows, size_t classes, const double *probabilities, const double *upstream, double *gradient)
{
    return softmax_vjp_checked_f64(rows, classes, probabilities, upstream, gradient);
}

/* ==== softmax_cross_entropy_loss_derivative_f32 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 163 (definition): L = - \sum_i t_i \log y_i
 * line 202 (proved): \frac{\partial L}{\partial z_i} = y_i - t_i
 * assuming \sum_i t_i = 1
 */

static void softmax_cross_entropy_loss_derivative_row_f32(size_t length, const float *restrict softmax_output, const float *restrict target, float *restrict derivative)
{
    VECTOR_LOOP()
    for (size_t i = 0; i < length; i++)
        derivative[i] = softmax_output[i] - target[i];
}

static int softmax_cross_entropy_loss_derivative_checked_f32(const float *softmax_output, const float *target, float *derivative, size_t length)
{
    if (length == 0)
        return KERNEL_BAD_SIZE;
    if (softmax_output == NULL || target == NULL || derivative == NULL)
        return KERNEL_NULL;
    {
        softmax_cross_entropy_loss_derivative_row_f32(length, softmax_output, target, derivative);
        return KERNEL_DONE;
    }
}

int softmax_cross_entropy_loss_derivative_f32(const float *softmax_output, const float *target, float *derivative, size_t length)
{
    return softmax_cross_entropy_loss_derivative_checked_f32(softmax_output, target, derivative, length);
}

/* ==== softmax_cross_entropy_loss_derivative_f64 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 163 (definition): L = - \sum_i t_i \log y_i
 * line 202 (proved): \frac{\partial L}{\partial z_i} = y_i - t_i
 * assuming \sum_i t_i = 1
 */

static void softmax_cross_entropy_loss_derivative_row_f64(size_t length, const double *restrict softmax_output, const double *restrict target, double *restrict derivative)
{
    VECTOR_LOOP()
    for (size_t i = 0; i < length; i++)
        derivative[i] = softmax_output[i] - target[i];
}

static int softmax_cross_entropy_loss_derivative_checked_f64(const double *softmax_output, const double *target, double *derivative, size_t length)
{
    if (length == 0)
        return KERNEL_BAD_SIZE;
    if (softmax_output == NULL || target == NULL || derivative == NULL)
        return KERNEL_NULL;
    {
        softmax_cross_entropy_loss_derivative_row_f64(length, softmax_output, target, derivative);
        return KERNEL_DONE;
    }
}

int softmax_cross_entropy_loss_derivative_f64(const double *softmax_output, const double *target, double *derivative, size_t length)
{
    return softmax_cross_entropy_loss_derivative_checked_f64(softmax_output, target, derivative, length);
}

