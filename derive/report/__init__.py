"""A report as text or as data: one file per format."""
