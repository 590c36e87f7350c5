"""Why vacancies that a wish is about were impossible, said to the candidate."""

from collections.abc import Iterator, Mapping, Sequence

from models.explanation import ExplanationEntry
from models.finding import N_, Finding, Value, finding
from models.grouped import grouped
from models.lock import Decline, DeclinedBy
from models.round import Round
from models.vacancy import Vacancy
from scheduler.explanations.letter.content import Text, in_words
from scheduler.explanations.wording.words import declines_about
from scheduler.problem.calendar import add_months, holds
from scheduler.problem.option import may_split
from scheduler.rules.acceptance import Acceptance
from scheduler.rules.agreement import AgreementRule
from scheduler.rules.approved import Approved
from scheduler.rules.fit import Fit
from scheduler.rules.part_time import PartTime
from scheduler.rules.practice import practice_met

# One sentence for one vacancy, another for several; where it is about the candidate alone, or a
# place, there is no other.
SENTENCES: Mapping[str, Text] = {
    "scheme": Text(N_("You follow the old training scheme, which has no hospital service.")),
    "practice": Text(
        N_(
            "In the vacancy at {department}, {site}, from {first} to {last}, you would begin "
            "before {met}, when you have the practice that is asked for, {months}."
        ),
        several=N_(
            "In {n} vacancies you would begin before {met}, when you have the practice that is "
            "asked for, {months}."
        ),
    ),
    "registered": Text(
        N_("Your municipality is not registered as a training establishment by then.")
    ),
    "agreement": Text(N_("Your municipality has no agreement with {trust}.")),
    "approved": Text(N_("{department}, {site}, is not approved for this service.")),
    "duration": Text(
        N_("Months that remain for you: {remaining}. Only six or three are given without a waiver.")
    ),
    "deviation": Text(
        N_(
            "Service in the vacancy at {department}, {site}, from {first} to {last}, cannot begin "
            "near enough to your wish; the limit is {early} before and {late} after."
        ),
        several=N_(
            "Service in {n} vacancies cannot begin near enough to your wish; the limit is {early} "
            "before and {late} after."
        ),
    ),
    "lead-time": Text(
        N_(
            "Service in the vacancy at {department}, {site}, from {first} to {last}, would begin "
            "before {earliest}, which is too soon to be planned now."
        ),
        several=N_(
            "Service in {n} vacancies would begin before {earliest}, which is too soon to be "
            "planned now."
        ),
    ),
    "horizon": Text(
        N_(
            "Service in the vacancy at {department}, {site}, from {first} to {last}, would not "
            "begin in the time that is planned now, {now} to {latest}."
        ),
        several=N_(
            "Service in {n} vacancies would not begin in the time that is planned now, {now} to "
            "{latest}."
        ),
    ),
    "availability": Text(
        N_(
            "The vacancy at {department}, {site}, from {first} to {last}, does not go together "
            "with the days when you can serve."
        ),
        several=N_("{n} vacancies do not go together with the days when you can serve."),
    ),
    "acceptance": Text(N_("You have said that you do not want {department}, {site}.")),
    # A vacancy that was declined is told of before; this one can only be had together with it.
    "declined": Text(
        N_(
            "The vacancy at {department}, {site}, from {first} to {last}, is too short alone, and "
            "the answer is no about the one that could have been put together with it."
        ),
        several=N_(
            "{n} vacancies are too short alone, and the answer is no about those that could have "
            "been put together with them."
        ),
    ),
    "on-call": Text(
        N_(
            "The vacancy at {department}, {site}, from {first} to {last}, has on-call duty, which "
            "you cannot take."
        ),
        several=N_("{n} vacancies have on-call duty, which you cannot take."),
    ),
    "ceiling": Text(
        N_(
            "The vacancy at {department}, {site}, from {first} to {last}, is further from your "
            "wishes than the region allows."
        ),
        several=N_("{n} vacancies are further from your wishes than the region allows."),
    ),
}
_SAID_NO: Mapping[DeclinedBy, Text] = {
    DeclinedBy.CANDIDATE: Text(
        N_(
            "You have said no to the vacancy at {department}, {site}, from {first} to {last}, and "
            "are not offered it again."
        ),
        several=N_("You have said no to {n} vacancies, and are not offered them again."),
    ),
    DeclinedBy.DEPARTMENT: Text(
        N_(
            "{department}, {site}, has answered that you cannot have the vacancy from {first} to "
            "{last}."
        ),
        several=N_("{department}, {site}, has answered that you cannot have {n} vacancies there."),
    ),
}
_NOT_THEN = Text(N_("Your municipality has no agreement with {trust} that holds on {day}."))
_YOUR_TIME = Text(N_("You work {percent} per cent, and the service is in full time."))
_ITS_TIME = Text(
    N_("The vacancy at {department}, {site}, from {first} to {last}, is not in full time."),
    several=N_("{n} vacancies are not in full time."),
)
_TOO_SHORT = Text(
    N_(
        "The vacancy at {department}, {site}, from {first} to {last}, is too short; you need "
        "{months}."
    ),
    several=N_("{n} vacancies are too short; you need {months}."),
)
_NO_ROOM = Text(
    N_(
        "Your service cannot be laid in the vacancy at {department}, {site}, from {first} to "
        "{last}."
    ),
    several=N_("Your service cannot be laid in {n} vacancies."),
)


def declined_findings(round: Round, entry: ExplanationEntry) -> Iterator[Finding]:
    """Who has said no to which vacancies of a wish."""

    def cause(decline: Decline) -> tuple[DeclinedBy, tuple[str, ...]]:
        key = round.vacancy[decline.vacancy_id].department_key
        return decline.by, tuple(key) if decline.by is DeclinedBy.DEPARTMENT else ()

    for (by, _), own in grouped(declines_about(round, entry), cause).items():
        vacancies = [round.vacancy[decline.vacancy_id] for decline in own]
        yield _finding(round, entry.candidate_id, _SAID_NO[by], vacancies, "")


def refusal_findings(round: Round, entry: ExplanationEntry) -> Iterator[Finding]:
    """What shuts the candidate out of the vacancies of a wish that nobody has said no to, each
    cause once.
    """
    who = entry.candidate_id
    declined = {decline.vacancy_id for decline in declines_about(round, entry)}
    told = [
        (r.finding.finding(), round.vacancy[r.vacancy_id])
        for r in entry.refusals
        if r.vacancy_id not in declined
    ]

    def cause(one: tuple[Finding, Vacancy]) -> tuple[Text, tuple[Value, ...]]:
        refusal, vacancy = one
        text = _text(round, who, refusal.rule, vacancy)
        if text == _NOT_THEN:
            return text, (vacancy.trust, refusal.value("day"))
        return text, _apart(refusal.rule, vacancy)

    for (text, apart), own in grouped(told, cause).items():
        day = apart[-1] if text == _NOT_THEN else ""
        yield _finding(round, who, text, [vacancy for _, vacancy in own], day)


def _text(round: Round, who: str, rule: str, vacancy: Vacancy) -> Text:
    candidate = round.candidate[who]
    if rule == AgreementRule.id:
        some = round.agreements_between(candidate.municipality, vacancy.trust)
        return _NOT_THEN if some else SENTENCES[rule]
    if rule == PartTime.id:
        return _YOUR_TIME if candidate.fte < 100 else _ITS_TIME
    if rule == Fit.id:
        return _NO_ROOM if holds(vacancy.start, vacancy.end, _least(round, who)) else _TOO_SHORT
    return SENTENCES[rule]


def _least(round: Round, who: str) -> int:
    """The shortest service that the candidate could have in one vacancy."""
    candidate = round.candidate[who]
    return 3 if may_split(round, candidate) else candidate.remaining_months


def _apart(rule: str, vacancy: Vacancy) -> tuple[str, ...]:
    """What keeps vacancies apart that are shut out by the same rule: a trust, or a place."""
    if rule == AgreementRule.id:
        return (vacancy.trust,)
    return tuple(vacancy.department_key) if rule in (Acceptance.id, Approved.id) else ()


def _finding(
    round: Round, who: str, text: Text, vacancies: Sequence[Vacancy], day: Value
) -> Finding:
    policy, candidate, vacancy = round.policy, round.candidate[who], vacancies[0]
    return text.filled(
        n=len(vacancies),
        department=vacancy.department,
        site=vacancy.site,
        trust=vacancy.trust,
        day=day,
        first=vacancy.start,
        last=vacancy.end,
        met=practice_met(candidate, policy),
        remaining=candidate.remaining_months,
        early=_in_months(policy.max_early_months),
        late=_in_months(policy.max_late_months),
        earliest=add_months(round.run_date, policy.lead_months),
        now=round.run_date,
        latest=add_months(round.run_date, policy.horizon_months),
        percent=_percent(candidate.fte),
        months=_months(round, who, text),
    )


def _months(round: Round, who: str, text: Text) -> Value:
    """The months that the sentence is about."""
    if text == _TOO_SHORT:
        return _in_months(_least(round, who))
    return _in_months(round.policy.practice_months)


def _in_months(number: int) -> Value:
    """A number of months, as it is written in a sentence."""
    if number == 1:
        return (finding(N_("one month")),)
    return (finding(N_("{number} months"), number=in_words(number)),)


def _percent(fte: float) -> str:
    return f"{fte:g}"
