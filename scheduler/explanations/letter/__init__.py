"""What a candidate is told, in the letter and by `alis explain --for candidate`: the same words."""
