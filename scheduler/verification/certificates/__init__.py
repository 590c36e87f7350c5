"""Checking certificates: that no plan is better, and what they prove of wishes."""
