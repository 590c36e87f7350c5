"""Candidates who may stand twice, who can get little or nothing, or whose id says who they are."""

import re
from collections.abc import Iterator

from models.candidate import CandidateStatus
from models.finding import N_, finding
from models.nearness import fold_case
from scheduler.input.files.grid import is_blank
from scheduler.input.message import Message
from scheduler.input.rows import Row
from scheduler.input.warnings.base import Given

_SAME_NAME = N_("{one} and {other} have the same name; are they the same person?")
_SAME_EMAIL = N_("{one} and {other} have the same e-mail address; are they the same person?")
_NO_WISH = N_("{candidate} has no wish in the sheet {sheet}; write the wishes there.")
_OPENNESS = ("open_to_other_sites", "open_to_other_departments")


def about_people(given: Given) -> Iterator[Message]:
    """Warnings about candidates."""
    yield from _same_person(given)
    yield from _openness(given)
    yield from _without_wishes(given)
    yield from _personal_ids(given)


def _same_person(given: Given) -> Iterator[Message]:
    for field, text in (("name", _SAME_NAME), ("email", _SAME_EMAIL)):
        seen: dict[str, str] = {}
        for row in given.rows("candidates"):
            who = str(row.values.get("candidate_id", ""))
            key = fold_case(str(row.values.get(field, "")))
            if key and key in seen and seen[key] != who:
                found = finding(text, one=seen[key], other=who)
                yield given.warn("candidates", row, field, found)
            elif key:
                seen[key] = who


def _waiting(given: Given) -> list[Row]:
    return [
        row
        for row in given.rows("candidates")
        if not row.broken & {"candidate_id", "status"}
        and row.values.get("status", CandidateStatus.WAITING) is CandidateStatus.WAITING
    ]


def _openness(given: Given) -> Iterator[Message]:
    rows = [r for r in _waiting(given) if all(is_blank(r.raw.get(f)) for f in _OPENNESS)]
    if not rows or given.policy is None:
        return
    n, who = len(rows), str(rows[0].values["candidate_id"])
    found = finding(
        N_(
            "Both columns about being open to other places are blank for {n} candidate, "
            "{candidate}, who gets only what is on the wish list. Write yes or no."
        ),
        plural=N_(
            "Both columns about being open to other places are blank for {n} candidates, the first "
            "{candidate}; they get only what is on their wish lists. Write yes or no."
        ),
        n=n,
        candidate=who,
    )
    if given.policy.open_by_default:
        found = finding(
            N_(
                "Both columns about being open to other places are blank for {n} candidate, "
                "{candidate}, who is taken to be open to all, as the policy says. Write yes or no."
            ),
            plural=N_(
                "Both columns about being open to other places are blank for {n} candidates, the "
                "first {candidate}; they are taken to be open to all, as the policy says. Write "
                "yes or no."
            ),
            n=n,
            candidate=who,
        )
    yield given.warn("candidates", rows[0], _OPENNESS[0], found)


def _without_wishes(given: Given) -> Iterator[Message]:
    wishes = given.rows("wishes")
    if "wishes" not in given.tables or any("candidate_id" in w.broken for w in wishes):
        return  # whose a wish is that could not be read cannot be told
    wishing = {w.values.get("candidate_id") for w in wishes if not _never(w)}
    locked = {lock.values.get("candidate_id") for lock in given.rows("locks")}
    for row in _waiting(given):
        who = row.values["candidate_id"]
        open_to_more = who not in locked or row.values.get("plan_rest", False)
        if who not in wishing and open_to_more:
            found = finding(_NO_WISH, candidate=who, sheet=given.translator.sheet("wishes"))
            yield given.warn("candidates", row, "candidate_id", found)


def _never(wish: Row) -> bool:
    return isinstance(wish.values.get("rank"), str)


def _personal_ids(given: Given) -> Iterator[Message]:
    rows = [
        row
        for row in given.rows("candidates")
        if looks_personal(str(row.values.get("candidate_id", "")), str(row.values.get("name", "")))
    ]
    if rows:
        found = finding(
            N_(
                "{n} id, {candidate}, looks like a name, an e-mail address or a national identity "
                "number. Ids are shown to departments before anybody has accepted; use one that "
                "says nothing, like K01."
            ),
            plural=N_(
                "{n} ids, {candidate} the first, look like names, e-mail addresses or national "
                "identity numbers. Ids are shown to departments before anybody has accepted; use "
                "ones that say nothing, like K01."
            ),
            n=len(rows),
            candidate=str(rows[0].values["candidate_id"]),
        )
        yield given.warn("candidates", rows[0], "candidate_id", found)


def looks_personal(who: str, name: str) -> bool:
    """Whether an id looks like a name, an e-mail address or a national identity number (eleven
    digits), or holds a part of the candidate's name.
    """
    if "@" in who or re.fullmatch(r"\d{11}", re.sub(r"[\s.-]", "", who)):
        return True
    plain = fold_case(who)
    if any(len(part) >= 4 and part in plain for part in re.split(r"[\W\d_]+", fold_case(name))):
        return True
    words = re.findall(r"[^\W\d_]+", who)
    named = [w for w in words if len(w) >= 3 and w[0].isupper() and w[1:].islower()]
    return not re.search(r"\d", who) and bool(named)
