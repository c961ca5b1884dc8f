"""The untrusted search for proofs and for missing hypotheses, and the verdicts."""
