"""Help at a header: what belongs into the column, and what a blank cell means."""

from collections.abc import Mapping

from openpyxl.comments import Comment

from models.base import Noun
from models.candidate import Candidate
from models.finding import N_
from models.waiver import Waiver
from scheduler.input.form.values import cell_value
from scheduler.locale import Translator

_NEEDED = N_("Must be filled in.")
_BLANK = N_("Blank means {value}.")
_EITHER = N_("Fill in this column, or {other}.")

# Pairs of columns of which one is needed.
EITHER: dict[tuple[type[Noun], str], str] = {(Candidate, "practice_start"): "practice_met_on"}
# Columns where a blank cell does not mean what the model says, but what the policy says.
_BY_POLICY = ("open_to_other_sites", "open_to_other_departments")

# What a waiver of each rule lets happen, for those who choose from the list of ids.
_WAIVED: Mapping[str, str] = {
    "scheme": N_("the old training scheme"),
    "practice": N_("less practice than the policy asks for"),
    "registered": N_("a municipality that is not registered"),
    "agreement": N_("no agreement with the trust"),
    "duration": N_("another length of service"),
    "part-time": N_("part-time work"),
    "deviation": N_("farther from the wished period than the limit"),
    "lead-time": N_("shorter notice"),
    "on-call": N_("a vacancy with on-call duty for somebody who takes none"),
    "ceiling": N_("more points than the policy allows"),
    "municipal-order": N_("others may go first in the municipality's order"),
    "last-chance": N_("counts as the last round that can keep the limit"),
}

_WIDTH = 300
_IN_A_LINE = 46
_LINE = 17


def help_text(noun: type[Noun], field: str, translator: Translator) -> str:
    """What is to be known of a column before it is filled in, a sentence or two to a line."""
    info = noun.model_fields[field]
    lines = [translator.text(info.description or "")]
    if noun.required(field):
        lines.append(translator.text(_NEEDED))
    elif (noun, field) in EITHER:
        other = translator.column(noun.header(EITHER[noun, field]))
        lines.append(translator.text(_EITHER, other=other))
    elif field not in _BY_POLICY:
        value = cell_value(info.get_default(), translator)
        if value not in (None, ""):
            lines.append(translator.text(_BLANK, value=str(value)))
    if (noun, field) == (Waiver, "rule"):
        lines += [f"{rule}: {translator.text(text)}" for rule, text in _WAIVED.items()]
    return "\n".join(lines)


def comment(text: str) -> Comment:
    """A comment whose box is as high as its text."""
    lines = sum(-(-len(line) // _IN_A_LINE) for line in text.split("\n"))
    return Comment(text, "alis", width=_WIDTH, height=_LINE * (lines + 1))
