"""From the LaTeX of a formula to its syntax: tokens, then the grammar in layers."""
