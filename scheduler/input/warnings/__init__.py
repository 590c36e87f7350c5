"""What looks odd in the tables but does not stop."""

from collections.abc import Iterator

from scheduler.input.message import Message
from scheduler.input.warnings.base import Given
from scheduler.input.warnings.columns import about_columns
from scheduler.input.warnings.days import about_days
from scheduler.input.warnings.people import about_people
from scheduler.input.warnings.places import about_places


def warnings(given: Given) -> Iterator[Message]:
    """Every warning that the tables themselves give rise to."""
    for about in (about_columns, about_people, about_days, about_places):
        yield from about(given)


__all__ = ["Given", "warnings"]
