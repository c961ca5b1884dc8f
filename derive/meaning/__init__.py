"""From syntax to statements: names, indices, definitions, hypotheses and claims."""
