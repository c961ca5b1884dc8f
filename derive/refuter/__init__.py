"""Counterexamples by interval arithmetic; shares no calculus with the prover."""
