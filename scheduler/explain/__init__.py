"""Why: what the rules say about each candidate, wish and vacancy."""
