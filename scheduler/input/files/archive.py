"""The zip that an office document is: opened within limits, or refused in one sentence."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from models.finding import Finding
from scheduler.support.errors import UnreadableError

_MAX_MEMBERS = 5_000
_MAX_UNPACKED = 300 << 20
# Documents of older programs, and documents with a password, are files of this kind.
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = 1


@dataclass(frozen=True, slots=True)
class Refusals:
    """What is said of a document that has a password, is of an old kind, is far too large or is
    damaged.
    """

    password: Finding
    old: Finding
    too_large: Finding
    damaged: Finding


def open_archive(data: bytes, refusals: Refusals) -> zipfile.ZipFile:
    """The zip; nothing in it is unpacked yet. Raises UnreadableError, or what zipfile raises."""
    if data.startswith(_COMPOUND):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise UnreadableError(refusals.password if encrypted else refusals.old)
    archive = zipfile.ZipFile(BytesIO(data))
    members = archive.infolist()
    if len(members) > _MAX_MEMBERS or sum(info.file_size for info in members) > _MAX_UNPACKED:
        raise UnreadableError(refusals.too_large)
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise UnreadableError(refusals.password)
    plain = all(
        info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in members
    )
    # Two parts of one name: readers differ in which of them they take.
    if not plain or len({info.filename for info in members}) < len(members):
        raise UnreadableError(refusals.damaged)
    return archive
