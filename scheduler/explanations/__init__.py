"""Why: what the rules say about each candidate, wish and vacancy, and what would help.

Told from the plan and the round by plain counting; only `asking` and `replay` ask a solver.
"""
