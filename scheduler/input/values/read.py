"""What reading a cell gives besides a plain value or a Finding that refuses it."""

from dataclasses import dataclass
from typing import Any

from models.finding import Finding


@dataclass(frozen=True, slots=True)
class Noted:
    """A value that could be read, and what the user is told about how it was."""

    value: Any
    notice: Finding
