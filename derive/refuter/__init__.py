"""Counterexamples by interval arithmetic; shares no calculus with the prover.

From the bottom up: ``values`` (rationals, balls, dual numbers), ``elementary`` (functions),
``point`` (where a term is evaluated), ``occurrences`` and ``world`` (what depends on what),
``closures`` and ``evaluation`` (terms at a point), ``evaluate`` (the public oracle);
``polynomial``, ``sampling``, ``positions``, ``hypotheses`` and ``space`` (points that satisfy the
hypotheses); ``decimals`` and ``describe`` (what is told), ``refute`` (the search).

Where the meaning of a term could be argued about:

- 0^0 is 1 where the exponent is written as 0, and has no value where it only comes to 0.
- A power with an exponent that is not an integer has no value for a negative base, odd roots
  included.
- A derivative has a value only where every part that depends on the variable is differentiable:
  the root of x^2 has none at 0, nor has a maximum that is attained twice.
- A derivative by a defined name holds that name as independent; see ``world``.
- A position beside its range is data: x_0, and the h_0 that a recurrence begins with.  Of other
  defined names there is no value there.
"""
