"""The commands of `alis`, one file each, and what they share."""
