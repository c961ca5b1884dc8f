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

/* Arrays are row-major and outputs must not overlap inputs.  Every function returns KERNEL_DONE, or
 * says why it wrote nothing.  To compile:
 *
 *   gcc -std=c11 -O3 -march=native -ffp-contract=fast -fno-math-errno -fno-trapping-math -fopenmp -c softmax_cross_entropy.c    (link with -lm)
 */
#ifndef DERIVE_SOFTMAX_CROSS_ENTROPY_H
#define DERIVE_SOFTMAX_CROSS_ENTROPY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef KERNEL_STATUS
#define KERNEL_STATUS
enum {
    KERNEL_DONE = 0,
    KERNEL_NULL = 1,      /* an array that is needed is NULL */
    KERNEL_BAD_SIZE = 2,  /* a size is 0 or too small, or an array of these sizes cannot exist */
    KERNEL_BAD_LABEL = 3, /* a label is not in 0, ..., size - 1 */
    KERNEL_NO_MEMORY = 4
};
#endif

/* softmax
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 62 (proved): y_i = \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}}
 * line 63 (proved): \frac{e^{-m} e^{z_i}}{e^{-m} \sum_j e^{z_j}} = \frac{e^{-m} e^{z_i}}{\sum_j e^{-m} e^{z_j}}
 * line 64 (proved): \frac{e^{-m} e^{z_i}}{\sum_j e^{-m} e^{z_j}} = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}}
 * logits: rows x classes, input
 * probabilities: rows x classes, output
 */
int softmax_f32(size_t rows, size_t classes, const float *logits, float *probabilities);
int softmax_f64(size_t rows, size_t classes, const double *logits, double *probabilities);

/* log_softmax
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 103 (proved): \log y_i = z_i - z_r - \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 * with largest: the position of maxⱼ logitsⱼ
 * logits: rows x classes, input
 * log_probabilities: rows x classes, output
 */
int log_softmax_f32(size_t rows, size_t classes, const float *logits, float *log_probabilities);
int log_softmax_f64(size_t rows, size_t classes, const double *logits, double *log_probabilities);

/* cross_entropy
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 163 (definition): L = - \sum_i t_i \log y_i
 * line 182 (proved): L = \sum_i t_i \left( z_r - z_i + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right) \right)
 * line 183 (proved): \sum_i t_i \left( z_r - z_i + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right) \right) = \sum_i t_i (z_r - z_i) + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 * line 211 (proved): \frac{\partial L}{\partial z_r} = \frac{e^{z_r - m} (1 - t_r) - t_r \sum_{j \neq r} e^{z_j - m}} {e^{z_r - m} + \sum_{j \neq r} e^{z_j - m}}
 * line 219 (proved): \frac{\partial L}{\partial z_i} = \frac{e^{z_i - m}}{e^{z_r - m} + \sum_{j \neq r} e^{z_j - m}} - t_i
 * assuming \sum_i t_i = 1
 * with largest: the position of maxⱼ logitsⱼ
 * logits: rows x classes, input
 * targets: rows x classes, input
 * loss: rows, output
 * gradient: rows x classes, output, or NULL
 */
int cross_entropy_f32(size_t rows, size_t classes, const float *logits, const float *targets, float *loss, float *gradient);
int cross_entropy_f64(size_t rows, size_t classes, const double *logits, const double *targets, double *loss, double *gradient);

/* cross_entropy_labels
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 234 (definition): E = - \log y_l
 * line 240 (proved): E = z_r - z_l + \log \left( 1 + \frac{\sum_{j \neq r} e^{z_j - m}}{e^{z_r - m}} \right)
 * line 252 (proved): \frac{\partial E}{\partial z_l} = - (1 - y_l)
 * line 253 (proved): - (1 - y_l) = - \frac{\sum_{j \neq l} e^{z_j - m}}{\sum_j e^{z_j - m}}
 * line 261 (proved): \frac{\partial E}{\partial z_i} = \frac{e^{z_i - m}}{\sum_j e^{z_j - m}}
 * with largest: the position of maxⱼ logitsⱼ
 * logits: rows x classes, input
 * labels: rows, integers from 0
 * loss: rows, output
 * gradient: rows x classes, output, or NULL
 */
int cross_entropy_labels_f32(size_t rows, size_t classes, const float *logits, const int64_t *labels, float *loss, float *gradient);
int cross_entropy_labels_f64(size_t rows, size_t classes, const double *logits, const int64_t *labels, double *loss, double *gradient);
int cross_entropy_labels_ignoring_f32(size_t rows, size_t classes, const float *logits, const int64_t *labels, float *loss, float *gradient, int64_t ignored);
int cross_entropy_labels_ignoring_f64(size_t rows, size_t classes, const double *logits, const int64_t *labels, double *loss, double *gradient, int64_t ignored);

/* softmax_jacobian
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 140 (proved): \frac{\partial y_i}{\partial z_k} = y_i (\delta_{ik} - y_k)
 * probabilities: rows x classes, input
 * jacobian: rows x classes x classes, output
 */
int softmax_jacobian_f32(size_t rows, size_t classes, const float *probabilities, float *jacobian);
int softmax_jacobian_f64(size_t rows, size_t classes, const double *probabilities, double *jacobian);

/* softmax_vjp
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 149 (definition): v_k = \sum_i g_i \frac{\partial y_i}{\partial z_k}
 * line 153 (proved): v_k = \sum_i g_i y_i (\delta_{ik} - y_k)
 * line 154 (proved): \sum_i g_i y_i (\delta_{ik} - y_k) = g_k y_k - y_k \sum_i g_i y_i
 * line 155 (proved): g_k y_k - y_k \sum_i g_i y_i = y_k \left( g_k - \sum_i g_i y_i \right)
 * probabilities: rows x classes, input
 * upstream: rows x classes, input
 * gradient: rows x classes, output
 */
int softmax_vjp_f32(size_t rows, size_t classes, const float *probabilities, const float *upstream, float *gradient);
int softmax_vjp_f64(size_t rows, size_t classes, const double *probabilities, const double *upstream, double *gradient);

/* softmax_cross_entropy_loss_derivative
 * line 47 (definition): y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
 * line 163 (definition): L = - \sum_i t_i \log y_i
 * line 202 (proved): \frac{\partial L}{\partial z_i} = y_i - t_i
 * assuming \sum_i t_i = 1
 * softmax_output: length, input
 * target: length, input
 * derivative: length, output
 */
int softmax_cross_entropy_loss_derivative_f32(const float *softmax_output, const float *target, float *derivative, size_t length);
int softmax_cross_entropy_loss_derivative_f64(const double *softmax_output, const double *target, double *derivative, size_t length);

#ifdef __cplusplus
}
#endif

#endif
