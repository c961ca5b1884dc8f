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

#if defined(__GNUC__) || defined(__clang__)
#define INLINE static inline __attribute__((always_inline, unused))
#else
#define INLINE static inline
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
    WIDTH_F32 = 64, /* lanes of a sum: a few vectors' worth, and a loop too long to be unrolled away */
    WIDTH_F64 = 32,
    CHUNKS = 8, /* a lane adds so many numbers before it passes them on */
    SEARCH = 256, /* entries that are searched for the largest in one go */
    SHORT = 24, /* rows of at most so many entries are computed side by side, */
    LANES = 64, /* so many at a time */
    STREAM_BYTES = 16777216, /* outputs larger than this go past the caches */
    PARALLEL_STEPS = 65536 /* below this much work, threads cost more than they save */
};

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

INLINE int length_of_chunk(size_t rest, int width) { return rest < (size_t)width ? (int)rest : width; }

/* How far chunks without the index reach: to the one that holds it, if that is ahead, else to the end. */
INLINE size_t clean_until(size_t index, size_t chunk, size_t end, int width)
{
    const size_t holds = index / (size_t)width * (size_t)width;
    return holds >= chunk && holds < end ? holds : end;
}

/* Where an index lies in a chunk, or -1. */
INLINE int place_in_chunk(size_t index, size_t chunk, int length)
{
    return index >= chunk && index - chunk < (size_t)length ? (int)(index - chunk) : -1;
}

/* Entries up to the next line of the cache, at most count. */
INLINE size_t entries_to_line(const void *x, size_t entry, size_t count)
{
    const size_t gap = (64 - (size_t)((uintptr_t)x % 64)) % 64 / entry;
    return gap < count ? gap : count;
}

/* Stores that go to memory past the caches, where the hardware has them: the only intrinsics here. */
#if defined(__AVX512F__)
#include <immintrin.h>
INLINE void store_past_caches(void *to, const void *from, size_t bytes)
{
    for (size_t n = 0; n < bytes; n += 64)
        _mm512_stream_si512((void *)((char *)to + n), _mm512_loadu_si512((const char *)from + n));
}
INLINE void stream_done(void) { _mm_sfence(); }
#elif defined(__AVX__)
#include <immintrin.h>
INLINE void store_past_caches(void *to, const void *from, size_t bytes)
{
    for (size_t n = 0; n < bytes; n += 32)
        _mm256_stream_si256((void *)((char *)to + n), _mm256_loadu_si256((const void *)((const char *)from + n)));
}
INLINE void stream_done(void) { _mm_sfence(); }
#elif defined(__SSE2__)
#include <emmintrin.h>
INLINE void store_past_caches(void *to, const void *from, size_t bytes)
{
    for (size_t n = 0; n < bytes; n += 16)
        _mm_stream_si128((void *)((char *)to + n), _mm_loadu_si128((const void *)((const char *)from + n)));
}
INLINE void stream_done(void) { _mm_sfence(); }
#else
INLINE void store_past_caches(void *to, const void *from, size_t bytes) { memcpy(to, from, bytes); }
INLINE void stream_done(void) { }
#endif

/* What the next row will read comes into the cache while this one is written. */
#if defined(__GNUC__) || defined(__clang__)
#define PREFETCH(x, count) \
    do { \
        for (int ahead = 0; ahead < (count) * (int)sizeof *(x); ahead += 64) \
            __builtin_prefetch((const char *)(x) + ahead, 0, 2); \
    } while (0)
#else
#define PREFETCH(x, count) ((void)0)
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

/* ---- float: elementary functions as plain arithmetic, so that loops over them become vector code ---- */

INLINE float from_bits_f32(uint32_t u) { float x; memcpy(&x, &u, sizeof x); return x; }
INLINE uint32_t to_bits_f32(float x) { uint32_t u; memcpy(&u, &x, sizeof u); return u; }

/* e^r - 1 for |r| <= ln 2 / 2: a polynomial of degree 6, of relative error 3.1e-9 before rounding;
   the exponentials below are off by at most 1.04 ulp (measured over every float in range).
   `python -m derive.codegen.exponential` finds the coefficients and measures the errors again. */
INLINE float exp_polynomial_f32(float r)
{
    const float r2 = r * r;
    const float p0 = 0x1.555492p-3f * r + 0x1.fffffcp-2f;
    const float p2 = 0x1.123a20p-7f * r + 0x1.5558f2p-5f;
    const float p4 = 0x1.6a23d4p-10f;
    const float p0_p2 = p2 * r2 + p0;
    const float r4 = r2 * r2;
    const float p0_p2_p4 = p4 * r4 + p0_p2;
    return p0_p2_p4 * r2 + r;
}

/* A constant m near a largest exponent, to be taken from all exponents: m = offset + ln 2 * integer,
   where the integer is in the magic number that rounds (and in it 64 more, so that results are
   2^64 times as large and stay clear of the subnormal numbers).  Large exponents are close to
   each other wherever the result is not 0, so that x - offset is exact; small ones need no offset.
   Either way the exponent loses no digit. */
typedef struct { float offset, low, magic; } reference_f32;

INLINE reference_f32 reference_near_f32(float largest)
{
    reference_f32 m;
    const int is_large = !(largest > -300.0f && largest < 300.0f);
    const float turn = 0x1.8p23f;
    const float whole = is_large ? 0 : (largest * 0x1.715476p+0f + turn) - turn;
    m.offset = is_large ? largest : 0;
    m.low = (is_large ? 0 : largest) - 131.0f;
    m.magic = turn + 191.0f - whole;
    return m;
}

/* 2^64 e^(x - largest), 0 where x is more than 131.0f below the largest. */
INLINE float exp_from_f32(float x, float offset, float low, float magic)
{
    const float v = x - offset;
    const float w = v < low ? low : v; /* NaN passes */
    const float t = w * 0x1.715476p+0f + magic;
    const float n = t - magic;
    const float r = (w - n * 0x1.62ep-1f) - n * 0x1.0bfbe8p-15f;
    const float scale = from_bits_f32(to_bits_f32(t) << 23);
    const float e = exp_polynomial_f32(r) * scale + scale;
    return v < low ? 0 : e;
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
   polynomial in s^2 of relative error 4.9e-12. */
INLINE float log_sum_f32(float u, float tail)
{
    const uint32_t shifted = to_bits_f32(u) + (UINT32_C(0x3f800000) - UINT32_C(0x3f3504f3));
    const float k = (float)((int32_t)(shifted >> 23) - 127);
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

/* ---- float: reductions in lanes ---- */

INLINE void fill_f32(float *lanes, float value)
{
    for (int lane = 0; lane < WIDTH_F32; lane++)
        lanes[lane] = value;
}

/* Sums of lanes, in double. */
typedef struct { double value[WIDTH_F32]; } lanes_f32;

INLINE void start_f32(lanes_f32 *all, double value)
{
    for (int lane = 0; lane < WIDTH_F32; lane++)
        all->value[lane] = value;
}

INLINE void fold_f32(lanes_f32 *all, float *lanes)
{
    for (int lane = 0; lane < WIDTH_F32; lane++) {
        all->value[lane] += (double)lanes[lane];
        lanes[lane] = 0;
    }
}

INLINE void fold_product_f32(lanes_f32 *all, float *lanes)
{
    for (int lane = 0; lane < WIDTH_F32; lane++) {
        all->value[lane] *= (double)lanes[lane];
        lanes[lane] = 1;
    }
}

/* All lanes, with those not yet folded and those of the chunks that were done apart. */
INLINE double total_f32(const lanes_f32 *all, const float *common, const float *own)
{
    double sum[WIDTH_F32];
    for (int lane = 0; lane < WIDTH_F32; lane++)
        sum[lane] = ((double)common[lane] + (double)own[lane]) + all->value[lane];
    for (int lane = 0; lane < 32; lane++)
        sum[lane] += sum[lane + 32];
    for (int lane = 0; lane < 16; lane++)
        sum[lane] += sum[lane + 16];
    for (int lane = 0; lane < 8; lane++)
        sum[lane] += sum[lane + 8];
    for (int lane = 0; lane < 4; lane++)
        sum[lane] += sum[lane + 4];
    for (int lane = 0; lane < 2; lane++)
        sum[lane] += sum[lane + 2];
    for (int lane = 0; lane < 1; lane++)
        sum[lane] += sum[lane + 1];
    return sum[0];
}

INLINE double total_product_f32(const lanes_f32 *all, const float *common, const float *own)
{
    double product = 1;
    for (int lane = 0; lane < WIDTH_F32; lane++)
        product *= all->value[lane] * ((double)common[lane] * (double)own[lane]);
    return product;
}

/* The largest; minus infinity where none is above it. */
INLINE float maximum_of_f32(size_t count, const float *x)
{
    float best[WIDTH_F32];
    size_t chunk = 0;
    fill_f32(best, -(float)INFINITY);
    for (; count - chunk >= WIDTH_F32; chunk += WIDTH_F32)
        for (int lane = 0; lane < WIDTH_F32; lane++)
            best[lane] = x[chunk + (size_t)lane] > best[lane] ? x[chunk + (size_t)lane] : best[lane];
    for (int lane = 0; lane < (int)(count - chunk); lane++)
        best[lane] = x[chunk + (size_t)lane] > best[lane] ? x[chunk + (size_t)lane] : best[lane];
    for (int lane = 0; lane < 32; lane++)
        best[lane] = best[lane + 32] > best[lane] ? best[lane + 32] : best[lane];
    for (int lane = 0; lane < 16; lane++)
        best[lane] = best[lane + 16] > best[lane] ? best[lane + 16] : best[lane];
    for (int lane = 0; lane < 8; lane++)
        best[lane] = best[lane + 8] > best[lane] ? best[lane + 8] : best[lane];
    for (int lane = 0; lane < 4; lane++)
        best[lane] = best[lane + 4] > best[lane] ? best[lane + 4] : best[lane];
    for (int lane = 0; lane < 2; lane++)
        best[lane] = best[lane + 2] > best[lane] ? best[lane + 2] : best[lane];
    for (int lane = 0; lane < 1; lane++)
        best[lane] = best[lane + 1] > best[lane] ? best[lane + 1] : best[lane];
    return best[0];
}

/* The position of the largest, the first of several; 0 where none is above minus infinity. */
INLINE size_t largest_of_f32(size_t count, const float *x)
{
    const float best = maximum_of_f32(count, x);
    size_t block = 0;
    for (; count - block >= SEARCH; block += SEARCH) {
        int32_t found = 0;
        for (int n = 0; n < SEARCH; n++)
            found |= x[block + (size_t)n] == best;
        if (found)
            break;
    }
    const int length = count - block < SEARCH ? (int)(count - block) : SEARCH;
    int32_t at = SEARCH;
    for (int n = 0; n < length; n++) {
        const int32_t here = x[block + (size_t)n] == best ? n : SEARCH;
        at = here < at ? here : at;
    }
    return at < SEARCH ? block + (size_t)at : 0;
}

/* ---- double: elementary functions as plain arithmetic, so that loops over them become vector code ---- */

INLINE double from_bits_f64(uint64_t u) { double x; memcpy(&x, &u, sizeof x); return x; }
INLINE uint64_t to_bits_f64(double x) { uint64_t u; memcpy(&u, &x, sizeof u); return u; }

/* e^r - 1 for |r| <= ln 2 / 2: a polynomial of degree 11, of relative error 3.7e-18 before rounding;
   the exponentials below are off by at most 1.07 ulp (measured at 10^8 numbers).
   `python -m derive.codegen.exponential` finds the coefficients and measures the errors again. */
INLINE double exp_polynomial_f64(double r)
{
    const double r2 = r * r;
    const double p0 = 0x1.55555555554f9p-3 * r + 0x1.000000000000ap-1;
    const double p2 = 0x1.1111111127d0cp-7 * r + 0x1.555555555083fp-5;
    const double p4 = 0x1.a01a012a0ff62p-13 * r + 0x1.6c16c1843897cp-10;
    const double p6 = 0x1.71df25b16e7f8p-19 * r + 0x1.a01999e2a59d9p-16;
    const double p8 = 0x1.ad7f416e9fbeap-26 * r + 0x1.28ad9b499e616p-22;
    const double p0_p2 = p2 * r2 + p0;
    const double p4_p6 = p6 * r2 + p4;
    const double r4 = r2 * r2;
    const double p0_p2_p4_p6 = p4_p6 * r4 + p0_p2;
    const double r8 = r4 * r4;
    const double p0_p2_p4_p6_p8 = p8 * r8 + p0_p2_p4_p6;
    return p0_p2_p4_p6_p8 * r2 + r;
}

/* A constant m near a largest exponent, to be taken from all exponents: m = offset + ln 2 * integer,
   where the integer is in the magic number that rounds (and in it 512 more, so that results are
   2^512 times as large and stay clear of the subnormal numbers).  Large exponents are close to
   each other wherever the result is not 0, so that x - offset is exact; small ones need no offset.
   Either way the exponent loses no digit. */
typedef struct { double offset, low, magic; } reference_f64;

INLINE reference_f64 reference_near_f64(double largest)
{
    reference_f64 m;
    const int is_large = !(largest > -2200.0 && largest < 2200.0);
    const double turn = 0x1.8p52;
    const double whole = is_large ? 0 : (largest * 0x1.71547652b82fep+0 + turn) - turn;
    m.offset = is_large ? largest : 0;
    m.low = (is_large ? 0 : largest) - 1050.0;
    m.magic = turn + 1535.0 - whole;
    return m;
}

/* 2^512 e^(x - largest), 0 where x is more than 1050.0 below the largest. */
INLINE double exp_from_f64(double x, double offset, double low, double magic)
{
    const double v = x - offset;
    const double w = v < low ? low : v; /* NaN passes */
    const double t = w * 0x1.71547652b82fep+0 + magic;
    const double n = t - magic;
    const double r = (w - n * 0x1.62e42fefap-1) - n * 0x1.cf79abc9e3b3ap-40;
    const double scale = from_bits_f64(to_bits_f64(t) << 52);
    const double e = exp_polynomial_f64(r) * scale + scale;
    return v < low ? 0 : e;
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
   polynomial in s^2 of relative error 1.3e-18. */
INLINE double log_sum_f64(double u, double tail)
{
    const uint64_t shifted = to_bits_f64(u) + (UINT64_C(0x3ff0000000000000) - UINT64_C(0x3fe6a09e667f3bcd));
    const double k = (double)((int64_t)(shifted >> 52) - 1023);
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

/* ---- double: reductions in lanes ---- */

INLINE void fill_f64(double *lanes, double value)
{
    for (int lane = 0; lane < WIDTH_F64; lane++)
        lanes[lane] = value;
}

/* Sums of lanes, in double, with what their rounding lost. */
typedef struct { double value[WIDTH_F64], lost[WIDTH_F64]; } lanes_f64;

INLINE void start_f64(lanes_f64 *all, double value)
{
    for (int lane = 0; lane < WIDTH_F64; lane++)
        all->value[lane] = value;
    for (int lane = 0; lane < WIDTH_F64; lane++)
        all->lost[lane] = 0;
}

INLINE void fold_f64(lanes_f64 *all, double *lanes)
{
    for (int lane = 0; lane < WIDTH_F64; lane++) {
        const double sum = all->value[lane] + lanes[lane];
        const double back = sum - all->value[lane];
        all->lost[lane] += (all->value[lane] - (sum - back)) + (lanes[lane] - back);
        all->value[lane] = sum;
        lanes[lane] = 0;
    }
}

INLINE void fold_product_f64(lanes_f64 *all, double *lanes)
{
    for (int lane = 0; lane < WIDTH_F64; lane++) {
        all->value[lane] *= (double)lanes[lane];
        lanes[lane] = 1;
    }
}

/* All lanes, with those not yet folded and those of the chunks that were done apart. */
INLINE double total_f64(const lanes_f64 *all, const double *common, const double *own)
{
    double sum[WIDTH_F64];
    double lost = 0;
    for (int lane = 0; lane < WIDTH_F64; lane++)
        sum[lane] = (common[lane] + own[lane]) + all->value[lane];
    for (int lane = 0; lane < WIDTH_F64; lane++)
        lost += all->lost[lane];
    for (int lane = 0; lane < 16; lane++)
        sum[lane] += sum[lane + 16];
    for (int lane = 0; lane < 8; lane++)
        sum[lane] += sum[lane + 8];
    for (int lane = 0; lane < 4; lane++)
        sum[lane] += sum[lane + 4];
    for (int lane = 0; lane < 2; lane++)
        sum[lane] += sum[lane + 2];
    for (int lane = 0; lane < 1; lane++)
        sum[lane] += sum[lane + 1];
    return lost - lost == 0 ? sum[0] + lost : sum[0]; /* an infinite sum has lost nothing */
}

INLINE double total_product_f64(const lanes_f64 *all, const double *common, const double *own)
{
    double product = 1;
    for (int lane = 0; lane < WIDTH_F64; lane++)
        product *= all->value[lane] * ((double)common[lane] * (double)own[lane]);
    return product;
}

/* The largest; minus infinity where none is above it. */
INLINE double maximum_of_f64(size_t count, const double *x)
{
    double best[WIDTH_F64];
    size_t chunk = 0;
    fill_f64(best, -(double)INFINITY);
    for (; count - chunk >= WIDTH_F64; chunk += WIDTH_F64)
        for (int lane = 0; lane < WIDTH_F64; lane++)
            best[lane] = x[chunk + (size_t)lane] > best[lane] ? x[chunk + (size_t)lane] : best[lane];
    for (int lane = 0; lane < (int)(count - chunk); lane++)
        best[lane] = x[chunk + (size_t)lane] > best[lane] ? x[chunk + (size_t)lane] : best[lane];
    for (int lane = 0; lane < 16; lane++)
        best[lane] = best[lane + 16] > best[lane] ? best[lane + 16] : best[lane];
    for (int lane = 0; lane < 8; lane++)
        best[lane] = best[lane + 8] > best[lane] ? best[lane + 8] : best[lane];
    for (int lane = 0; lane < 4; lane++)
        best[lane] = best[lane + 4] > best[lane] ? best[lane + 4] : best[lane];
    for (int lane = 0; lane < 2; lane++)
        best[lane] = best[lane + 2] > best[lane] ? best[lane + 2] : best[lane];
    for (int lane = 0; lane < 1; lane++)
        best[lane] = best[lane + 1] > best[lane] ? best[lane + 1] : best[lane];
    return best[0];
}

/* The position of the largest, the first of several; 0 where none is above minus infinity. */
INLINE size_t largest_of_f64(size_t count, const double *x)
{
    const double best = maximum_of_f64(count, x);
    size_t block = 0;
    for (; count - block >= SEARCH; block += SEARCH) {
        int64_t found = 0;
        for (int n = 0; n < SEARCH; n++)
            found |= x[block + (size_t)n] == best;
        if (found)
            break;
    }
    const int length = count - block < SEARCH ? (int)(count - block) : SEARCH;
    int64_t at = SEARCH;
    for (int n = 0; n < length; n++) {
        const int64_t here = x[block + (size_t)n] == best ? n : SEARCH;
        at = here < at ? here : at;
    }
    return at < SEARCH ? block + (size_t)at : 0;
}

/* ==== softmax_f32 ====
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 62 (proved): y_i = \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}}
 * line 63 (proved): \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}} = \frac{e^{-m} e^{z_i}}{\sum_j e^{-m} e^{z_j}}
 * line 64 (proved): \frac{e^{-m} e^{z_i}}{\sum_j e^{-m} e^{z_j}} = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}}
 */

static void softmax_row_f32(size_t classes, const float *restrict logits, float *restrict probabilities, float *restrict kept1, int stream)
{
    const double maximum1 = maximum_of_f32(classes, logits);
    const reference_f32 reference1 = reference_near_f32((float)(maximum1));
    float sum1_common[WIDTH_F32];
    fill_f32(sum1_common, 0);
    float sum1_own[WIDTH_F32];
    fill_f32(sum1_own, 0);
    lanes_f32 sum1_lanes;
    start_f32(&sum1_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F32 * WIDTH_F32;
        for (; chunk < clean; chunk += WIDTH_F32) {
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_common[lane] += v1;
            }
            if (chunk / WIDTH_F32 % CHUNKS == CHUNKS - 1) {
                fold_f32(&sum1_lanes, sum1_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F32);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_own[lane] += v1;
            }
            chunk += WIDTH_F32;
        }
    }
    const double sum1 = total_f32(&sum1_lanes, sum1_common, sum1_own);
    const double c1 = 1.0 / sum1;
    if (stream) {
        float line_f32[WIDTH_F32];
        size_t chunk = entries_to_line(probabilities, sizeof(float), classes);
        for (size_t i = 0; i < chunk; i++) {
            probabilities[i] = kept1[i] * (float)c1;
        }
        for (; classes - chunk >= WIDTH_F32; chunk += WIDTH_F32) {
            PREFETCH(logits + classes + chunk, WIDTH_F32);
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                line_f32[lane] = kept1[i] * (float)c1;
            }
            store_past_caches(probabilities + chunk, line_f32, sizeof line_f32);
        }
        for (size_t i = chunk; i < classes; i++) {
            probabilities[i] = kept1[i] * (float)c1;
        }
        stream_done();
    } else {
        VECTOR_LOOP()
        for (size_t i = 0; i < classes; i++)
            probabilities[i] = kept1[i] * (float)c1;
    }
}

static void softmax_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, float *probabilities_rows)
{
    float logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
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
    for (size_t lane = 0; lane < count; lane++)
        for (size_t n = 0; n < classes; n++)
            probabilities_rows[lane * classes + n] = probabilities[n * LANES + lane];
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
        const int stream = rows * (classes) > STREAM_BYTES / sizeof(float);
        const size_t threads = THREADS;
        const size_t stride = ((classes) + 15) / 16 * 16 + 16;
        float *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ threads, stride }) ? malloc(threads * stride * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            float *kept = scratch + THREAD * stride;
            softmax_row_f32(classes, logits + row * classes, probabilities + row * classes, kept, stream);
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

static void softmax_row_f64(size_t classes, const double *restrict logits, double *restrict probabilities, double *restrict kept1, int stream)
{
    const double maximum1 = maximum_of_f64(classes, logits);
    const reference_f64 reference1 = reference_near_f64(maximum1);
    double sum1_common[WIDTH_F64];
    fill_f64(sum1_common, 0);
    double sum1_own[WIDTH_F64];
    fill_f64(sum1_own, 0);
    lanes_f64 sum1_lanes;
    start_f64(&sum1_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F64 * WIDTH_F64;
        for (; chunk < clean; chunk += WIDTH_F64) {
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_common[lane] += v1;
            }
            if (chunk / WIDTH_F64 % CHUNKS == CHUNKS - 1) {
                fold_f64(&sum1_lanes, sum1_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F64);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_own[lane] += v1;
            }
            chunk += WIDTH_F64;
        }
    }
    const double sum1 = total_f64(&sum1_lanes, sum1_common, sum1_own);
    const double c1 = 1.0 / sum1;
    if (stream) {
        double line_f64[WIDTH_F64];
        size_t chunk = entries_to_line(probabilities, sizeof(double), classes);
        for (size_t i = 0; i < chunk; i++) {
            probabilities[i] = kept1[i] * c1;
        }
        for (; classes - chunk >= WIDTH_F64; chunk += WIDTH_F64) {
            PREFETCH(logits + classes + chunk, WIDTH_F64);
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                line_f64[lane] = kept1[i] * c1;
            }
            store_past_caches(probabilities + chunk, line_f64, sizeof line_f64);
        }
        for (size_t i = chunk; i < classes; i++) {
            probabilities[i] = kept1[i] * c1;
        }
        stream_done();
    } else {
        VECTOR_LOOP()
        for (size_t i = 0; i < classes; i++)
            probabilities[i] = kept1[i] * c1;
    }
}

static void softmax_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, double *probabilities_rows)
{
    double logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    double probabilities[SHORT * LANES];
    double kept1[SHORT * LANES];
    double maximum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) maximum1[lane] = -(double)INFINITY;
    for (int32_t i = 0; i < (int32_t)classes; i++)
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
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const double v1_here = exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            sum1[lane] += v1_here;
        }
    double c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = 1.0 / sum1[lane];
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            probabilities[i * LANES + lane] = kept1[i * LANES + lane] * c1[lane];
        }
    for (size_t lane = 0; lane < count; lane++)
        for (size_t n = 0; n < classes; n++)
            probabilities_rows[lane * classes + n] = probabilities[n * LANES + lane];
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
        const int stream = rows * (classes) > STREAM_BYTES / sizeof(double);
        const size_t threads = THREADS;
        const size_t stride = ((classes) + 15) / 16 * 16 + 16;
        double *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ threads, stride }) ? malloc(threads * stride * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            double *kept = scratch + THREAD * stride;
            softmax_row_f64(classes, logits + row * classes, probabilities + row * classes, kept, stream);
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

static void log_softmax_row_f32(size_t classes, const float *restrict logits, float *restrict log_probabilities, int stream)
{
    const size_t largest = largest_of_f32(classes, logits);
    const reference_f32 reference1 = reference_near_f32((float)((double)logits[largest]));
    float sum1_common[WIDTH_F32];
    fill_f32(sum1_common, 0);
    float sum1_own[WIDTH_F32];
    fill_f32(sum1_own, 0);
    lanes_f32 sum1_lanes;
    start_f32(&sum1_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F32 * WIDTH_F32;
        clean = clean_until(largest, chunk, clean, WIDTH_F32);
        for (; chunk < clean; chunk += WIDTH_F32) {
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_common[lane] += exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            if (chunk / WIDTH_F32 % CHUNKS == CHUNKS - 1) {
                fold_f32(&sum1_lanes, sum1_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F32);
            const int skip0 = place_in_chunk(largest, chunk, length);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_own[lane] += lane == skip0 ? 0.0f : exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            chunk += WIDTH_F32;
        }
    }
    const double sum1 = total_f32(&sum1_lanes, sum1_common, sum1_own);
    const double c1 = log1p(sum1 / (double)exp_from_f32(logits[largest], reference1.offset, reference1.low, reference1.magic));
    if (stream) {
        float line_f32[WIDTH_F32];
        size_t chunk = entries_to_line(log_probabilities, sizeof(float), classes);
        for (size_t i = 0; i < chunk; i++) {
            log_probabilities[i] = logits[i] - logits[largest] - (float)c1;
        }
        for (; classes - chunk >= WIDTH_F32; chunk += WIDTH_F32) {
            PREFETCH(logits + classes + chunk, WIDTH_F32);
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                line_f32[lane] = logits[i] - logits[largest] - (float)c1;
            }
            store_past_caches(log_probabilities + chunk, line_f32, sizeof line_f32);
        }
        for (size_t i = chunk; i < classes; i++) {
            log_probabilities[i] = logits[i] - logits[largest] - (float)c1;
        }
        stream_done();
    } else {
        VECTOR_LOOP()
        for (size_t i = 0; i < classes; i++)
            log_probabilities[i] = logits[i] - logits[largest] - (float)c1;
    }
}

static void log_softmax_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, float *log_probabilities_rows)
{
    float logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    float log_probabilities[SHORT * LANES];
    int32_t largest[LANES];
    float largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) { largest[lane] = 0; largest_value[lane] = -(float)INFINITY; }
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_better = logits[i * LANES + lane] > largest_value[lane];
            largest[lane] = largest_better ? i : largest[lane];
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(logits[(size_t)largest[lane] * LANES + lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            sum1[lane] += i == largest[lane] ? 0 : exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
        }
    float c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = log1p_f32(sum1[lane] / exp_from_f32(logits[(size_t)largest[lane] * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]));
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            log_probabilities[i * LANES + lane] = logits[i * LANES + lane] - logits[(size_t)largest[lane] * LANES + lane] - c1[lane];
        }
    for (size_t lane = 0; lane < count; lane++)
        for (size_t n = 0; n < classes; n++)
            log_probabilities_rows[lane * classes + n] = log_probabilities[n * LANES + lane];
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
        const int stream = rows * (classes) > STREAM_BYTES / sizeof(float);
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            log_softmax_row_f32(classes, logits + row * classes, log_probabilities + row * classes, stream);
        }
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

static void log_softmax_row_f64(size_t classes, const double *restrict logits, double *restrict log_probabilities, int stream)
{
    const size_t largest = largest_of_f64(classes, logits);
    const reference_f64 reference1 = reference_near_f64(logits[largest]);
    double sum1_common[WIDTH_F64];
    fill_f64(sum1_common, 0);
    double sum1_own[WIDTH_F64];
    fill_f64(sum1_own, 0);
    lanes_f64 sum1_lanes;
    start_f64(&sum1_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F64 * WIDTH_F64;
        clean = clean_until(largest, chunk, clean, WIDTH_F64);
        for (; chunk < clean; chunk += WIDTH_F64) {
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_common[lane] += exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            if (chunk / WIDTH_F64 % CHUNKS == CHUNKS - 1) {
                fold_f64(&sum1_lanes, sum1_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F64);
            const int skip0 = place_in_chunk(largest, chunk, length);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_own[lane] += lane == skip0 ? 0.0 : exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            chunk += WIDTH_F64;
        }
    }
    const double sum1 = total_f64(&sum1_lanes, sum1_common, sum1_own);
    const double c1 = log1p(sum1 / exp_from_f64(logits[largest], reference1.offset, reference1.low, reference1.magic));
    if (stream) {
        double line_f64[WIDTH_F64];
        size_t chunk = entries_to_line(log_probabilities, sizeof(double), classes);
        for (size_t i = 0; i < chunk; i++) {
            log_probabilities[i] = logits[i] - logits[largest] - c1;
        }
        for (; classes - chunk >= WIDTH_F64; chunk += WIDTH_F64) {
            PREFETCH(logits + classes + chunk, WIDTH_F64);
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                line_f64[lane] = logits[i] - logits[largest] - c1;
            }
            store_past_caches(log_probabilities + chunk, line_f64, sizeof line_f64);
        }
        for (size_t i = chunk; i < classes; i++) {
            log_probabilities[i] = logits[i] - logits[largest] - c1;
        }
        stream_done();
    } else {
        VECTOR_LOOP()
        for (size_t i = 0; i < classes; i++)
            log_probabilities[i] = logits[i] - logits[largest] - c1;
    }
}

static void log_softmax_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, double *log_probabilities_rows)
{
    double logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    double log_probabilities[SHORT * LANES];
    int32_t largest[LANES];
    double largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) { largest[lane] = 0; largest_value[lane] = -(double)INFINITY; }
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_better = logits[i * LANES + lane] > largest_value[lane];
            largest[lane] = largest_better ? i : largest[lane];
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(logits[(size_t)largest[lane] * LANES + lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            sum1[lane] += i == largest[lane] ? 0 : exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
        }
    double c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = log1p_f64(sum1[lane] / exp_from_f64(logits[(size_t)largest[lane] * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]));
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            log_probabilities[i * LANES + lane] = logits[i * LANES + lane] - logits[(size_t)largest[lane] * LANES + lane] - c1[lane];
        }
    for (size_t lane = 0; lane < count; lane++)
        for (size_t n = 0; n < classes; n++)
            log_probabilities_rows[lane * classes + n] = log_probabilities[n * LANES + lane];
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
        const int stream = rows * (classes) > STREAM_BYTES / sizeof(double);
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            log_softmax_row_f64(classes, logits + row * classes, log_probabilities + row * classes, stream);
        }
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

static void cross_entropy_row_f32(size_t classes, const float *restrict logits, const float *restrict targets, float *restrict loss, float *restrict gradient, float *restrict kept1, int stream)
{
    const size_t largest = largest_of_f32(classes, logits);
    const reference_f32 reference1 = reference_near_f32((float)((double)logits[largest]));
    float sum1_common[WIDTH_F32];
    fill_f32(sum1_common, 0);
    float sum1_own[WIDTH_F32];
    fill_f32(sum1_own, 0);
    lanes_f32 sum1_lanes;
    start_f32(&sum1_lanes, 0);
    float sum2_common[WIDTH_F32];
    fill_f32(sum2_common, 0);
    float sum2_own[WIDTH_F32];
    fill_f32(sum2_own, 0);
    lanes_f32 sum2_lanes;
    start_f32(&sum2_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F32 * WIDTH_F32;
        clean = clean_until(largest, chunk, clean, WIDTH_F32);
        for (; chunk < clean; chunk += WIDTH_F32) {
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_common[lane] += targets[i] * (logits[largest] - logits[i]);
                sum2_common[lane] += v1;
            }
            if (chunk / WIDTH_F32 % CHUNKS == CHUNKS - 1) {
                fold_f32(&sum1_lanes, sum1_common);
                fold_f32(&sum2_lanes, sum2_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F32);
            const int skip0 = place_in_chunk(largest, chunk, length);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_own[lane] += targets[i] * (logits[largest] - logits[i]);
                sum2_own[lane] += lane == skip0 ? 0.0f : v1;
            }
            chunk += WIDTH_F32;
        }
    }
    const double sum1 = total_f32(&sum1_lanes, sum1_common, sum1_own);
    const double sum2 = total_f32(&sum2_lanes, sum2_common, sum2_own);
    const double c1 = ((double)kept1[largest] * (1.0 - (double)targets[largest]) - (double)targets[largest] * sum2) / ((double)kept1[largest] + sum2);
    loss[0] = (float)(sum1 + log1p(sum2 / (double)kept1[largest]));
    const double c2 = 1.0 / ((double)kept1[largest] + sum2);
    if (stream) {
        float line_f32[WIDTH_F32];
        size_t chunk = entries_to_line(gradient, sizeof(float), classes);
        for (size_t i = 0; i < chunk; i++) {
            gradient[i] = kept1[i] * (float)c2 - targets[i];
        }
        for (; classes - chunk >= WIDTH_F32; chunk += WIDTH_F32) {
            PREFETCH(logits + classes + chunk, WIDTH_F32);
            PREFETCH(targets + classes + chunk, WIDTH_F32);
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                line_f32[lane] = kept1[i] * (float)c2 - targets[i];
            }
            store_past_caches(gradient + chunk, line_f32, sizeof line_f32);
        }
        for (size_t i = chunk; i < classes; i++) {
            gradient[i] = kept1[i] * (float)c2 - targets[i];
        }
        stream_done();
    } else {
        VECTOR_LOOP()
        for (size_t i = 0; i < classes; i++)
            gradient[i] = kept1[i] * (float)c2 - targets[i];
    }
    gradient[largest] = (float)(c1);
}

static void cross_entropy_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, const float *targets_rows, float *loss_rows, float *gradient_rows)
{
    float logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    float targets[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float *entries = targets_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) targets[n * LANES + lane] = entries[n];
    }
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
            largest[lane] = largest_better ? i : largest[lane];
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(logits[(size_t)largest[lane] * LANES + lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    float sum2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const float v1_here = exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            sum1[lane] += targets[i * LANES + lane] * (logits[(size_t)largest[lane] * LANES + lane] - logits[i * LANES + lane]);
            sum2[lane] += i == largest[lane] ? 0 : v1_here;
        }
    float c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = (kept1[(size_t)largest[lane] * LANES + lane] * (1.0f - targets[(size_t)largest[lane] * LANES + lane]) - targets[(size_t)largest[lane] * LANES + lane] * sum2[lane]) / (kept1[(size_t)largest[lane] * LANES + lane] + sum2[lane]);
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = sum1[lane] + log1p_f32(sum2[lane] / kept1[(size_t)largest[lane] * LANES + lane]);
    float c2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c2[lane] = 1.0f / (kept1[(size_t)largest[lane] * LANES + lane] + sum2[lane]);
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            gradient[i * LANES + lane] = i == largest[lane] ? gradient[i * LANES + lane] : kept1[i * LANES + lane] * c2[lane] - targets[i * LANES + lane];
        }
    for (size_t lane = 0; lane < lanes; lane++) gradient[(size_t)largest[lane] * LANES + lane] = c1[lane];
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
    for (size_t lane = 0; lane < count; lane++)
        for (size_t n = 0; n < classes; n++)
            gradient_rows[lane * classes + n] = gradient[n * LANES + lane];
}

static void cross_entropy_required_row_f32(size_t classes, const float *restrict logits, const float *restrict targets, float *restrict loss)
{
    const size_t largest = largest_of_f32(classes, logits);
    const reference_f32 reference1 = reference_near_f32((float)((double)logits[largest]));
    float sum1_common[WIDTH_F32];
    fill_f32(sum1_common, 0);
    float sum1_own[WIDTH_F32];
    fill_f32(sum1_own, 0);
    lanes_f32 sum1_lanes;
    start_f32(&sum1_lanes, 0);
    float sum2_common[WIDTH_F32];
    fill_f32(sum2_common, 0);
    float sum2_own[WIDTH_F32];
    fill_f32(sum2_own, 0);
    lanes_f32 sum2_lanes;
    start_f32(&sum2_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F32 * WIDTH_F32;
        clean = clean_until(largest, chunk, clean, WIDTH_F32);
        for (; chunk < clean; chunk += WIDTH_F32) {
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_common[lane] += targets[i] * (logits[largest] - logits[i]);
                sum2_common[lane] += exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            if (chunk / WIDTH_F32 % CHUNKS == CHUNKS - 1) {
                fold_f32(&sum1_lanes, sum1_common);
                fold_f32(&sum2_lanes, sum2_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F32);
            const int skip0 = place_in_chunk(largest, chunk, length);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_own[lane] += targets[i] * (logits[largest] - logits[i]);
                sum2_own[lane] += lane == skip0 ? 0.0f : exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            chunk += WIDTH_F32;
        }
    }
    const double sum1 = total_f32(&sum1_lanes, sum1_common, sum1_own);
    const double sum2 = total_f32(&sum2_lanes, sum2_common, sum2_own);
    loss[0] = (float)(sum1 + log1p(sum2 / (double)exp_from_f32(logits[largest], reference1.offset, reference1.low, reference1.magic)));
}

static void cross_entropy_required_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, const float *targets_rows, float *loss_rows)
{
    float logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    float targets[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float *entries = targets_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) targets[n * LANES + lane] = entries[n];
    }
    float loss[LANES];
    int32_t largest[LANES];
    float largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) { largest[lane] = 0; largest_value[lane] = -(float)INFINITY; }
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_better = logits[i * LANES + lane] > largest_value[lane];
            largest[lane] = largest_better ? i : largest[lane];
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(logits[(size_t)largest[lane] * LANES + lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    float sum2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            sum1[lane] += targets[i * LANES + lane] * (logits[(size_t)largest[lane] * LANES + lane] - logits[i * LANES + lane]);
            sum2[lane] += i == largest[lane] ? 0 : exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
        }
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = sum1[lane] + log1p_f32(sum2[lane] / exp_from_f32(logits[(size_t)largest[lane] * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]));
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
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            cross_entropy_required_row_f32(classes, logits + row * classes, targets + row * classes, loss + row);
        }
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
        const int stream = rows * (classes) > STREAM_BYTES / sizeof(float);
        const size_t threads = THREADS;
        const size_t stride = ((classes) + 15) / 16 * 16 + 16;
        float *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ threads, stride }) ? malloc(threads * stride * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            float *kept = scratch + THREAD * stride;
            cross_entropy_row_f32(classes, logits + row * classes, targets + row * classes, loss + row, gradient + row * classes, kept, stream);
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

static void cross_entropy_row_f64(size_t classes, const double *restrict logits, const double *restrict targets, double *restrict loss, double *restrict gradient, double *restrict kept1, int stream)
{
    const size_t largest = largest_of_f64(classes, logits);
    const reference_f64 reference1 = reference_near_f64(logits[largest]);
    double sum1_common[WIDTH_F64];
    fill_f64(sum1_common, 0);
    double sum1_own[WIDTH_F64];
    fill_f64(sum1_own, 0);
    lanes_f64 sum1_lanes;
    start_f64(&sum1_lanes, 0);
    double sum2_common[WIDTH_F64];
    fill_f64(sum2_common, 0);
    double sum2_own[WIDTH_F64];
    fill_f64(sum2_own, 0);
    lanes_f64 sum2_lanes;
    start_f64(&sum2_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F64 * WIDTH_F64;
        clean = clean_until(largest, chunk, clean, WIDTH_F64);
        for (; chunk < clean; chunk += WIDTH_F64) {
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_common[lane] += targets[i] * (logits[largest] - logits[i]);
                sum2_common[lane] += v1;
            }
            if (chunk / WIDTH_F64 % CHUNKS == CHUNKS - 1) {
                fold_f64(&sum1_lanes, sum1_common);
                fold_f64(&sum2_lanes, sum2_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F64);
            const int skip0 = place_in_chunk(largest, chunk, length);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_own[lane] += targets[i] * (logits[largest] - logits[i]);
                sum2_own[lane] += lane == skip0 ? 0.0 : v1;
            }
            chunk += WIDTH_F64;
        }
    }
    const double sum1 = total_f64(&sum1_lanes, sum1_common, sum1_own);
    const double sum2 = total_f64(&sum2_lanes, sum2_common, sum2_own);
    const double c1 = (kept1[largest] * (1.0 - targets[largest]) - targets[largest] * sum2) / (kept1[largest] + sum2);
    loss[0] = sum1 + log1p(sum2 / kept1[largest]);
    const double c2 = 1.0 / (kept1[largest] + sum2);
    if (stream) {
        double line_f64[WIDTH_F64];
        size_t chunk = entries_to_line(gradient, sizeof(double), classes);
        for (size_t i = 0; i < chunk; i++) {
            gradient[i] = kept1[i] * c2 - targets[i];
        }
        for (; classes - chunk >= WIDTH_F64; chunk += WIDTH_F64) {
            PREFETCH(logits + classes + chunk, WIDTH_F64);
            PREFETCH(targets + classes + chunk, WIDTH_F64);
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                line_f64[lane] = kept1[i] * c2 - targets[i];
            }
            store_past_caches(gradient + chunk, line_f64, sizeof line_f64);
        }
        for (size_t i = chunk; i < classes; i++) {
            gradient[i] = kept1[i] * c2 - targets[i];
        }
        stream_done();
    } else {
        VECTOR_LOOP()
        for (size_t i = 0; i < classes; i++)
            gradient[i] = kept1[i] * c2 - targets[i];
    }
    gradient[largest] = c1;
}

static void cross_entropy_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, const double *targets_rows, double *loss_rows, double *gradient_rows)
{
    double logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    double targets[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *entries = targets_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) targets[n * LANES + lane] = entries[n];
    }
    double loss[LANES];
    double gradient[SHORT * LANES];
    double kept1[SHORT * LANES];
    int32_t largest[LANES];
    double largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) { largest[lane] = 0; largest_value[lane] = -(double)INFINITY; }
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_better = logits[i * LANES + lane] > largest_value[lane];
            largest[lane] = largest_better ? i : largest[lane];
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(logits[(size_t)largest[lane] * LANES + lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    double sum2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const double v1_here = exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            sum1[lane] += targets[i * LANES + lane] * (logits[(size_t)largest[lane] * LANES + lane] - logits[i * LANES + lane]);
            sum2[lane] += i == largest[lane] ? 0 : v1_here;
        }
    double c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = (kept1[(size_t)largest[lane] * LANES + lane] * (1.0 - targets[(size_t)largest[lane] * LANES + lane]) - targets[(size_t)largest[lane] * LANES + lane] * sum2[lane]) / (kept1[(size_t)largest[lane] * LANES + lane] + sum2[lane]);
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = sum1[lane] + log1p_f64(sum2[lane] / kept1[(size_t)largest[lane] * LANES + lane]);
    double c2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c2[lane] = 1.0 / (kept1[(size_t)largest[lane] * LANES + lane] + sum2[lane]);
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            gradient[i * LANES + lane] = i == largest[lane] ? gradient[i * LANES + lane] : kept1[i * LANES + lane] * c2[lane] - targets[i * LANES + lane];
        }
    for (size_t lane = 0; lane < lanes; lane++) gradient[(size_t)largest[lane] * LANES + lane] = c1[lane];
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
    for (size_t lane = 0; lane < count; lane++)
        for (size_t n = 0; n < classes; n++)
            gradient_rows[lane * classes + n] = gradient[n * LANES + lane];
}

static void cross_entropy_required_row_f64(size_t classes, const double *restrict logits, const double *restrict targets, double *restrict loss)
{
    const size_t largest = largest_of_f64(classes, logits);
    const reference_f64 reference1 = reference_near_f64(logits[largest]);
    double sum1_common[WIDTH_F64];
    fill_f64(sum1_common, 0);
    double sum1_own[WIDTH_F64];
    fill_f64(sum1_own, 0);
    lanes_f64 sum1_lanes;
    start_f64(&sum1_lanes, 0);
    double sum2_common[WIDTH_F64];
    fill_f64(sum2_common, 0);
    double sum2_own[WIDTH_F64];
    fill_f64(sum2_own, 0);
    lanes_f64 sum2_lanes;
    start_f64(&sum2_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F64 * WIDTH_F64;
        clean = clean_until(largest, chunk, clean, WIDTH_F64);
        for (; chunk < clean; chunk += WIDTH_F64) {
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_common[lane] += targets[i] * (logits[largest] - logits[i]);
                sum2_common[lane] += exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            if (chunk / WIDTH_F64 % CHUNKS == CHUNKS - 1) {
                fold_f64(&sum1_lanes, sum1_common);
                fold_f64(&sum2_lanes, sum2_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F64);
            const int skip0 = place_in_chunk(largest, chunk, length);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_own[lane] += targets[i] * (logits[largest] - logits[i]);
                sum2_own[lane] += lane == skip0 ? 0.0 : exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            chunk += WIDTH_F64;
        }
    }
    const double sum1 = total_f64(&sum1_lanes, sum1_common, sum1_own);
    const double sum2 = total_f64(&sum2_lanes, sum2_common, sum2_own);
    loss[0] = sum1 + log1p(sum2 / exp_from_f64(logits[largest], reference1.offset, reference1.low, reference1.magic));
}

static void cross_entropy_required_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, const double *targets_rows, double *loss_rows)
{
    double logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    double targets[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *entries = targets_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) targets[n * LANES + lane] = entries[n];
    }
    double loss[LANES];
    int32_t largest[LANES];
    double largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) { largest[lane] = 0; largest_value[lane] = -(double)INFINITY; }
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_better = logits[i * LANES + lane] > largest_value[lane];
            largest[lane] = largest_better ? i : largest[lane];
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(logits[(size_t)largest[lane] * LANES + lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    double sum2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            sum1[lane] += targets[i * LANES + lane] * (logits[(size_t)largest[lane] * LANES + lane] - logits[i * LANES + lane]);
            sum2[lane] += i == largest[lane] ? 0 : exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
        }
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = sum1[lane] + log1p_f64(sum2[lane] / exp_from_f64(logits[(size_t)largest[lane] * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]));
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
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            cross_entropy_required_row_f64(classes, logits + row * classes, targets + row * classes, loss + row);
        }
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
        const int stream = rows * (classes) > STREAM_BYTES / sizeof(double);
        const size_t threads = THREADS;
        const size_t stride = ((classes) + 15) / 16 * 16 + 16;
        double *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ threads, stride }) ? malloc(threads * stride * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            double *kept = scratch + THREAD * stride;
            cross_entropy_row_f64(classes, logits + row * classes, targets + row * classes, loss + row, gradient + row * classes, kept, stream);
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

static void cross_entropy_labels_row_f32(size_t classes, const float *restrict logits, int64_t labels, float *restrict loss, float *restrict gradient, float *restrict kept1, int stream)
{
    const size_t largest = largest_of_f32(classes, logits);
    const reference_f32 reference1 = reference_near_f32((float)((double)logits[largest]));
    float sum1_common[WIDTH_F32];
    fill_f32(sum1_common, 0);
    float sum1_own[WIDTH_F32];
    fill_f32(sum1_own, 0);
    float sum2_own[WIDTH_F32];
    fill_f32(sum2_own, 0);
    float sum3_own[WIDTH_F32];
    fill_f32(sum3_own, 0);
    lanes_f32 sum1_lanes;
    start_f32(&sum1_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F32 * WIDTH_F32;
        clean = clean_until(largest, chunk, clean, WIDTH_F32);
        clean = clean_until((size_t)labels, chunk, clean, WIDTH_F32);
        for (; chunk < clean; chunk += WIDTH_F32) {
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_common[lane] += v1;
            }
            if (chunk / WIDTH_F32 % CHUNKS == CHUNKS - 1) {
                fold_f32(&sum1_lanes, sum1_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F32);
            const int skip0 = place_in_chunk(largest, chunk, length);
            const int skip1 = place_in_chunk((size_t)labels, chunk, length);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                const float v1 = exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_own[lane] += lane == skip0 ? 0.0f : v1;
                sum2_own[lane] += v1;
                sum3_own[lane] += lane == skip1 ? 0.0f : v1;
            }
            chunk += WIDTH_F32;
        }
    }
    const double sum1 = total_f32(&sum1_lanes, sum1_common, sum1_own);
    const double sum2 = total_f32(&sum1_lanes, sum1_common, sum2_own);
    const double sum3 = total_f32(&sum1_lanes, sum1_common, sum3_own);
    const double c1 = -(sum3 / sum2);
    loss[0] = (float)((double)logits[largest] - (double)logits[(size_t)labels] + log1p(sum1 / (double)kept1[largest]));
    const double c2 = 1.0 / sum2;
    if (stream) {
        float line_f32[WIDTH_F32];
        size_t chunk = entries_to_line(gradient, sizeof(float), classes);
        for (size_t i = 0; i < chunk; i++) {
            gradient[i] = kept1[i] * (float)c2;
        }
        for (; classes - chunk >= WIDTH_F32; chunk += WIDTH_F32) {
            PREFETCH(logits + classes + chunk, WIDTH_F32);
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                line_f32[lane] = kept1[i] * (float)c2;
            }
            store_past_caches(gradient + chunk, line_f32, sizeof line_f32);
        }
        for (size_t i = chunk; i < classes; i++) {
            gradient[i] = kept1[i] * (float)c2;
        }
        stream_done();
    } else {
        VECTOR_LOOP()
        for (size_t i = 0; i < classes; i++)
            gradient[i] = kept1[i] * (float)c2;
    }
    gradient[(size_t)labels] = (float)(c1);
}

static void cross_entropy_labels_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, const int64_t *labels_rows, float *loss_rows, float *gradient_rows)
{
    float logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    int32_t labels[LANES];
    for (size_t lane = 0; lane < lanes; lane++) labels[lane] = (int32_t)labels_rows[(lane < count ? lane : count - 1)];
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
            largest[lane] = largest_better ? i : largest[lane];
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(logits[(size_t)largest[lane] * LANES + lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    float sum2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = 0;
    float sum3[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum3[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const float v1_here = exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            sum1[lane] += i == largest[lane] ? 0 : v1_here;
            sum2[lane] += v1_here;
            sum3[lane] += i == labels[lane] ? 0 : v1_here;
        }
    float c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = -(sum3[lane] / sum2[lane]);
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = logits[(size_t)largest[lane] * LANES + lane] - logits[(size_t)labels[lane] * LANES + lane] + log1p_f32(sum1[lane] / kept1[(size_t)largest[lane] * LANES + lane]);
    float c2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c2[lane] = 1.0f / sum2[lane];
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            gradient[i * LANES + lane] = i == labels[lane] ? gradient[i * LANES + lane] : kept1[i * LANES + lane] * c2[lane];
        }
    for (size_t lane = 0; lane < lanes; lane++) gradient[(size_t)labels[lane] * LANES + lane] = c1[lane];
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
    for (size_t lane = 0; lane < count; lane++)
        for (size_t n = 0; n < classes; n++)
            gradient_rows[lane * classes + n] = gradient[n * LANES + lane];
}

static void cross_entropy_labels_required_row_f32(size_t classes, const float *restrict logits, int64_t labels, float *restrict loss)
{
    const size_t largest = largest_of_f32(classes, logits);
    const reference_f32 reference1 = reference_near_f32((float)((double)logits[largest]));
    float sum1_common[WIDTH_F32];
    fill_f32(sum1_common, 0);
    float sum1_own[WIDTH_F32];
    fill_f32(sum1_own, 0);
    lanes_f32 sum1_lanes;
    start_f32(&sum1_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F32 * WIDTH_F32;
        clean = clean_until(largest, chunk, clean, WIDTH_F32);
        for (; chunk < clean; chunk += WIDTH_F32) {
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_common[lane] += exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            if (chunk / WIDTH_F32 % CHUNKS == CHUNKS - 1) {
                fold_f32(&sum1_lanes, sum1_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F32);
            const int skip0 = place_in_chunk(largest, chunk, length);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_own[lane] += lane == skip0 ? 0.0f : exp_from_f32(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            chunk += WIDTH_F32;
        }
    }
    const double sum1 = total_f32(&sum1_lanes, sum1_common, sum1_own);
    loss[0] = (float)((double)logits[largest] - (double)logits[(size_t)labels] + log1p(sum1 / (double)exp_from_f32(logits[largest], reference1.offset, reference1.low, reference1.magic)));
}

static void cross_entropy_labels_required_tile_f32(size_t count, size_t lanes, size_t classes, const float *logits_rows, const int64_t *labels_rows, float *loss_rows)
{
    float logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    int32_t labels[LANES];
    for (size_t lane = 0; lane < lanes; lane++) labels[lane] = (int32_t)labels_rows[(lane < count ? lane : count - 1)];
    float loss[LANES];
    int32_t largest[LANES];
    float largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) { largest[lane] = 0; largest_value[lane] = -(float)INFINITY; }
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_better = logits[i * LANES + lane] > largest_value[lane];
            largest[lane] = largest_better ? i : largest[lane];
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    float reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f32 here = reference_near_f32(logits[(size_t)largest[lane] * LANES + lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    float sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            sum1[lane] += i == largest[lane] ? 0 : exp_from_f32(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
        }
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = logits[(size_t)largest[lane] * LANES + lane] - logits[(size_t)labels[lane] * LANES + lane] + log1p_f32(sum1[lane] / exp_from_f32(logits[(size_t)largest[lane] * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]));
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
    for (size_t n = 0; n < rows; n++)
        if ((labels[n] < 0 || (uint64_t)labels[n] >= classes) && !(ignored && labels[n] == *ignored))
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
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            if (ignored && labels[row] == *ignored) {
                memset(loss + row, 0, sizeof(*loss));
                continue;
            }
            cross_entropy_labels_required_row_f32(classes, logits + row * classes, labels[row], loss + row);
        }
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
        const int stream = rows * (classes) > STREAM_BYTES / sizeof(float);
        const size_t threads = THREADS;
        const size_t stride = ((classes) + 15) / 16 * 16 + 16;
        float *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ threads, stride }) ? malloc(threads * stride * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            float *kept = scratch + THREAD * stride;
            if (ignored && labels[row] == *ignored) {
                memset(loss + row, 0, sizeof(*loss));
                memset(gradient + row * classes, 0, classes * sizeof(*gradient));
                continue;
            }
            cross_entropy_labels_row_f32(classes, logits + row * classes, labels[row], loss + row, gradient + row * classes, kept, stream);
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

static void cross_entropy_labels_row_f64(size_t classes, const double *restrict logits, int64_t labels, double *restrict loss, double *restrict gradient, double *restrict kept1, int stream)
{
    const size_t largest = largest_of_f64(classes, logits);
    const reference_f64 reference1 = reference_near_f64(logits[largest]);
    double sum1_common[WIDTH_F64];
    fill_f64(sum1_common, 0);
    double sum1_own[WIDTH_F64];
    fill_f64(sum1_own, 0);
    double sum2_own[WIDTH_F64];
    fill_f64(sum2_own, 0);
    double sum3_own[WIDTH_F64];
    fill_f64(sum3_own, 0);
    lanes_f64 sum1_lanes;
    start_f64(&sum1_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F64 * WIDTH_F64;
        clean = clean_until(largest, chunk, clean, WIDTH_F64);
        clean = clean_until((size_t)labels, chunk, clean, WIDTH_F64);
        for (; chunk < clean; chunk += WIDTH_F64) {
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_common[lane] += v1;
            }
            if (chunk / WIDTH_F64 % CHUNKS == CHUNKS - 1) {
                fold_f64(&sum1_lanes, sum1_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F64);
            const int skip0 = place_in_chunk(largest, chunk, length);
            const int skip1 = place_in_chunk((size_t)labels, chunk, length);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                const double v1 = exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
                kept1[i] = v1;
                sum1_own[lane] += lane == skip0 ? 0.0 : v1;
                sum2_own[lane] += v1;
                sum3_own[lane] += lane == skip1 ? 0.0 : v1;
            }
            chunk += WIDTH_F64;
        }
    }
    const double sum1 = total_f64(&sum1_lanes, sum1_common, sum1_own);
    const double sum2 = total_f64(&sum1_lanes, sum1_common, sum2_own);
    const double sum3 = total_f64(&sum1_lanes, sum1_common, sum3_own);
    const double c1 = -(sum3 / sum2);
    loss[0] = logits[largest] - logits[(size_t)labels] + log1p(sum1 / kept1[largest]);
    const double c2 = 1.0 / sum2;
    if (stream) {
        double line_f64[WIDTH_F64];
        size_t chunk = entries_to_line(gradient, sizeof(double), classes);
        for (size_t i = 0; i < chunk; i++) {
            gradient[i] = kept1[i] * c2;
        }
        for (; classes - chunk >= WIDTH_F64; chunk += WIDTH_F64) {
            PREFETCH(logits + classes + chunk, WIDTH_F64);
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                line_f64[lane] = kept1[i] * c2;
            }
            store_past_caches(gradient + chunk, line_f64, sizeof line_f64);
        }
        for (size_t i = chunk; i < classes; i++) {
            gradient[i] = kept1[i] * c2;
        }
        stream_done();
    } else {
        VECTOR_LOOP()
        for (size_t i = 0; i < classes; i++)
            gradient[i] = kept1[i] * c2;
    }
    gradient[(size_t)labels] = c1;
}

static void cross_entropy_labels_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, const int64_t *labels_rows, double *loss_rows, double *gradient_rows)
{
    double logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    int32_t labels[LANES];
    for (size_t lane = 0; lane < lanes; lane++) labels[lane] = (int32_t)labels_rows[(lane < count ? lane : count - 1)];
    double loss[LANES];
    double gradient[SHORT * LANES];
    double kept1[SHORT * LANES];
    int32_t largest[LANES];
    double largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) { largest[lane] = 0; largest_value[lane] = -(double)INFINITY; }
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_better = logits[i * LANES + lane] > largest_value[lane];
            largest[lane] = largest_better ? i : largest[lane];
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(logits[(size_t)largest[lane] * LANES + lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    double sum2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum2[lane] = 0;
    double sum3[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum3[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const double v1_here = exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
            kept1[i * LANES + lane] = v1_here;
            sum1[lane] += i == largest[lane] ? 0 : v1_here;
            sum2[lane] += v1_here;
            sum3[lane] += i == labels[lane] ? 0 : v1_here;
        }
    double c1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c1[lane] = -(sum3[lane] / sum2[lane]);
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = logits[(size_t)largest[lane] * LANES + lane] - logits[(size_t)labels[lane] * LANES + lane] + log1p_f64(sum1[lane] / kept1[(size_t)largest[lane] * LANES + lane]);
    double c2[LANES];
    for (size_t lane = 0; lane < lanes; lane++) c2[lane] = 1.0 / sum2[lane];
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            gradient[i * LANES + lane] = i == labels[lane] ? gradient[i * LANES + lane] : kept1[i * LANES + lane] * c2[lane];
        }
    for (size_t lane = 0; lane < lanes; lane++) gradient[(size_t)labels[lane] * LANES + lane] = c1[lane];
    for (size_t lane = 0; lane < count; lane++) loss_rows[lane] = loss[lane];
    for (size_t lane = 0; lane < count; lane++)
        for (size_t n = 0; n < classes; n++)
            gradient_rows[lane * classes + n] = gradient[n * LANES + lane];
}

static void cross_entropy_labels_required_row_f64(size_t classes, const double *restrict logits, int64_t labels, double *restrict loss)
{
    const size_t largest = largest_of_f64(classes, logits);
    const reference_f64 reference1 = reference_near_f64(logits[largest]);
    double sum1_common[WIDTH_F64];
    fill_f64(sum1_common, 0);
    double sum1_own[WIDTH_F64];
    fill_f64(sum1_own, 0);
    lanes_f64 sum1_lanes;
    start_f64(&sum1_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F64 * WIDTH_F64;
        clean = clean_until(largest, chunk, clean, WIDTH_F64);
        for (; chunk < clean; chunk += WIDTH_F64) {
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_common[lane] += exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            if (chunk / WIDTH_F64 % CHUNKS == CHUNKS - 1) {
                fold_f64(&sum1_lanes, sum1_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F64);
            const int skip0 = place_in_chunk(largest, chunk, length);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_own[lane] += lane == skip0 ? 0.0 : exp_from_f64(logits[i], reference1.offset, reference1.low, reference1.magic);
            }
            chunk += WIDTH_F64;
        }
    }
    const double sum1 = total_f64(&sum1_lanes, sum1_common, sum1_own);
    loss[0] = logits[largest] - logits[(size_t)labels] + log1p(sum1 / exp_from_f64(logits[largest], reference1.offset, reference1.low, reference1.magic));
}

static void cross_entropy_labels_required_tile_f64(size_t count, size_t lanes, size_t classes, const double *logits_rows, const int64_t *labels_rows, double *loss_rows)
{
    double logits[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *entries = logits_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) logits[n * LANES + lane] = entries[n];
    }
    int32_t labels[LANES];
    for (size_t lane = 0; lane < lanes; lane++) labels[lane] = (int32_t)labels_rows[(lane < count ? lane : count - 1)];
    double loss[LANES];
    int32_t largest[LANES];
    double largest_value[LANES];
    for (size_t lane = 0; lane < lanes; lane++) { largest[lane] = 0; largest_value[lane] = -(double)INFINITY; }
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            const int largest_better = logits[i * LANES + lane] > largest_value[lane];
            largest[lane] = largest_better ? i : largest[lane];
            largest_value[lane] = largest_better ? logits[i * LANES + lane] : largest_value[lane];
        }
    double reference1_offset[LANES], reference1_low[LANES], reference1_magic[LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const reference_f64 here = reference_near_f64(logits[(size_t)largest[lane] * LANES + lane]);
        reference1_offset[lane] = here.offset;
        reference1_low[lane] = here.low;
        reference1_magic[lane] = here.magic;
    }
    double sum1[LANES];
    for (size_t lane = 0; lane < lanes; lane++) sum1[lane] = 0;
    for (int32_t i = 0; i < (int32_t)classes; i++)
        VECTOR_LOOP()
        for (size_t lane = 0; lane < lanes; lane++) {
            sum1[lane] += i == largest[lane] ? 0 : exp_from_f64(logits[i * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]);
        }
    for (size_t lane = 0; lane < lanes; lane++) loss[lane] = logits[(size_t)largest[lane] * LANES + lane] - logits[(size_t)labels[lane] * LANES + lane] + log1p_f64(sum1[lane] / exp_from_f64(logits[(size_t)largest[lane] * LANES + lane], reference1_offset[lane], reference1_low[lane], reference1_magic[lane]));
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
    for (size_t n = 0; n < rows; n++)
        if ((labels[n] < 0 || (uint64_t)labels[n] >= classes) && !(ignored && labels[n] == *ignored))
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
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            if (ignored && labels[row] == *ignored) {
                memset(loss + row, 0, sizeof(*loss));
                continue;
            }
            cross_entropy_labels_required_row_f64(classes, logits + row * classes, labels[row], loss + row);
        }
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
        const int stream = rows * (classes) > STREAM_BYTES / sizeof(double);
        const size_t threads = THREADS;
        const size_t stride = ((classes) + 15) / 16 * 16 + 16;
        double *scratch = fits(sizeof(*scratch), 2, (const size_t[]){ threads, stride }) ? malloc(threads * stride * sizeof(*scratch)) : NULL;
        if (scratch == NULL)
            return KERNEL_NO_MEMORY;
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            double *kept = scratch + THREAD * stride;
            if (ignored && labels[row] == *ignored) {
                memset(loss + row, 0, sizeof(*loss));
                memset(gradient + row * classes, 0, classes * sizeof(*gradient));
                continue;
            }
            cross_entropy_labels_row_f64(classes, logits + row * classes, labels[row], loss + row, gradient + row * classes, kept, stream);
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

static void softmax_vjp_row_f32(size_t classes, const float *restrict probabilities, const float *restrict upstream, float *restrict gradient, int stream)
{
    float sum1_common[WIDTH_F32];
    fill_f32(sum1_common, 0);
    float sum1_own[WIDTH_F32];
    fill_f32(sum1_own, 0);
    lanes_f32 sum1_lanes;
    start_f32(&sum1_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F32 * WIDTH_F32;
        for (; chunk < clean; chunk += WIDTH_F32) {
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_common[lane] += upstream[i] * probabilities[i];
            }
            if (chunk / WIDTH_F32 % CHUNKS == CHUNKS - 1) {
                fold_f32(&sum1_lanes, sum1_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F32);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_own[lane] += upstream[i] * probabilities[i];
            }
            chunk += WIDTH_F32;
        }
    }
    const double sum1 = total_f32(&sum1_lanes, sum1_common, sum1_own);
    if (stream) {
        float line_f32[WIDTH_F32];
        size_t chunk = entries_to_line(gradient, sizeof(float), classes);
        for (size_t i = 0; i < chunk; i++) {
            gradient[i] = probabilities[i] * (float)((double)upstream[i] - sum1);
        }
        for (; classes - chunk >= WIDTH_F32; chunk += WIDTH_F32) {
            PREFETCH(probabilities + classes + chunk, WIDTH_F32);
            PREFETCH(upstream + classes + chunk, WIDTH_F32);
            for (int lane = 0; lane < WIDTH_F32; lane++) {
                const size_t i = chunk + (size_t)lane;
                line_f32[lane] = probabilities[i] * (float)((double)upstream[i] - sum1);
            }
            store_past_caches(gradient + chunk, line_f32, sizeof line_f32);
        }
        for (size_t i = chunk; i < classes; i++) {
            gradient[i] = probabilities[i] * (float)((double)upstream[i] - sum1);
        }
        stream_done();
    } else {
        VECTOR_LOOP()
        for (size_t i = 0; i < classes; i++)
            gradient[i] = probabilities[i] * (float)((double)upstream[i] - sum1);
    }
}

static void softmax_vjp_tile_f32(size_t count, size_t lanes, size_t classes, const float *probabilities_rows, const float *upstream_rows, float *gradient_rows)
{
    float probabilities[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float *entries = probabilities_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) probabilities[n * LANES + lane] = entries[n];
    }
    float upstream[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const float *entries = upstream_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) upstream[n * LANES + lane] = entries[n];
    }
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
    for (size_t lane = 0; lane < count; lane++)
        for (size_t n = 0; n < classes; n++)
            gradient_rows[lane * classes + n] = gradient[n * LANES + lane];
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
        const int stream = rows * (classes) > STREAM_BYTES / sizeof(float);
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            softmax_vjp_row_f32(classes, probabilities + row * classes, upstream + row * classes, gradient + row * classes, stream);
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

static void softmax_vjp_row_f64(size_t classes, const double *restrict probabilities, const double *restrict upstream, double *restrict gradient, int stream)
{
    double sum1_common[WIDTH_F64];
    fill_f64(sum1_common, 0);
    double sum1_own[WIDTH_F64];
    fill_f64(sum1_own, 0);
    lanes_f64 sum1_lanes;
    start_f64(&sum1_lanes, 0);
    for (size_t chunk = 0; chunk < classes;) {
        size_t clean = classes / WIDTH_F64 * WIDTH_F64;
        for (; chunk < clean; chunk += WIDTH_F64) {
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_common[lane] += upstream[i] * probabilities[i];
            }
            if (chunk / WIDTH_F64 % CHUNKS == CHUNKS - 1) {
                fold_f64(&sum1_lanes, sum1_common);
            }
        }
        if (chunk < classes) {
            const int length = length_of_chunk(classes - chunk, WIDTH_F64);
            for (int lane = 0; lane < length; lane++) {
                const size_t i = chunk + (size_t)lane;
                sum1_own[lane] += upstream[i] * probabilities[i];
            }
            chunk += WIDTH_F64;
        }
    }
    const double sum1 = total_f64(&sum1_lanes, sum1_common, sum1_own);
    if (stream) {
        double line_f64[WIDTH_F64];
        size_t chunk = entries_to_line(gradient, sizeof(double), classes);
        for (size_t i = 0; i < chunk; i++) {
            gradient[i] = probabilities[i] * (upstream[i] - sum1);
        }
        for (; classes - chunk >= WIDTH_F64; chunk += WIDTH_F64) {
            PREFETCH(probabilities + classes + chunk, WIDTH_F64);
            PREFETCH(upstream + classes + chunk, WIDTH_F64);
            for (int lane = 0; lane < WIDTH_F64; lane++) {
                const size_t i = chunk + (size_t)lane;
                line_f64[lane] = probabilities[i] * (upstream[i] - sum1);
            }
            store_past_caches(gradient + chunk, line_f64, sizeof line_f64);
        }
        for (size_t i = chunk; i < classes; i++) {
            gradient[i] = probabilities[i] * (upstream[i] - sum1);
        }
        stream_done();
    } else {
        VECTOR_LOOP()
        for (size_t i = 0; i < classes; i++)
            gradient[i] = probabilities[i] * (upstream[i] - sum1);
    }
}

static void softmax_vjp_tile_f64(size_t count, size_t lanes, size_t classes, const double *probabilities_rows, const double *upstream_rows, double *gradient_rows)
{
    double probabilities[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *entries = probabilities_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) probabilities[n * LANES + lane] = entries[n];
    }
    double upstream[SHORT * LANES];
    for (size_t lane = 0; lane < lanes; lane++) {
        const double *entries = upstream_rows + (lane < count ? lane : count - 1) * classes;
        for (size_t n = 0; n < classes; n++) upstream[n * LANES + lane] = entries[n];
    }
    double gradient[SHORT * LANES];
    double sum1[LANES];
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
    for (size_t lane = 0; lane < count; lane++)
        for (size_t n = 0; n < classes; n++)
            gradient_rows[lane * classes + n] = gradient[n * LANES + lane];
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
        const int stream = rows * (classes) > STREAM_BYTES / sizeof(double);
        PARALLEL_ROWS(rows > 1 && rows * classes > PARALLEL_STEPS)
        for (ptrdiff_t turn = 0; turn < (ptrdiff_t)rows; turn++) {
            const size_t row = (size_t)turn;
            softmax_vjp_row_f64(classes, probabilities + row * classes, upstream + row * classes, gradient + row * classes, stream);
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

