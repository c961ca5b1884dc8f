"""Generated: do not edit.  ``derive generate softmax_cross_entropy.md`` writes this file again, byte for byte.

From softmax_cross_entropy.md (sha256 873228331a57c925f1a429882e68e458a435e9d202f8c49df3266f850192376b):
  line 47 (definition): y_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}
  line 62 (proved): y_i = \\frac{e^{-m} e^{z_i}}{e^{-m} \\sum_j e^{z_j}}
  line 63 (proved): \\frac{e^{-m} e^{z_i}}{e^{-m} \\sum_j e^{z_j}} = \\frac{e^{-m} e^{z_i}}{\\sum_j e^{-m} e^{z_j}}
  line 64 (proved): \\frac{e^{-m} e^{z_i}}{\\sum_j e^{-m} e^{z_j}} = \\frac{e^{z_i - m}}{\\sum_j e^{z_j - m}}
  line 103 (proved): \\log y_i = z_i - z_r - \\log \\left( 1 + \\frac{\\sum_{j \\neq r} e^{z_j - m}}{e^{z_r - m}} \\right)
  line 140 (proved): \\frac{\\partial y_i}{\\partial z_k} = y_i (\\delta_{ik} - y_k)
  line 149 (definition): v_k = \\sum_i g_i \\frac{\\partial y_i}{\\partial z_k}
  line 153 (proved): v_k = \\sum_i g_i y_i (\\delta_{ik} - y_k)
  line 154 (proved): \\sum_i g_i y_i (\\delta_{ik} - y_k) = g_k y_k - y_k \\sum_i g_i y_i
  line 155 (proved): g_k y_k - y_k \\sum_i g_i y_i = y_k \\left( g_k - \\sum_i g_i y_i \\right)
  line 163 (definition): L = - \\sum_i t_i \\log y_i
  line 182 (proved): L = \\sum_i t_i \\left( z_r - z_i + \\log \\left( 1 + \\frac{\\sum_{j \\neq r} e^{z_j - m}}{e^{z_r - m}} \\right) \\right)
  line 183 (proved): \\sum_i t_i \\left( z_r - z_i + \\log \\left( 1 + \\frac{\\sum_{j \\neq r} e^{z_j - m}}{e^{z_r - m}} \\right) \\right) = \\sum_i t_i (z_r - z_i) + \\log \\left( 1 + \\frac{\\sum_{j \\neq r} e^{z_j - m}}{e^{z_r - m}} \\right)
  line 202 (proved): \\frac{\\partial L}{\\partial z_i} = y_i - t_i
  line 211 (proved): \\frac{\\partial L}{\\partial z_r} = \\frac{e^{z_r - m} (1 - t_r) - t_r \\sum_{j \\neq r} e^{z_j - m}} {e^{z_r - m} + \\sum_{j \\neq r} e^{z_j - m}}
  line 219 (proved): \\frac{\\partial L}{\\partial z_i} = \\frac{e^{z_i - m}}{e^{z_r - m} + \\sum_{j \\neq r} e^{z_j - m}} - t_i
  line 234 (definition): E = - \\log y_l
  line 240 (proved): E = z_r - z_l + \\log \\left( 1 + \\frac{\\sum_{j \\neq r} e^{z_j - m}}{e^{z_r - m}} \\right)
  line 252 (proved): \\frac{\\partial E}{\\partial z_l} = - (1 - y_l)
  line 253 (proved): - (1 - y_l) = - \\frac{\\sum_{j \\neq l} e^{z_j - m}}{\\sum_j e^{z_j - m}}
  line 261 (proved): \\frac{\\partial E}{\\partial z_i} = \\frac{e^{z_i - m}}{\\sum_j e^{z_j - m}}

Arrays may have any leading axes: every function runs over all of them at once.  Results are
float32 where all inputs are, and float64 otherwise.
"""

import numpy as np

__all__ = [
    "softmax",
    "log_softmax",
    "cross_entropy",
    "cross_entropy_labels",
    "softmax_jacobian",
    "softmax_vjp",
    "softmax_cross_entropy_loss_derivative",
]


def _real(*arrays):
    """The arrays as float32 if all of them are, else as float64; and that type."""
    arrays = [np.asarray(a) for a in arrays]
    single = bool(arrays) and all(a.dtype.newbyteorder("=") == np.float32 for a in arrays)
    dtype = np.dtype(np.float32 if single else np.float64)
    return [a.astype(dtype, copy=False) for a in arrays], dtype


def _labels(name, labels, size, lead, ignored):
    """Integer labels, checked; those to be ignored as 0, and where they are (None: nowhere)."""
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu":
        raise TypeError(f"{name} must be integers, not {labels.dtype}")
    if labels.shape != lead:
        raise ValueError(f"{name} has shape {labels.shape}, not {lead}")
    skipped = None
    if ignored is not None:
        skipped = labels == ignored
        labels = np.where(skipped, 0, labels)
    if labels.size and (labels.min() < 0 or labels.max() >= size):
        raise IndexError(f"{name} must be in 0, ..., {size - 1}")
    return labels.astype(np.intp, copy=False), skipped


def _shapes(arguments):
    """The leading shape and the sizes that all arguments agree on.

    ``arguments``: (name, array, names of its last axes, whether it has the leading axes).
    """
    lead, sizes = None, {}
    for name, array, axes, led in arguments:
        if array.ndim < len(axes):
            raise ValueError(f"{name} must have at least {len(axes)} axes")
        own = array.shape[: array.ndim - len(axes)]
        if not led:
            if own:
                raise ValueError(f"{name} must have {len(axes)} axes")
        elif lead is None:
            lead = own
        elif lead != own:
            raise ValueError(f"{name} has the leading shape {own}, not {lead}")
        for axis, size in zip(axes, array.shape[array.ndim - len(axes) :]):
            if sizes.setdefault(axis, size) != size:
                raise ValueError(f"{name}: {axis} is {size} and {sizes[axis]}")
    for axis, size in sizes.items():
        if size == 0:
            raise ValueError(f"{axis} is 0")
    return (() if lead is None else lead), sizes


def _output(name, out, shape, dtype):
    """``out``, checked, or a new array."""
    if out is None:
        return np.empty(shape, dtype)
    if not isinstance(out, np.ndarray) or out.shape != shape or out.dtype != dtype:
        raise ValueError(f"{name} must be an array of shape {shape} and type {dtype}")
    return out


def _apart(array, outputs):
    """The array, copied where an output shares its memory."""
    return array.copy() if any(np.may_share_memory(array, out) for out in outputs) else array


def _without(reduction, values, at, neutral):
    """A reduction along the last axis that leaves out one entry of each row."""
    left_out = np.take_along_axis(values, at, -1)
    np.put_along_axis(values, at, neutral, -1)
    result = reduction(values, axis=-1, keepdims=True)
    np.put_along_axis(values, at, left_out, -1)
    return result


def _wide(array, depth):
    """A number for each row, with the axes of the entries."""
    return array[(..., *([None] * depth))]


def _narrow(array, depth):
    """The inverse of _wide."""
    return array[(..., *([0] * depth))] if np.ndim(array) else array


def _placed(array, letters, depth):
    """The last axes moved to the places of their indices (-1: an axis of length 1, dropped)."""
    rank = len(letters)
    array = array[(..., *(0 if letter < 0 else slice(None) for letter in letters))]
    kept = [letter for letter in letters if letter >= 0]
    order = sorted(range(len(kept)), key=lambda n: kept[n])
    leading = array.ndim - len(kept)
    array = array.transpose(*range(leading), *(leading + n for n in order))
    return array[(..., *(slice(None) if axis in kept else None for axis in range(depth)))]


def _ranked(at, depth, rank):
    """Labels with ``rank`` axes of length 1 in place of ``depth``."""
    return at[(..., *([0] * depth))][(..., *([None] * rank))]


def _taken(array, order, depth):
    """Of the axes of the loops, those in ``order``, in that order."""
    if np.ndim(array) < depth:
        return array
    array = array[(..., *(slice(None) if axis in order else 0 for axis in range(depth)))]
    kept = sorted(order)
    leading = array.ndim - len(order)
    return array.transpose(*range(leading), *(leading + kept.index(axis) for axis in order))


def _sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, 1) / (1 + e)


def _softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def _relu(x):
    return np.maximum(x, 0)


def _step(x):
    return np.where(x > 0, 1.0, 0.0).astype(np.asarray(x).dtype, copy=False)


def _erf(x):
    from math import erf

    x = np.asarray(x)
    return np.vectorize(erf, otypes=[x.dtype])(x)


def softmax(logits, *, out=None):
    """probabilities from logits.

    ``logits``: shape (..., classes).
    Returns ``probabilities``: shape (..., classes).
    ``out``: an array to write to.  Other shapes raise ValueError.

    line 47 (definition): y_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}
    line 62 (proved): y_i = \\frac{e^{-m} e^{z_i}}{e^{-m} \\sum_j e^{z_j}}
    line 63 (proved): \\frac{e^{-m} e^{z_i}}{e^{-m} \\sum_j e^{z_j}} = \\frac{e^{-m} e^{z_i}}{\\sum_j e^{-m} e^{z_j}}
    line 64 (proved): \\frac{e^{-m} e^{z_i}}{\\sum_j e^{-m} e^{z_j}} = \\frac{e^{z_i - m}}{\\sum_j e^{z_j - m}}
    """
    (logits,), dtype = _real(logits)
    lead, sizes = _shapes((
        ("logits", logits, ['classes'], True),
    ))
    classes = sizes["classes"]
    outs = (out,)
    probabilities = _output("probabilities", outs[0], (*lead, classes), dtype)
    given = [o for o in outs if o is not None]
    if given:
        logits = _apart(logits, given)
    with np.errstate(all="ignore"):
        maximum1 = np.max(logits, axis=-1, keepdims=True)
        reference1 = maximum1
        np.subtract(logits, reference1, out=probabilities)
        np.exp(probabilities, out=probabilities)
        sum1 = np.sum(probabilities, axis=-1, keepdims=True)
        c1 = 1 / sum1
        np.multiply(probabilities, c1, out=probabilities)
    return probabilities

def log_softmax(logits, *, out=None):
    """log_probabilities from logits.

    ``logits``: shape (..., classes).
    Returns ``log_probabilities``: shape (..., classes).
    ``out``: an array to write to.  Other shapes raise ValueError.

    line 47 (definition): y_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}
    line 103 (proved): \\log y_i = z_i - z_r - \\log \\left( 1 + \\frac{\\sum_{j \\neq r} e^{z_j - m}}{e^{z_r - m}} \\right)
    with largest: the position of maxⱼ logitsⱼ
    """
    (logits,), dtype = _real(logits)
    lead, sizes = _shapes((
        ("logits", logits, ['classes'], True),
    ))
    classes = sizes["classes"]
    outs = (out,)
    log_probabilities = _output("log_probabilities", outs[0], (*lead, classes), dtype)
    given = [o for o in outs if o is not None]
    if given:
        logits = _apart(logits, given)
    with np.errstate(all="ignore"):
        largest = np.argmax(logits, axis=-1, keepdims=True)
        reference1 = np.take_along_axis(logits, largest, -1)
        np.subtract(logits, reference1, out=log_probabilities)
        temporary1 = np.exp(log_probabilities)
        sum1 = _without(np.sum, temporary1, largest, 0)
        c1 = np.log1p(sum1 / np.exp(np.take_along_axis(logits, largest, -1) - reference1))
        np.subtract(log_probabilities, c1, out=log_probabilities)
    return log_probabilities

def cross_entropy(logits, targets, *, with_gradient=True, out=None):
    """loss, gradient from logits, targets.

    ``logits``: shape (..., classes).
    ``targets``: shape (..., classes).
    Returns ``loss``: shape (...).
    Returns ``gradient``: shape (..., classes), unless with_gradient is false.
    ``out``: arrays to write to, in a tuple.  Other shapes raise ValueError.

    line 47 (definition): y_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}
    line 163 (definition): L = - \\sum_i t_i \\log y_i
    line 182 (proved): L = \\sum_i t_i \\left( z_r - z_i + \\log \\left( 1 + \\frac{\\sum_{j \\neq r} e^{z_j - m}}{e^{z_r - m}} \\right) \\right)
    line 183 (proved): \\sum_i t_i \\left( z_r - z_i + \\log \\left( 1 + \\frac{\\sum_{j \\neq r} e^{z_j - m}}{e^{z_r - m}} \\right) \\right) = \\sum_i t_i (z_r - z_i) + \\log \\left( 1 + \\frac{\\sum_{j \\neq r} e^{z_j - m}}{e^{z_r - m}} \\right)
    line 211 (proved): \\frac{\\partial L}{\\partial z_r} = \\frac{e^{z_r - m} (1 - t_r) - t_r \\sum_{j \\neq r} e^{z_j - m}} {e^{z_r - m} + \\sum_{j \\neq r} e^{z_j - m}}
    line 219 (proved): \\frac{\\partial L}{\\partial z_i} = \\frac{e^{z_i - m}}{e^{z_r - m} + \\sum_{j \\neq r} e^{z_j - m}} - t_i
    assuming \\sum_i t_i = 1
    with largest: the position of maxⱼ logitsⱼ
    """
    (logits, targets,), dtype = _real(logits, targets)
    lead, sizes = _shapes((
        ("logits", logits, ['classes'], True),
        ("targets", targets, ['classes'], True),
    ))
    classes = sizes["classes"]
    outs = (None,) * 2 if out is None else tuple(out)
    loss = _output("loss", outs[0], lead, dtype)
    gradient = _output("gradient", outs[1] if len(outs) > 1 else None, (*lead, classes), dtype) if with_gradient else None
    given = [o for o in outs if o is not None]
    if given:
        logits = _apart(logits, given)
        targets = _apart(targets, given)
    with np.errstate(all="ignore"):
        if with_gradient:
            largest = np.argmax(logits, axis=-1, keepdims=True)
            reference1 = np.take_along_axis(logits, largest, -1)
            np.subtract(logits, reference1, out=gradient)
            np.exp(gradient, out=gradient)
            temporary1 = np.subtract(np.take_along_axis(logits, largest, -1), logits)
            np.multiply(targets, temporary1, out=temporary1)
            sum1 = np.sum(temporary1, axis=-1, keepdims=True)
            sum2 = _without(np.sum, gradient, largest, 0)
            c1 = (np.take_along_axis(gradient, largest, -1) * (1 - np.take_along_axis(targets, largest, -1)) - np.take_along_axis(targets, largest, -1) * sum2) / (np.take_along_axis(gradient, largest, -1) + sum2)
            loss[...] = _narrow(sum1 + np.log1p(sum2 / np.take_along_axis(gradient, largest, -1)), 1)
            c2 = 1 / (np.take_along_axis(gradient, largest, -1) + sum2)
            np.multiply(gradient, c2, out=gradient)
            np.subtract(gradient, targets, out=gradient)
            np.put_along_axis(gradient, largest, c1, -1)
        else:
            largest = np.argmax(logits, axis=-1, keepdims=True)
            reference1 = np.take_along_axis(logits, largest, -1)
            temporary1 = np.subtract(np.take_along_axis(logits, largest, -1), logits)
            np.multiply(targets, temporary1, out=temporary1)
            sum1 = np.sum(temporary1, axis=-1, keepdims=True)
            temporary2 = np.subtract(logits, reference1)
            np.exp(temporary2, out=temporary2)
            sum2 = _without(np.sum, temporary2, largest, 0)
            loss[...] = _narrow(sum1 + np.log1p(sum2 / np.exp(np.take_along_axis(logits, largest, -1) - reference1)), 1)
    if not with_gradient:
        return loss
    return loss, gradient

def cross_entropy_labels(logits, labels, *, with_gradient=True, ignored=None, out=None):
    """loss, gradient from logits, labels.

    ``logits``: shape (..., classes).
    ``labels``: shape (...), integers from 0.
    Returns ``loss``: shape (...).
    Returns ``gradient``: shape (..., classes), unless with_gradient is false.
    Rows whose label is ``ignored`` get zeros; other labels out of range raise IndexError.
    ``out``: arrays to write to, in a tuple.  Other shapes raise ValueError.

    line 47 (definition): y_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}
    line 234 (definition): E = - \\log y_l
    line 240 (proved): E = z_r - z_l + \\log \\left( 1 + \\frac{\\sum_{j \\neq r} e^{z_j - m}}{e^{z_r - m}} \\right)
    line 252 (proved): \\frac{\\partial E}{\\partial z_l} = - (1 - y_l)
    line 253 (proved): - (1 - y_l) = - \\frac{\\sum_{j \\neq l} e^{z_j - m}}{\\sum_j e^{z_j - m}}
    line 261 (proved): \\frac{\\partial E}{\\partial z_i} = \\frac{e^{z_i - m}}{\\sum_j e^{z_j - m}}
    with largest: the position of maxⱼ logitsⱼ
    """
    (logits,), dtype = _real(logits)
    lead, sizes = _shapes((
        ("logits", logits, ['classes'], True),
    ))
    classes = sizes["classes"]
    labels, skipped = _labels("labels", labels, classes, lead, ignored)
    labels = _wide(labels, 1)
    outs = (None,) * 2 if out is None else tuple(out)
    loss = _output("loss", outs[0], lead, dtype)
    gradient = _output("gradient", outs[1] if len(outs) > 1 else None, (*lead, classes), dtype) if with_gradient else None
    given = [o for o in outs if o is not None]
    if given:
        logits = _apart(logits, given)
    with np.errstate(all="ignore"):
        if with_gradient:
            largest = np.argmax(logits, axis=-1, keepdims=True)
            reference1 = np.take_along_axis(logits, largest, -1)
            np.subtract(logits, reference1, out=gradient)
            np.exp(gradient, out=gradient)
            sum1 = _without(np.sum, gradient, largest, 0)
            sum2 = np.sum(gradient, axis=-1, keepdims=True)
            sum3 = _without(np.sum, gradient, labels, 0)
            c1 = -(sum3 / sum2)
            loss[...] = _narrow(np.take_along_axis(logits, largest, -1) - np.take_along_axis(logits, labels, -1) + np.log1p(sum1 / np.take_along_axis(gradient, largest, -1)), 1)
            c2 = 1 / sum2
            np.multiply(gradient, c2, out=gradient)
            np.put_along_axis(gradient, labels, c1, -1)
        else:
            largest = np.argmax(logits, axis=-1, keepdims=True)
            reference1 = np.take_along_axis(logits, largest, -1)
            temporary1 = np.subtract(logits, reference1)
            np.exp(temporary1, out=temporary1)
            sum1 = _without(np.sum, temporary1, largest, 0)
            loss[...] = _narrow(np.take_along_axis(logits, largest, -1) - np.take_along_axis(logits, labels, -1) + np.log1p(sum1 / np.exp(np.take_along_axis(logits, largest, -1) - reference1)), 1)
    if skipped is not None:
        loss[skipped] = 0
        if gradient is not None:
            gradient[skipped] = 0
    if not with_gradient:
        return loss
    return loss, gradient

def softmax_jacobian(probabilities, *, out=None):
    """jacobian from probabilities.

    ``probabilities``: shape (..., classes).
    Returns ``jacobian``: shape (..., classes, classes).
    ``out``: an array to write to.  Other shapes raise ValueError.

    line 47 (definition): y_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}
    line 140 (proved): \\frac{\\partial y_i}{\\partial z_k} = y_i (\\delta_{ik} - y_k)
    """
    (probabilities,), dtype = _real(probabilities)
    lead, sizes = _shapes((
        ("probabilities", probabilities, ['classes'], True),
    ))
    classes = sizes["classes"]
    outs = (out,)
    jacobian = _output("jacobian", outs[0], (*lead, classes, classes), dtype)
    given = [o for o in outs if o is not None]
    if given:
        probabilities = _apart(probabilities, given)
    with np.errstate(all="ignore"):
        jacobian[...] = _placed(probabilities, [0], 2) * ((np.arange(classes).reshape(-1, 1) == np.arange(classes).reshape(1, -1)) - _placed(probabilities, [1], 2))
    return jacobian

def softmax_vjp(probabilities, upstream, *, out=None):
    """gradient from probabilities, upstream.

    ``probabilities``: shape (..., classes).
    ``upstream``: shape (..., classes).
    Returns ``gradient``: shape (..., classes).
    ``out``: an array to write to.  Other shapes raise ValueError.

    line 47 (definition): y_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}
    line 149 (definition): v_k = \\sum_i g_i \\frac{\\partial y_i}{\\partial z_k}
    line 153 (proved): v_k = \\sum_i g_i y_i (\\delta_{ik} - y_k)
    line 154 (proved): \\sum_i g_i y_i (\\delta_{ik} - y_k) = g_k y_k - y_k \\sum_i g_i y_i
    line 155 (proved): g_k y_k - y_k \\sum_i g_i y_i = y_k \\left( g_k - \\sum_i g_i y_i \\right)
    """
    (probabilities, upstream,), dtype = _real(probabilities, upstream)
    lead, sizes = _shapes((
        ("probabilities", probabilities, ['classes'], True),
        ("upstream", upstream, ['classes'], True),
    ))
    classes = sizes["classes"]
    outs = (out,)
    gradient = _output("gradient", outs[0], (*lead, classes), dtype)
    given = [o for o in outs if o is not None]
    if given:
        probabilities = _apart(probabilities, given)
        upstream = _apart(upstream, given)
    with np.errstate(all="ignore"):
        temporary1 = np.multiply(upstream, probabilities)
        sum1 = np.sum(temporary1, axis=-1, keepdims=True)
        np.subtract(upstream, sum1, out=gradient)
        np.multiply(probabilities, gradient, out=gradient)
    return gradient

def softmax_cross_entropy_loss_derivative(softmax_output, target, *, out=None):
    """derivative from softmax_output, target.

    ``softmax_output``: shape (..., length).
    ``target``: shape (..., length).
    Returns ``derivative``: shape (..., length).
    ``out``: an array to write to.  Other shapes raise ValueError.

    line 47 (definition): y_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}
    line 163 (definition): L = - \\sum_i t_i \\log y_i
    line 202 (proved): \\frac{\\partial L}{\\partial z_i} = y_i - t_i
    assuming \\sum_i t_i = 1
    """
    (softmax_output, target,), dtype = _real(softmax_output, target)
    lead, sizes = _shapes((
        ("softmax_output", softmax_output, ['length'], True),
        ("target", target, ['length'], True),
    ))
    length = sizes["length"]
    outs = (out,)
    derivative = _output("derivative", outs[0], (*lead, length), dtype)
    given = [o for o in outs if o is not None]
    if given:
        softmax_output = _apart(softmax_output, given)
        target = _apart(target, given)
    with np.errstate(all="ignore"):
        np.subtract(softmax_output, target, out=derivative)
    return derivative
