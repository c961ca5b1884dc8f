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

import math
import operator

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
    for array in arrays:
        if array.dtype.kind not in "fiub":
            raise TypeError(f"numbers are needed, not {array.dtype}")
    single = all(a.dtype.char == "f" for a in arrays)
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
        skipped = labels == operator.index(ignored)
        labels = np.where(skipped, 0, labels)
    labels = labels.astype(np.intp, copy=False)
    if (labels.view(np.uintp) >= size).any():  # a negative one is huge without its sign
        raise IndexError(f"{name} must be in 0, ..., {size - 1}")
    return labels, skipped


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


def _outs(out, names):
    """The arrays to write to, for each output one or None."""
    if len(names) == 1:
        return (out,)
    if out is None:
        return (None,) * len(names)
    if not isinstance(out, tuple | list) or len(out) != len(names):
        raise ValueError(f"out must be a tuple of arrays or None for {', '.join(names)}")
    given = [array for array in out if array is not None]
    for number, array in enumerate(given):
        if any(np.shares_memory(array, other) for other in given[:number]):
            raise ValueError("the arrays in out share memory")
    return tuple(out)


def _output(name, out, shape, dtype):
    """``out``, checked, or a new array."""
    if out is None:
        return np.empty(shape, dtype)
    if not isinstance(out, np.ndarray) or out.shape != shape or out.dtype != dtype:
        raise ValueError(f"{name} must be an array of shape {shape} and type {dtype}")
    if not out.flags.writeable:
        raise ValueError(f"{name} is read-only")
    return out


def _apart(array, outputs):
    """The array, copied where an output shares its memory."""
    return array.copy() if any(np.may_share_memory(array, out) for out in outputs) else array


# Rows are worked on in blocks of so many bytes, which stay in the caches with all that is made of
# them.  Many short rows are kept by columns meanwhile, so that vectors run across the rows.
BLOCK, SHORT, MANY, BLOCKS_OF_SHORT = 1 << 22, 32, 256, 3 << 18
LINE = 64  # bytes of a cache
PART = 512  # so many entries are added by one product of vectors


def _blocks(lead, size, depth, dtype, inputs, outputs, reduces, scratch=()):
    """Blocks of rows: their numbers, each array with the leading axes as one, and room for more.

    A number for each row gets ``depth`` axes.  ``size``: how many entries a row has.  None stays
    None.  ``reduces``: whether columns pay for short rows.  ``scratch``: how long the rows of the
    arrays are that intermediate results need; None is not needed this time.  All arrays of a block
    have their entries side by side, in the same order.
    """
    rows = math.prod(lead)
    flat, copies = [], []
    for array in (*inputs, *outputs):
        if array is not None:
            whole = array
            array = array.reshape(rows, *(array.shape[len(lead) :] or (1,) * depth))
            if len(flat) >= len(inputs) and not np.may_share_memory(array, whole):
                copies.append((whole, array))
        flat.append(array)
    by_columns = reduces and 1 < size <= SHORT and rows >= MANY
    moved = [a is not None and (a.size > rows if by_columns else not a.flags.c_contiguous) for a in flat]
    together = sum(moved) + sum(n is not None for n in scratch) + 1
    step = _step_of_blocks(rows, size, dtype.itemsize, together if by_columns else 0)
    number = np.arange(step)[:, None]
    if step == rows and not any(moved):
        yield number, *flat, *(None if n is None else np.empty((rows, n), dtype) for n in scratch)
        rows = step = 0
    room = [None if n is None else np.empty(step * n, dtype) for n in scratch]
    own = [np.empty(step * math.prod(a.shape[1:]), a.dtype) if m else None for a, m in zip(flat, moved)]
    for start in range(0, rows, max(1, step)):
        count = min(step, rows - start)
        block = [None if array is None else array[start : start + count] for array in flat]
        used = [_shaped(o, b.shape, by_columns) if m else b for b, o, m in zip(block, own, moved)]
        for array, copy, is_copy in zip(block[: len(inputs)], used, moved):
            if is_copy:
                np.copyto(copy, array)
        yield number[:count], *used, *(_shaped(a, (count, n), by_columns) for a, n in zip(room, scratch))
        for array, copy, is_copy in zip(block[len(inputs) :], used[len(inputs) :], moved[len(inputs) :]):
            if is_copy:
                np.copyto(array, copy)
    for array, copy in copies:
        array[...] = copy.reshape(array.shape)


def _step_of_blocks(rows, size, itemsize, columns):
    """How many rows a block has; ``columns``: how many arrays are kept by columns."""
    row = max(1, size) * itemsize
    if not columns:
        return max(1, min(rows, BLOCK // row))
    step = -(-rows // -(-rows * row * columns // BLOCKS_OF_SHORT))  # of nearly equal blocks
    lines = -(-step * itemsize // LINE) | 1  # odd: columns then fall on all sets of a cache
    return min(rows, lines * LINE // itemsize)


def _shaped(memory, shape, by_columns):
    """An array at the start of the memory."""
    if memory is None:
        return None
    memory = memory[: math.prod(shape)]
    return memory.reshape(shape[::-1]).transpose() if by_columns else memory.reshape(shape)


def _flat(values):
    """The entries of a block as they lie in memory."""
    return (values if values.flags.c_contiguous else values.transpose()).reshape(-1)


def _places(at, each, values):
    """Where the entries at a position in each row lie in memory."""
    rows, size = values.shape
    return each * size + at if values.flags.c_contiguous else at * rows + each


def _positions(places, values):
    """The positions of entries in their rows."""
    return places % values.shape[1] if values.flags.c_contiguous else places // values.shape[0]


def _largest(values, each, places):
    """The largest entry of each row, and where the first of several lies, which by columns is only
    found if ``places`` says so."""
    if values.flags.c_contiguous:
        at = _places(np.argmax(values, axis=-1)[:, None], each, values)
        return _flat(values)[at], at
    largest = np.maximum.reduce(values, axis=-1, keepdims=True)
    if not places:
        return largest, None
    size = values.shape[-1]
    ranks = np.arange(size, 0, -1, dtype=np.int8)  # the first has the highest; NaN has the last
    found = np.equal(values, largest).view(np.int8)
    np.multiply(found, ranks, out=found)
    at = size - np.maximum.reduce(found, axis=-1, keepdims=True, initial=1).astype(np.intp)
    return largest, _places(at, each, values)


def _reference(largest, count, room):
    """A constant near the largest exponent, from which the others are taken exactly; None is 0.

    Taking the largest itself would round: x - m has fewer places behind the point than x.  A whole
    number between x and 0 takes no place from x, and where all that is not negligible lies within
    a factor of 2 of the largest, differences are exact.  So the whole part of the largest is taken
    if it is negative, and as little as will do if it is positive: ``count`` exponentials, times
    e^room, must not overflow.
    """
    limit = 88.7 if largest.dtype.char == "f" else 709.7
    most = limit - 2 - math.log(count) - room
    if most <= 0:
        return largest
    lowest, highest = np.minimum.reduce(largest, axis=None), np.maximum.reduce(largest, axis=None)
    if largest.ndim == 2 and -1 < lowest <= highest <= most:  # whose whole part is 0 if negative
        return None
    spared = np.minimum(np.maximum(largest, 0), most)
    return np.trunc(largest - spared * (largest < 1e6))


def _exp_from(x, reference, out=None):
    """exp(x - reference)."""
    if reference is not None:
        x = out = np.subtract(x, reference, out=out)
    return np.exp(x, out=out)


def _log1p(x, out=None):
    """log(1 + x).  For float32 the logarithm itself is the faster one; what 1 + x rounds away comes back
    as its own term, which is nothing where there is no number for it."""
    if out is not None or getattr(x, "dtype", None) != np.float32:
        return np.log1p(x, out=out)
    u = 1 + x
    lost = u - 1
    np.subtract(x, lost, out=lost)
    lost /= u
    np.fmax(lost, -1, out=lost)
    np.log(u, out=u)
    return np.add(u, lost, out=u)


def _sum(values):
    """The sum of each row."""
    size = values.shape[-1]
    if size < 256 or values.dtype.char != "f" or not values.flags.c_contiguous:
        return np.add.reduce(values, axis=-1, keepdims=True)
    count = -(-size // PART)
    whole = size - size % count  # in equal parts, each of them as a product with ones
    parts = values[:, :whole].reshape(len(values), count, whole // count)
    total = np.add.reduce(_products(parts, np.ones(whole // count, values.dtype)), axis=-1, keepdims=True)
    return total + np.add.reduce(values[:, whole:], axis=-1, keepdims=True) if whole < size else total


def _sum_without(values, places, entries):
    """The sum of each row without the entries at some places, which are given and stay."""
    flat = _flat(values)
    for at in places:
        flat[at] = 0
    result = _sum(values)
    for at, entry in zip(places, entries):
        flat[at] = entry
    return result


def _rest(values, places):
    """The sum of each row without its largest entry, and that entry.  The values are not negative.

    ``places``: where it lies in memory, which is not needed by columns: there the smaller one of
    each entry and the largest before it is added.
    """
    if values.flags.c_contiguous:
        largest = _flat(values)[places]
        return _sum_without(values, (places,), (largest,)), largest
    columns = values.transpose()
    before = np.empty((len(columns) - 1, len(values)), values.dtype)
    before[0] = columns[0]
    for known, column, more in zip(before, columns[1:], before[1:]):
        np.maximum(known, column, out=more)
    largest = np.maximum(before[-1], columns[-1])
    np.minimum(before, columns[1:], out=before)
    return np.add.reduce(before, axis=0)[:, None], largest[:, None]


def _except(whole, entry, rest):
    """A sum without an entry of it; ``rest``: without the largest.  Taking off loses no digits while the
    entry is at most half of the sum, and one that is more is the largest."""
    result = whole - entry
    return np.where(entry > result, rest, result)


def _dot(x, y):
    """The sum of x y along the last axis, in equal parts that are added in pairs."""
    size = x.shape[-1]
    if x.shape == y.shape and size < PART:
        return np.einsum("ri,ri->r", x, y)[:, None]
    if x.shape != y.shape or not x.strides[-1] == y.strides[-1] == x.itemsize:
        return np.add.reduce(x * y, axis=-1, keepdims=True)
    count = -(-size // PART)
    whole = size - size % count
    parts = [a[:, :whole].reshape(len(a), count, whole // count) for a in (x, y)]
    total = np.add.reduce(_products(*parts), axis=-1, keepdims=True)
    return total + _products(x[:, whole:], y[:, whole:])[:, None] if whole < size else total


def _products(x, y):
    return np.vecdot(x, y) if hasattr(np, "vecdot") else np.einsum("...i,...i->...", x, y)


def _placed(array, letters, depth):
    """The last axes moved to the places of their indices (-1: an axis of length 1, dropped)."""
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
    outs = _outs(out, ['probabilities'])
    results = (
        _output("probabilities", outs[0], (*lead, classes), dtype),
    )
    given = [o for o in outs if o is not None]
    if given:
        logits = _apart(logits, given)
    blocks = _blocks(lead, classes, 1, dtype, (logits,), results, True)
    with np.errstate(all="ignore"):
        for each, logits, probabilities in blocks:
            maximum1 = np.maximum.reduce(logits, axis=-1, keepdims=True)
            reference1 = _reference(maximum1, classes, 2)
            _exp_from(logits, reference1, out=probabilities)
            sum1 = _sum(probabilities)
            c1 = 1 / sum1
            np.multiply(probabilities, c1, out=probabilities)
    return results[0]

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
    outs = _outs(out, ['log_probabilities'])
    results = (
        _output("log_probabilities", outs[0], (*lead, classes), dtype),
    )
    given = [o for o in outs if o is not None]
    if given:
        logits = _apart(logits, given)
    blocks = _blocks(lead, classes, 1, dtype, (logits,), results, True, (classes,))
    with np.errstate(all="ignore"):
        for each, logits, log_probabilities, scratch1 in blocks:
            largest_value, at_largest = _largest(logits, each, False)
            reference1 = _reference(largest_value, classes, 2)
            _exp_from(logits, reference1, out=scratch1)
            sum1, sum1_largest = _rest(scratch1, at_largest)
            c1 = _log1p(sum1 / sum1_largest)
            np.subtract(logits, largest_value, out=log_probabilities)
            np.subtract(log_probabilities, c1, out=log_probabilities)
    return results[0]

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
    outs = _outs(out, ['loss', 'gradient'])
    results = (
        _output("loss", outs[0], lead, dtype),
        _output("gradient", outs[1], (*lead, classes), dtype) if with_gradient else None,
    )
    given = [o for o in outs if o is not None]
    if given:
        logits = _apart(logits, given)
        targets = _apart(targets, given)
    blocks = _blocks(lead, classes, 1, dtype, (logits, targets), results, True, (None if with_gradient else classes,))
    with np.errstate(all="ignore"):
        for each, logits, targets, loss, gradient, scratch1 in blocks:
            if with_gradient:
                largest_value, at_largest = _largest(logits, each, True)
                reference1 = _reference(largest_value, classes, 12)
                np.subtract(largest_value, logits, out=gradient)
                sum1 = _dot(targets, gradient)
                _exp_from(logits, reference1, out=gradient)
                sum2, sum2_largest = _rest(gradient, at_largest)
                targets_at_largest = _flat(targets)[at_largest]
                c1 = (sum2_largest * (1 - targets_at_largest) - targets_at_largest * sum2) / (sum2_largest + sum2)
                loss[...] = sum1 + _log1p(sum2 / sum2_largest)
                c2 = 1 / (sum2_largest + sum2)
                np.multiply(gradient, c2, out=gradient)
                np.subtract(gradient, targets, out=gradient)
                _flat(gradient)[at_largest] = c1
            else:
                largest_value, at_largest = _largest(logits, each, False)
                reference1 = _reference(largest_value, classes, 2)
                np.subtract(largest_value, logits, out=scratch1)
                sum1 = _dot(targets, scratch1)
                _exp_from(logits, reference1, out=scratch1)
                sum2, sum2_largest = _rest(scratch1, at_largest)
                loss[...] = sum1 + _log1p(sum2 / sum2_largest)
    return results if with_gradient else results[0]

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
    outs = _outs(out, ['loss', 'gradient'])
    results = (
        _output("loss", outs[0], lead, dtype),
        _output("gradient", outs[1], (*lead, classes), dtype) if with_gradient else None,
    )
    given = [o for o in outs if o is not None]
    if given:
        logits = _apart(logits, given)
        labels = _apart(labels, given)
    blocks = _blocks(lead, classes, 1, dtype, (logits, labels), results, True, (None if with_gradient else classes,))
    with np.errstate(all="ignore"):
        for each, logits, labels, loss, gradient, scratch1 in blocks:
            if with_gradient:
                largest_value, at_largest = _largest(logits, each, False)
                reference1 = _reference(largest_value, classes, 2)
                _exp_from(logits, reference1, out=gradient)
                sum1, sum1_largest = _rest(gradient, at_largest)
                sum2 = sum1 + sum1_largest
                at_labels = _places(labels, each, gradient)
                gradient_at_labels = _flat(gradient)[at_labels]
                sum3 = _except(sum2, gradient_at_labels, sum1)
                c1 = -(sum3 / sum2)
                logits_at_labels = _flat(logits)[at_labels]
                loss[...] = largest_value - logits_at_labels + _log1p(sum1 / sum1_largest)
                c2 = 1 / sum2
                np.multiply(gradient, c2, out=gradient)
                _flat(gradient)[at_labels] = c1
            else:
                largest_value, at_largest = _largest(logits, each, False)
                reference1 = _reference(largest_value, classes, 2)
                _exp_from(logits, reference1, out=scratch1)
                sum1, sum1_largest = _rest(scratch1, at_largest)
                at_labels = _places(labels, each, logits)
                logits_at_labels = _flat(logits)[at_labels]
                loss[...] = largest_value - logits_at_labels + _log1p(sum1 / sum1_largest)
    if skipped is not None:
        for result in results:
            if result is not None:
                result[skipped] = 0
    return results if with_gradient else results[0]

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
    outs = _outs(out, ['jacobian'])
    results = (
        _output("jacobian", outs[0], (*lead, classes, classes), dtype),
    )
    given = [o for o in outs if o is not None]
    if given:
        probabilities = _apart(probabilities, given)
    blocks = _blocks(lead, classes * classes, 2, dtype, (probabilities,), results, False)
    with np.errstate(all="ignore"):
        for each, probabilities, jacobian in blocks:
            np.subtract(np.equal(np.arange(classes).reshape(-1, 1), np.arange(classes).reshape(1, -1)).astype(dtype), _placed(probabilities, [1], 2), out=jacobian)
            np.multiply(_placed(probabilities, [0], 2), jacobian, out=jacobian)
    return results[0]

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
    outs = _outs(out, ['gradient'])
    results = (
        _output("gradient", outs[0], (*lead, classes), dtype),
    )
    given = [o for o in outs if o is not None]
    if given:
        probabilities = _apart(probabilities, given)
        upstream = _apart(upstream, given)
    blocks = _blocks(lead, classes, 1, dtype, (probabilities, upstream), results, False)
    with np.errstate(all="ignore"):
        for each, probabilities, upstream, gradient in blocks:
            sum1 = _dot(upstream, probabilities)
            np.subtract(upstream, sum1, out=gradient)
            np.multiply(probabilities, gradient, out=gradient)
    return results[0]

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
    outs = _outs(out, ['derivative'])
    results = (
        _output("derivative", outs[0], (*lead, length), dtype),
    )
    given = [o for o in outs if o is not None]
    if given:
        softmax_output = _apart(softmax_output, given)
        target = _apart(target, given)
    blocks = _blocks(lead, length, 1, dtype, (softmax_output, target), results, False)
    with np.errstate(all="ignore"):
        for each, softmax_output, target, derivative in blocks:
            np.subtract(softmax_output, target, out=derivative)
    return results[0]
