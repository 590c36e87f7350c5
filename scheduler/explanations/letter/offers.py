"""What is offered, what an answer means, and what follows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from models.finding import N_, Finding, finding
from models.lock import Lock
from models.placement import PlacedSegment, Placement, Shape
from models.round import Round
from models.vacancy import Certainty, Vacancy
from scheduler.explanations.letter.content import Section, Slip, Text, bullets, in_words, plain
from scheduler.explanations.letter.distance import distance_finding
from scheduler.listing.deadlines import contract_window, reconfirm_window, reply_by
from scheduler.listing.options import exceptions
from scheduler.problem.calendar import wished_period
from scheduler.rules.catalogue import CEILING, DEVIATION, NAMES

_SIX = N_(
    "You are offered hospital service at {department}, {site} ({trust}), from {first} to {last}: "
    "six months without a break."
)
_REST = Text(
    N_(
        "You are offered hospital service at {department}, {site} ({trust}), from {first} to "
        "{last}: the month that remains."
    ),
    several=N_(
        "You are offered hospital service at {department}, {site} ({trust}), from {first} to "
        "{last}: the {number} months that remain."
    ),
)
_HALVES = (
    N_("First part: {department}, {site} ({trust}), from {first} to {last}."),
    N_("Second part: {department}, {site} ({trust}), from {first} to {last}."),
)
_PLACE = N_("{department}, {site} ({trust}), from {first} to {last}")
_FAR = N_("For you the region has made an exception from how far a place may be from the wish.")
_DEVIATION = Text(
    N_(
        "For you the region has made an exception from the limit of one month between the wish and "
        "the first day."
    ),
    several=N_(
        "For you the region has made an exception from the limit of {number} months between the "
        "wish and the first day."
    ),
)
_PUT_TOGETHER = N_(
    "The place is put together of two vacancies in the department; you serve without a break."
)
EXPECTED = N_("The offer is subject to the department confirming the vacancy.")


def offer_section(round: Round, placement: Placement) -> Section:
    """What is offered, and how far it is from the wish."""
    wished = wished_time(round, placement.candidate_id)
    if placement.shape is not Shape.SPLIT:
        offered = _stretch(round, placement, 0)
        compared = (*_compared(round, placement, 0), *_exceptions(round, placement))
        return Section(None, (plain(offered, wished, *compared),))
    intro = finding(N_("You are offered hospital service in two parts, of three months each."))
    later = finding(
        N_("The second part is compared with a wish three months later than the first.")
    )
    excepted = _exceptions(round, placement)
    first, second = (
        (_stretch(round, placement, number), *_compared(round, placement, number))
        for number in range(2)
    )
    return Section(None, (plain(intro, wished), plain(*first), plain(*second, later, *excepted)))


def _compared(round: Round, placement: Placement, number: int) -> Iterator[Finding]:
    """How far unbroken service is from the wish, and what it is subject to."""
    if placement.shape is Shape.JOINED:
        yield finding(_PUT_TOGETHER)
    yield distance_finding(round, placement, number)
    ids = [placed.segment.vacancy_id for placed in placement.stretches[number]]
    if any(round.vacancy[v].certainty is Certainty.EXPECTED for v in ids):
        yield finding(EXPECTED)


def _exceptions(round: Round, placement: Placement) -> Iterator[Finding]:
    """What the region has set aside for the candidate so that they can have the place."""
    policy = round.policy
    for rule in exceptions(round, placement):
        if rule is CEILING:
            yield finding(_FAR)
        elif rule is DEVIATION:
            months = [placed.deviation or 0 for placed in placement.segments]
            late = max(months) > policy.max_late_months
            limit = policy.max_late_months if late else policy.max_early_months
            yield _DEVIATION.filled(n=limit, number=in_words(limit))
        else:
            yield finding(
                N_("For you the region has made an exception from {requirement}."),
                requirement=NAMES[rule.id],
            )


def wished_time(round: Round, who: str) -> Finding:
    """When the candidate wished to begin."""
    wished = wished_period(round.candidate[who])
    if wished.a == wished.b:
        return finding(N_("You wished to begin on {first}."), first=wished.a)
    return finding(
        N_("You wished to begin between {first} and {last}."), first=wished.a, last=wished.b
    )


def _stretch(round: Round, placement: Placement, number: int) -> Finding:
    stretch = placement.stretches[number]
    if placement.shape is Shape.SPLIT:
        return _at(round, stretch, Text(_HALVES[number]))
    if placement.shape in (Shape.SIX, Shape.JOINED):
        return _at(round, stretch, Text(_SIX))
    months = sum(placed.segment.months for placed in stretch)
    return _at(round, stretch, _REST, months)


def _at(round: Round, stretch: Sequence[PlacedSegment], text: Text, months: int = 0) -> Finding:
    vacancy = round.vacancy[stretch[0].segment.vacancy_id]
    return text.filled(
        n=months,
        number=in_words(months),
        department=vacancy.department,
        site=vacancy.site,
        trust=vacancy.trust,
        first=stretch[0].segment.start,
        last=stretch[-1].segment.end,
    )


def placement_slip(round: Round, placement: Placement) -> Slip:
    """The answer slip of a new placement: one answer, also of two parts."""
    places = tuple(_at(round, stretch, Text(_PLACE)) for stretch in placement.stretches)
    return Slip(places, reply_finding(round, reply_by(round)))


def lock_slip(round: Round, lock: Lock) -> Slip:
    """The answer slip of an offer that was made before and has not been answered."""
    place = lock_place(lock, round.vacancy[lock.vacancy_id], _PLACE)
    return Slip((place,), reply_finding(round, lock.reply_by))


def lock_place(lock: Lock, vacancy: Vacancy, message: str) -> Finding:
    """A sentence about a lock's place and days."""
    return finding(
        message,
        department=vacancy.department,
        site=vacancy.site,
        trust=vacancy.trust,
        first=lock.start,
        last=lock.end,
    )


def reply_finding(round: Round, day: date | None) -> Finding:
    """By when an answer is asked for."""
    if day is None:
        return finding(N_("No last day is set for the answer; answer as soon as you can."))
    if day < round.run_date:
        return finding(N_("The last day to answer was {day}; answer at once."), day=day)
    return finding(N_("Answer by {day}."), day=day)


def answer_section(slips: Sequence[Slip], vacancies: int, parts: int) -> Section:
    """By when an answer is asked for, and what each answer means; `vacancies` are those offered in
    all, `parts` those of the new placement.
    """
    if len(slips) > 1:
        reply = finding(N_("There is an answer slip for each offer, with the last day to answer."))
    else:
        (reply,) = (slip.reply for slip in slips)
    silent = finding(N_("If you do not answer, you have not accepted."))
    both = [finding(N_("Your answer is about both parts."))] if parts > 1 else []
    declined = finding(
        N_(
            "If you say no, you keep the time you have waited and go on waiting for another "
            "vacancy, but you are not offered this vacancy again."
        ),
        plural=N_(
            "If you say no, you keep the time you have waited and go on waiting for other "
            "vacancies, but you are not offered these vacancies again."
        ),
        n=vacancies,
    )
    withdrawn = finding(N_("If you withdraw, you are no longer considered for places."))
    return Section(
        finding(N_("Your answer")),
        (plain(reply, silent, *both), plain(declined), plain(withdrawn)),
    )


def next_steps_section(round: Round, answers: Mapping[date, date | None]) -> Section:
    """What the municipality and the trust do until the first day of each offer; `answers`: the
    first days, each with the last day to answer. What is due before that day is done at once.
    """
    lines = []
    for day, reply in sorted(answers.items()):
        which = [finding(N_("For the place from {first}:"), first=day)]
        known = which if len(answers) > 1 else []
        answered = max(round.run_date, reply or round.run_date)
        told = _confirmed(round, day, answered), _contract(round, day, answered)
        lines.append(plain(*known, *told))
    return Section(finding(N_("If you say yes")), tuple(lines))


def _confirmed(round: Round, first_day: date, answered: date) -> Finding:
    since, until = reconfirm_window(first_day)
    if until < answered:
        return finding(
            N_(
                "Your municipality must confirm again at once that you begin, as that is done "
                "six months before the first day at the latest."
            )
        )
    if since <= round.run_date:
        return finding(
            N_("Your municipality confirms again that you begin, by {last}."), last=until
        )
    return finding(
        N_("Your municipality confirms again that you begin, between {first} and {last}."),
        first=since,
        last=until,
    )


def _contract(round: Round, first_day: date, answered: date) -> Finding:
    since, until = contract_window(first_day)
    if until < answered:
        return finding(
            N_(
                "Your contract is made at once, as that is done three months before the first "
                "day at the latest."
            )
        )
    if since <= round.run_date:
        return finding(N_("Your contract is made by {last}."), last=until)
    return finding(N_("Your contract is made between {first} and {last}."), first=since, last=until)


def questions_section(round: Round) -> Section:
    """Whom to ask, and how to send the answer: what the round says of its coordinator."""
    known = [
        (N_("Coordinator: {text}"), round.coordinator),
        (N_("E-mail: {text}"), round.coordinator_email),
        (N_("Telephone: {text}"), round.coordinator_phone),
        (N_("How to send answers: {text}"), round.channel),
    ]
    told = [finding(message, text=text) for message, text in known if text]
    heading = finding(N_("Questions"))
    if not any(text for _, text in known[:3]):
        whom = N_("If anything is unclear, ask your municipality.")
        return Section(heading, (plain(finding(whom)), *bullets(*told)))
    ask = N_("If anything is unclear, ask the coordinator.")
    return Section(heading, (plain(finding(ask)), *bullets(*told)))
