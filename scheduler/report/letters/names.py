"""What letters and drafts are called: in the reader's language, by the round and the candidate."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from models.finding import N_
from models.round import Round
from scheduler.locale import Translator
from scheduler.report.names import Names, cut, plain_name


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

    def _file(self, subject: str, ending: str) -> str:
        return Names(self.translator, self.round.name).file(subject, ending=ending)

    @cached_property
    def _who(self) -> dict[str, str]:
        """Each candidate as they are called in a name: the id beside a name that is not the only
        one of its kind, so that nobody gets another's letter.
        """
        people = self.round.candidates
        short = {c.candidate_id: cut(plain_name(c.name), 60) for c in people if c.name}
        same = Counter(name.casefold() for name in short.values())
        taken = {c.candidate_id.casefold() for c in people}

        def called(who: str) -> str:
            name = short.get(who, "")
            alone = name and same[name.casefold()] == 1 and name.casefold() not in taken
            return name if alone else f"{name} {who}".strip()

        return {c.candidate_id: called(c.candidate_id) for c in people}
