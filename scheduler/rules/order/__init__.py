"""What the rule municipal-order writes: rows against orders that columns break."""
