"""The letter to a candidate: every sentence is true of the plan, and about nobody else."""

import re
from collections.abc import Sequence
from datetime import date

import pytest

from models.municipality import Agreement
from models.placement import Segment, Shape
from models.plan import Plan
from models.round import Round
from models.wish import Wish
from scheduler.explanations.letter.distance import distance_finding
from scheduler.explanations.letter.letter import letter
from scheduler.goals.catalogue import GOALS
from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.problem.calendar import last_day
from scheduler.problem.option import Option, Part
from scheduler.problem.placing import make_placement
from scheduler.report.explain_lines import letter_lines
from scheduler.report.texts import Delivery
from scheduler.rules.catalogue import NAMES
from scheduler.support.resources import data_folder
from tests.builders import TRUST, a_round, candidate, lock, policy, vacancy, wish
from tests.verification.test_plan import made

SEP1, FEB28 = date(2026, 9, 1), date(2027, 2, 28)
OFFER = (
    "Du får tilbud om sykehustjeneste ved Indremedisin, Lofoten (Nordlandssykehuset HF), fra og "
    "med 1.9.2026 til og med 28.2.2027: seks måneder sammenhengende."
)


def lines(round: Round, who: str = "A", language: str = "nb") -> list[str]:
    plan = made(make_case(round))
    return list(letter_lines(Delivery(plan, round, Translator(language)), who))[1:]


def distance(day: date, language: str = "nb", wishes: Sequence[Wish] = (), **facts: object) -> str:
    """How far an offer from a day is from the wish."""
    wishes = wishes or [wish("A"), wish("A", 2, site="Bodø")]
    windows = [vacancy("V", day, date(2029, 1, 1)), vacancy("X", site="Bodø")]
    round = a_round([candidate("A", **facts)], windows, wishes=wishes)
    segment = Segment(day, last_day(day, 6), "V", 6)
    placement = make_placement(make_case(round), Option("A", Shape.SIX, Part.WHOLE, (segment,)))
    return Translator(language).finding(distance_finding(round, placement, 0))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (SEP1, "Du får plass der du ønsket først, og til ønsket tid."),
        (date(2026, 9, 2), "Du får plass der du ønsket først, men 1 dag senere enn ønsket."),
        (date(2026, 9, 30), "Du får plass der du ønsket først, men 29 dager senere enn ønsket."),
        (date(2026, 10, 1), "Du får plass der du ønsket først, men én måned senere enn ønsket."),
        (
            date(2026, 10, 2),
            "Du får plass der du ønsket først, men mellom én og to måneder senere enn ønsket.",
        ),
        (date(2027, 3, 1), "Du får plass der du ønsket først, men seks måneder senere enn ønsket."),
        (date(2026, 8, 31), "Du får plass der du ønsket først, men 1 dag tidligere enn ønsket."),
        (date(2026, 8, 1), "Du får plass der du ønsket først, men én måned tidligere enn ønsket."),
        (
            date(2026, 6, 2),
            "Du får plass der du ønsket først, men mellom to og tre måneder tidligere enn ønsket.",
        ),
    ],
)
def test_an_offer_is_as_far_from_the_wish_as_the_calendar_says(day: date, told: str) -> None:
    assert distance(day) == told


def test_the_place_is_that_of_the_wish_that_is_met() -> None:
    second = [wish("A", 1, site="Bodø"), wish("A", 2)]
    assert distance(SEP1, wishes=second).startswith(
        "Du får plass på stedet du satte som ønske nummer 2, og"
    )
    only = [wish("A")]
    assert distance(SEP1, "nn", wishes=only) == "Du får plass der du ønskte, og til ønskt tid."
    other = [wish("A", 1, site="Bodø")]
    assert distance(SEP1, wishes=other, open_to_other_sites=True) == (
        "Du får en plass som ikke står på ønskelisten din, men til ønsket tid."
    )
    none = [wish("A", "never", site="Bodø")]
    assert distance(SEP1, wishes=none) == (
        "Du har ikke ønsket deg noe bestemt sted, og får plass til ønsket tid."
    )
    assert distance(date(2027, 3, 1), "nn", wishes=none) == (
        "Du har ikkje ønskt deg nokon bestemt stad, og får plass seks månader seinare enn ønskt."
    )
    assert distance(date(2027, 3, 1), "en", wishes=other) == (
        "You get a place that is not on your wish list, and six months later than wished."
    )


def test_a_day_after_a_wished_last_day_of_a_month_is_a_day_and_six_months_are_six() -> None:
    august = date(2026, 8, 31)
    assert "1 dag senere" in distance(SEP1, wished_start=august)
    assert "men seks måneder senere" in distance(date(2027, 3, 1), wished_start=august)


def test_two_windows_that_meet_are_one_unbroken_stay() -> None:
    halves = [vacancy("V", end=date(2026, 11, 30)), vacancy("W", date(2026, 12, 1), FEB28)]
    told = lines(a_round([candidate("A")], halves))
    assert told[0].startswith(OFFER)
    assert (
        "Plassen er satt sammen av to vikariater ved avdelingen, og tjenesten går uten avbrudd."
        in told[0]
    )
    assert "men du får ikke tilbud om disse vikariatene igjen" in " ".join(told)
    assert "satt sammen" not in " ".join(lines(a_round([candidate("A")])))


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (date(2026, 9, 16), "Innen 16.3.2026 bekrefter kommunen din på nytt at du begynner."),
        (date(2026, 9, 10), "må straks bekrefte på nytt at du begynner"),
        (date(2026, 6, 16), "Arbeidsavtalen inngås innen 16.3.2026."),
        (date(2026, 6, 10), "Arbeidsavtalen inngås straks"),
    ],
)
def test_what_is_due_before_the_answer_is_to_be_done_at_once(first: date, told: str) -> None:
    person = candidate("A", wished_start=first)
    window = vacancy("V", first, last_day(first, 6))
    found = lines(a_round([person], [window], policy=policy(lead_months=0)))
    assert "Svar innen 15.3.2026." in " ".join(found)
    assert told in " ".join(found)


def test_an_agreement_that_is_missing_is_told_with_the_day_and_as_what_would_help() -> None:
    later = Agreement(municipality="1865", trust=TRUST, valid_from=date(2028, 1, 1))
    told = " ".join(lines(a_round([candidate("A")], agreements=(later,))))
    assert f"Kommunen din har ingen avtale med {TRUST} som gjelder 1.9.2026." in told
    assert (
        "Kommunen din måtte ha hatt en avtale med helseforetaket som gjelder den første dagen, "
        "eller du måtte ha fått unntak fra kravet om avtale." in told
    )
    none = " ".join(lines(a_round([candidate("A")], agreements=())))
    assert f"Kommunen din har ingen avtale med {TRUST}." in none


def test_an_offer_says_what_an_answer_means_and_what_follows() -> None:
    told = lines(a_round([candidate("A")], coordinator="Kari", channel="eFormidling"))
    assert told == [
        f"{OFFER} Du ønsket å begynne 1.9.2026. Du får plass der du ønsket, og til ønsket tid.",
        "Svaret ditt",
        "Svar innen 15.3.2026. Hvis du ikke svarer, har du ikke takket ja.",
        "Takker du nei, beholder du ventetiden din og venter videre på et annet vikariat, men du "
        "får ikke tilbud om dette vikariatet igjen.",
        "Trekker du deg, er du ikke lenger med når plasser tildeles.",
        "Hvis du takker ja",
        "Kommunen din må straks bekrefte på nytt at du begynner, fordi det skal være gjort senest "
        "seks måneder før første dag. Arbeidsavtalen inngås innen 1.6.2026.",
        "Spørsmål",
        "Spør koordinatoren hvis noe er uklart.",
        "  Koordinator: Kari",
        "  Slik sendes svar: eFormidling",
    ]


def test_who_gets_no_place_is_told_why_and_what_would_have_helped() -> None:
    people = [
        candidate("A", name="Kandidat 1"),
        candidate("B", name="Kandidat 2", municipality="1860", registered_on=date(2025, 1, 1)),
    ]
    late = vacancy("W", date(2027, 4, 1), date(2027, 9, 30))
    told = lines(a_round(people, [vacancy(), late]))
    assert told[:5] == [
        "Du har dessverre ikke fått plass i denne runden. Du beholder ventetiden din. Du blir "
        "vurdert på nytt i neste runde, 1.6.2026.",
        "Hva du ønsket, og hvorfor du ikke fikk det",
        "Du ønsket å begynne 1.9.2026.",
        "Ønske 1: hvilken som helst avdeling.",
        "  Det nærmeste som var mulig, var Indremedisin, Lofoten, fra 1.9.2026. Noen andre har den "
        "plassen. Hadde ønsket blitt oppfylt, ville de som får plass, samlet sett ha ventet "
        "kortere enn de som får plass nå.",
    ]
    assert (
        "  Du måtte ha ønsket en tid én måned senere. Da kunne du fått plass ved Indremedisin, "
        "Lofoten, fra 1.4.2027." in told
    )


def test_reasons_are_said_to_the_one_they_are_about() -> None:
    whole = date(2027, 2, 28)
    cases = {
        "Du kan ikke": a_round([candidate("A", on_call=False)], [vacancy()]),
        "for kort. Du trenger seks": a_round([candidate("A")], [vacancy(end=date(2027, 1, 31))]),
        "måtte du ha begynt før 1.1.2027": a_round(
            [candidate("A", practice_met_on=date(2027, 1, 1))], [vacancy(end=whole)]
        ),
        "Kommunen din har ingen avtale med": a_round([candidate("A")], agreements=()),
        "Grensen er seks måneder før og én måned etter.": a_round(
            [candidate("A")],
            [vacancy("V", date(2027, 4, 1), date(2027, 9, 30))],
            policy=policy(max_late_months=1),
        ),
    }
    cases["har vaktplikt, og du kan ikke gå vakt"] = cases.pop("Du kan ikke")
    for told, round in cases.items():
        assert told in " ".join(lines(round)), told


def test_what_somebody_has_already_is_told_with_what_is_new() -> None:
    half = [lock("A", "V", SEP1, date(2026, 11, 30))]
    person = candidate("A", plan_rest=True, remaining_months=3, wished_start=date(2026, 12, 1))
    told = lines(a_round([person], [vacancy()], locks=half))
    assert "fra og med 1.12.2026 til og med 28.2.2027: de tre månedene som gjenstår." in told[0]
    assert told[1:3] == [
        "Det du har fra før",
        "Du har takket ja til plass ved Indremedisin, Lofoten (Nordlandssykehuset HF), fra og med "
        "1.9.2026 til og med 30.11.2026. Plassen står fast.",
    ]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("offered", "Tilbudet gjelder fortsatt."),
        ("accepted", "Du har takket ja til plass"),
        ("contract", "Du har arbeidsavtale om plass"),
        ("in_service", "Du står oppført som i tjeneste"),
    ],
)
def test_a_promise_is_told_as_far_as_it_has_come(status: str, told: str) -> None:
    held = [lock("A", "V", SEP1, FEB28, status=status, reply_by=date(2026, 2, 1))]
    found = lines(a_round([candidate("A")], locks=held))
    assert told in found[0]
    late = "Fristen for å svare var 1.2.2026. Svar straks." in " ".join(found)
    assert late == (status == "offered")


def test_a_promise_in_conflict_is_not_said_to_stand() -> None:
    held = [lock("A", "V", SEP1, FEB28), lock("B", "V", SEP1, FEB28)]
    round = a_round([candidate("A"), candidate("B"), candidate("C")], locks=held)
    assert lines(round)[0].endswith(
        "Noe ved plassen må avklares. Koordinatoren tar kontakt med deg."
    )
    gone = a_round([candidate("A")], locks=[lock("A", "BORTE", SEP1, FEB28, status="offered")])
    plan = made(make_case(gone))
    assert "vikariatet står ikke lenger på listen" in lines(gone)[0]
    assert letter(gone, plan, "A").slips == ()


def test_who_has_withdrawn_from_a_place_is_told_both() -> None:
    held = [lock("A", "V", SEP1, FEB28)]
    told = lines(a_round([candidate("A", status="withdrawn"), candidate("B")], locks=held))
    assert told[0].startswith("Du har takket ja til plass")
    assert told[1].startswith("Du har trukket deg")


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"status": "withdrawn"}, "Du har trukket deg"),
        ({"status": "done"}, "registrert som fullført"),
        ({"status": "municipal"}, "kommunal institusjon"),
        ({"status": "on_hold"}, "Kommunen din kan si fra når du skal være med igjen."),
        ({"wished_start": date(2025, 1, 1)}, "Kommunen din må bekrefte et nytt ønske."),
        ({"wished_start": date(2035, 1, 1)}, "Du kan først begynne etter tiden som planlegges nå"),
    ],
)
def test_who_is_not_considered_is_told_why(facts: dict[str, object], told: str) -> None:
    round = a_round([candidate("A", **facts), candidate("B")])
    assert told in lines(round)[0]
    assert letter(round, made(make_case(round)), "A").slips == ()


@pytest.mark.parametrize("name", ["small", "vest", "conflict"])
def test_no_letter_names_another_or_speaks_of_points_or_rules(name: str) -> None:
    round = read_round(data_folder() / "samples" / name).round
    assert round is not None
    plan: Plan = made(make_case(round))
    for language in ("nb", "nn", "en"):
        # In English some ids are words that anybody uses.
        ids = {"hard-hit", "last-chance", "lot"} | {i for i in NAMES if "-" in i}
        if language != "en":
            ids |= {*NAMES, *GOALS}
        for person in round.candidates:
            told = letter_lines(Delivery(plan, round, Translator(language)), person.candidate_id)
            text = "\n".join(told)
            words = set(re.findall(r"[\w-]+", text))
            assert not words & ids
            assert not re.search("poeng|points|løser|solver|sertifikat", text)
            for other in round.candidates:
                if other is not person:
                    assert other.candidate_id not in words
                    assert not other.name or other.name not in text


def test_of_a_plan_that_is_not_proved_no_more_is_said_than_is_known() -> None:
    people = [
        candidate("A"),
        candidate("B", municipality="1860", registered_on=date(2025, 1, 1)),
    ]
    turn = policy(goals=["last-chance", "order", "lot"])
    told = " ".join(lines(a_round(people, [vacancy()], policy=turn)))
    assert (
        "Vi har ikke funnet noen måte å oppfylle ønsket på som er bedre enn dette for kandidatene "
        "samlet, etter regionens regler." in told
    )
    assert "byttet" not in told
