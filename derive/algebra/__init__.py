"""Exact arithmetic of terms: numbers, sums, products, powers, exponentials.

Trusted as the logic is, and small enough to be read with it; a computer algebra system's
arithmetic would not be.  What it must take for granted, such as signs, it asks of its caller.
"""
