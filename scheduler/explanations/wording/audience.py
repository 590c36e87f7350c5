"""Who an explanation is for."""

from enum import StrEnum


class Audience(StrEnum):
    """The coordinator reads everything, a municipality what names its own only, a candidate a
    letter.
    """

    COORDINATOR = "coordinator"
    MUNICIPALITY = "municipality"
    CANDIDATE = "candidate"
