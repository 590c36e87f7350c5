"""The facts of a round and of a plan: frozen, validated, without solver or file format."""
