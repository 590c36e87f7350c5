"""The quarter: plans compared, questions about a changed round, and many rounds together."""
