"""From a file to formulas with places, and from formulas to syntax."""
