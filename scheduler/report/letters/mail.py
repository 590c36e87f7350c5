"""Drafts of e-mail, with a letter attached: a mail program opens them, and nothing is sent."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from models.finding import N_
from scheduler.locale import Translator

_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
_BODY = N_(
    "{greeting}\n\nA letter about your hospital service is attached.\n\nKind regards,\n{sender}\n"
)
# The same each time: no letter has this in it, as its bytes are written as base64.
_BOUNDARY = "=_alis_letter_="


def usable(address: str) -> bool:
    """Whether a text is one e-mail address, and nothing else."""
    if not address.isascii() or any(c.isspace() for c in address):
        return False
    try:
        parsed = Address(addr_spec=address)
    except (MessageError, ValueError, IndexError):
        return False
    return bool(parsed.username and "." in parsed.domain and parsed.addr_spec == address)


def draft(
    translator: Translator,
    address: str,
    title: str,
    greeting: str,
    sender: str,
    attached: tuple[str, bytes],
) -> bytes:
    """A draft to a usable address, with a file attached by its name."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"  # so a mail program opens it to be sent
    message["To"] = Address(addr_spec=address)
    message["Subject"] = title
    message.set_content(translator.text(_BODY, greeting=greeting, sender=sender))
    name, content = attached
    message.add_attachment(content, maintype=_WORD[0], subtype=_WORD[1], filename=name)
    message.set_boundary(_BOUNDARY)
    return message.as_bytes()
