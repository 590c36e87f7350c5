"""Writing a letter to every candidate into a folder, all at once."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.finding import N_, Finding, finding
from models.plan import Plan
from models.round import Round
from scheduler.explanations.letter.letter import letter
from scheduler.locale import Translator
from scheduler.report.letters.document import Writer
from scheduler.report.letters.letterhead import Letterhead
from scheduler.report.letters.mail import draft, usable
from scheduler.report.letters.names import LetterNames
from scheduler.report.letters.printing import make_pdf
from scheduler.report.letters.words import COORDINATOR
from scheduler.support import safe_write
from scheduler.support.errors import CannotWriteError, WrongTargetError

_HOLDS_FILES = N_(
    "The folder {folder} holds files already; name a new one for the letters. Nothing was changed."
)
_IN_PLAN = N_(
    "{folder} lies in the folder of the plan, in which nothing else may lie; name another place "
    "for the letters."
)
_NOWHERE = N_(
    "The round sheet has neither e-mail nor telephone of the coordinator, nor a channel, so the "
    "letters do not say where to send an answer; fill in one of them, and write the letters anew."
)


@dataclass(frozen=True)
class Made:
    """Letters that are not written yet: files by their path in the folder, the path of the PDF of
    all letters (None: there is none), the ids of those who were to get a draft of e-mail and have
    no address that can be used, and what the user should know.
    """

    files: dict[str, bytes]
    pdf: str | None
    without_email: tuple[str, ...]
    notes: tuple[Finding, ...]


def examine(folder: Path, inputs: Sequence[Path], plan: Path) -> list[Finding]:
    """See that letters can be written to a folder, before any work is done for it; returns what the
    user should know. `plan` is what was named as the plan: its folder, or a file in it.

    Raises CannotWriteError, or WrongTargetError where an input or a plan lies there; then nothing
    is changed.
    """
    try:
        target = safe_write.real(folder)
        safe_write.refuse_input(target, inputs)
        home = safe_write.real(plan if plan.is_dir() else plan.parent)
        if (home / "plan.json").is_file() and home in (target, *target.parents):
            raise WrongTargetError(finding(_IN_PLAN, folder=str(folder)))
        if os.path.lexists(target) and not (target.is_dir() and safe_write.is_empty(target)):
            raise CannotWriteError(finding(_HOLDS_FILES, folder=str(folder)))
        notes = safe_write.clear_leftovers(target)
        with safe_write.staging(target):
            pass  # so it can be written to
    except (OSError, UnicodeEncodeError) as error:
        raise CannotWriteError.of(folder, error) from error
    return notes


def make_letters(
    plan: Plan,
    round: Round,
    translator: Translator,
    *,
    letterhead: Letterhead | None = None,
    with_mail: bool = False,
) -> Made:
    """A letter to every candidate, one PDF of all if LibreOffice is there, and drafts of e-mail if
    they are asked for.
    """
    writer = Writer(round, translator, letterhead)
    names = LetterNames(round, translator)
    assert names.are_different
    letters = [letter(round, plan, c.candidate_id) for c in round.candidates]
    files: dict[str, bytes] = {}
    without: list[str] = []
    for told in letters:
        name = names.letter(told.candidate_id)
        files[name] = writer.content(told)
        address = round.candidate[told.candidate_id].email
        if with_mail and usable(address):
            title = translator.finding(told.title)
            greeting = translator.finding(told.greeting)
            sender = round.coordinator or translator.text(COORDINATOR)
            path = names.draft(told.candidate_id)
            files[path] = draft(translator, address, title, greeting, sender, (name, files[name]))
        elif with_mail:
            without.append(told.candidate_id)
    pdf, notes = None, []
    reached = (round.coordinator_email, round.coordinator_phone, round.channel)
    if letters and letterhead is None and not any(reached):
        notes.append(finding(_NOWHERE))
    contents = [content for name, content in files.items() if name.endswith(".docx")]
    if contents:
        made = make_pdf(contents, round.name, round.run_date)
        if isinstance(made, bytes):
            pdf = names.all_letters
            files[pdf] = made
        else:
            notes.append(made)
    return Made(files, pdf, tuple(without), tuple(notes))
