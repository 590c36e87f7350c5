"""Certificates that no plan is better, and checking them in exact arithmetic without a solver."""
