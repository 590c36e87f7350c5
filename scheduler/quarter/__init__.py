"""After a plan: answers, the next round, plans compared, and questions about changes."""
