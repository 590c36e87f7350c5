"""What letters and drafts are called: in the reader's language, by the round and the candidate."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from models.finding import N_
from models.round import Round
from scheduler.locale import Translator
from scheduler.report.names import Names, cut, file_name, plain_name

# Together with the words around them within what a file's subject may have.
_NAME_BYTES = 48
_STEM_BYTES = 64


@dataclass(frozen=True)
class LetterNames:
    """The names of a round's letters."""

    round: Round
    translator: Translator

    @property
    def all_letters(self) -> str:
        """The PDF of all letters."""
        return self._file(self.translator.text(N_("All letters")), ".pdf")

    def letter(self, who: str) -> str:
        """The letter to a candidate."""
        return self._file(self.translator.text(N_("Letter {who}"), who=self._who[who]), ".docx")

    def draft(self, who: str) -> str:
        """The draft of an e-mail to a candidate, in a folder of its own."""
        folder = self.translator.text(N_("drafts of e-mail"))
        return f"{folder}/{self._file(self._who[who], '.eml')}"

    @property
    def are_different(self) -> bool:
        """Whether everybody has a letter and a draft of their own."""
        people = [c.candidate_id for c in self.round.candidates]
        found = [name(who).casefold() for who in people for name in (self.letter, self.draft)]
        return len(set(found)) == 2 * len(people)

    def _file(self, subject: str, ending: str) -> str:
        return Names(self.translator, self.round.name).file(subject, ending=ending)

    @cached_property
    def _who(self) -> dict[str, str]:
        """Each candidate as they are called in a name, no two alike, so that nobody gets another's
        letter: the id beside a name that is not the only one of its kind, and a number where that
        is not enough.
        """
        people = self.round.candidates
        short = {c.candidate_id: cut(plain_name(c.name), _NAME_BYTES) for c in people if c.name}
        same = Counter(name.casefold() for name in short.values())
        taken = {c.candidate_id.casefold() for c in people}

        def called(who: str) -> str:
            name = short.get(who, "")
            alone = name and same[name.casefold()] == 1 and name.casefold() not in taken
            return name if alone else f"{name} {who}".strip()

        used: set[str] = set()
        return {
            c.candidate_id: file_name(
                cut(plain_name(called(c.candidate_id)), _STEM_BYTES), used, ending=""
            )
            for c in people
        }
