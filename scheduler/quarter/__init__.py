"""The quarter after a plan: answers, the next round, and what has changed."""
