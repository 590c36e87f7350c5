"""Reading: a workbook or a folder of CSV files → a round, or every problem with its cell."""

from scheduler.input.message import Message, Place, Severity
from scheduler.input.reader import ReadResult, read_round
from scheduler.support.errors import UnreadableError

__all__ = ["Message", "Place", "ReadResult", "Severity", "UnreadableError", "read_round"]
