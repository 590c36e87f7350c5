"""Pages that open without a network: one frame for all, and the page for the allocation meeting."""
