"""From the text of a file to its headings, prose and formulas: one module a format."""
