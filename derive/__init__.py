"""derive: proves published derivations step by step and turns them into kernels."""
