"""Reading: a workbook or a folder of CSV files → a round, or every problem with its cell."""

from scheduler.input.files.workbook import UnreadableError
from scheduler.input.message import Message, Place, Severity
from scheduler.input.reader import ReadResult, read_round

__all__ = ["Message", "Place", "ReadResult", "Severity", "UnreadableError", "read_round"]
