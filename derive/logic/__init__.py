"""The trusted part: terms, rules, and the checker that makes a theorem."""
