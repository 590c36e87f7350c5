"""The lot: numbers that nobody chose (SPEC section 5)."""

import hashlib

from models.placement import Segment
from models.round import Round


def lot(text: str) -> int:
    """A number from 0 to 65535 that nobody chose: two bytes of SHA-256, big-endian."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:2], "big")


def segment_lot(round: Round, candidate_id: str, segment: Segment) -> int:
    """The lot of a new segment."""
    return lot(
        f"{round.seed}|{candidate_id}|{segment.vacancy_id}"
        f"|{segment.start.isoformat()}|{segment.end.isoformat()}"
    )
