"""A delivered plan read back and checked: files, cells, what is seen, rules and numbers."""
