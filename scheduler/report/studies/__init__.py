"""A study as sheets, as a page with pictures, and as a table for pandas."""
