"""A Word document as bytes: the same for the same content, and saying nothing of who made it."""

import zipfile
from datetime import UTC, date, datetime, time
from io import BytesIO

from docx.document import Document

# What tells of whoever made a document, or is of no use in a letter.
_LEFT_OUT = {
    *("extended-properties", "custom-properties", "thumbnail", "customXml", "people"),
    "stylesWithEffects",  # a copy of the styles for Word 2007
}
_STAMP = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"
_DAY = date(2026, 1, 1)


def finished(document: Document, title: str, day: date | None) -> bytes:
    """The document with nothing of its author, dated by the day."""
    own = document.core_properties
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
        setattr(own, name, "")
    own.title = title[:255]
    own.created = own.modified = datetime.combine(day or _DAY, time(), UTC)
    own.revision = 1
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _LEFT_OUT:
                del relations[key]
    saved = BytesIO()
    document.save(saved)
    return _settled(saved.getvalue())


def _settled(data: bytes) -> bytes:
    """The same parts in a fixed order, without the time of day."""
    new = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in sorted(old.namelist(), key=lambda n: (n != _FIRST, n)):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, old.read(name))
    return new.getvalue()
