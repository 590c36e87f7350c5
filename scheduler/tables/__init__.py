"""Reading: a workbook or a folder of CSV files → a round, or every problem with its cell."""

from scheduler.tables.message import Message, Place, Severity
from scheduler.tables.reader import ReadResult, read_round
from scheduler.tables.workbook import UnreadableError

__all__ = ["Message", "Place", "ReadResult", "Severity", "UnreadableError", "read_round"]
