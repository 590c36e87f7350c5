"""What is asked of the workers of a cluster."""
