"""Warnings that somebody can act on: what shuts vacancies out, and places nothing is said of."""

from datetime import date
from pathlib import Path

from models.finding import Finding
from models.round import Round
from scheduler.explanations import shut_out
from scheduler.explanations.shut_out import cause_findings, without_options
from scheduler.explanations.wording.warnings import previous_warnings
from scheduler.input import ReadResult
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from tests.builders import (
    Agreement,
    Decline,
    a_round,
    candidate,
    lock,
    solved,
    vacancy,
    wish,
)

SEP1, FEB28 = date(2026, 9, 1), date(2027, 2, 28)
UNN = "Universitetssykehuset Nord-Norge HF"


def told(round: Round, who: str, language: str = "nb") -> list[str]:
    causes = without_options(round, make_case(round).choices)[who]
    return [Translator(language).finding(f) for f in cause_findings(round, causes)]


def test_what_shuts_vacancies_out_is_told_by_cause_the_worst_first() -> None:
    windows = [
        *(vacancy(f"V{n:02}") for n in range(1, 15)),
        vacancy("V15", end=date(2026, 11, 30), trust=UNN),
    ]
    round = a_round([candidate()], windows, agreements=[Agreement(municipality="1865", trust=UNN)])
    assert told(round, "A") == [
        "V01–V14: kommunen har ingen avtale med helseforetaket som gjelder første dag. Legg den "
        "inn i arket «Avtaler» hvis den finnes.",
        "V15: for kort for den tjenesten som gjenstår. Spør avdelingen om vikariatet kan vare "
        "lenger.",
    ]
    assert told(round, "A", "nn")[0].startswith(
        "V01–V14: kommunen har ingen avtale med helseføretaket"
    )


def test_many_causes_and_vacancies_are_told_within_bounds() -> None:
    windows = [vacancy(f"V{n:02}", site=("Bodø", "Lofoten")[n % 2]) for n in range(20)]
    wishes = [wish("A", site="Bodø"), wish("A", rank="never", site="Bodø")]
    round = a_round([candidate()], windows, wishes=wishes)
    (line,) = told(round, "A")
    assert line.startswith("V00–V19: står ikke på ønskelisten")
    no = [Decline(candidate_id="A", vacancy_id=f"V{n:02}") for n in range(0, 20, 2)]
    round = a_round([candidate()], windows, wishes=[wish("A", site="Bodø")], declines=no)
    texts = told(round, "A")
    assert sorted(text.split(":")[0] for text in texts) == [
        "V00, V02, V04, V06, V08, …",
        "V01, V03, V05, V07, V09, …",
    ]
    causes = [shut_out.Cause(shut_out.SHORT, "", (f"V{n:02}",)) for n in range(7)]
    lines = [Translator("nb").finding(f) for f in cause_findings(round, causes)]
    assert len(lines) == 5
    assert lines[-1] == "3 vikariater til er ikke mulige, av andre grunner."


def no_word(round: Round, earlier: Round) -> list[str]:
    _, solution = solved(earlier)
    read = ReadResult((Path("ny.xlsx"),), "nb", round, ())
    found = list(previous_warnings(read, solution.placements))
    assert all(message.candidate_id == "A" for message in found)
    return [Translator("nb").finding(message.finding) for message in found]


def test_somebody_placed_before_of_whom_nothing_is_said_now_is_named() -> None:
    earlier = a_round([candidate("A")])
    assert no_word(earlier, earlier) == [
        "A fikk V fra 1.9.2026 i forrige plan, men inndataene sier ikke hva som skjedde med "
        "plassen. Skriv en rad i arket «Låste plasser» hvis plassen er tilbudt eller takket ja "
        "til, i arket «Takket nei» hvis svaret er nei, eller en annen status i arket «Kandidater» "
        "hvis kandidaten ikke lenger venter."
    ]
    (gone,) = no_word(a_round([candidate("B")]), earlier)
    assert gone.startswith("A fikk V fra 1.9.2026 i forrige plan, men står ikke lenger i arket")


def test_somebody_placed_before_with_an_answer_is_not_named() -> None:
    earlier = a_round([candidate("A")])
    for answered in (
        a_round([candidate("A")], locks=[lock("A", "V", SEP1, FEB28)]),
        a_round([candidate("A")], declines=[Decline(candidate_id="A", vacancy_id="V")]),
        a_round([candidate("A", status="withdrawn")]),
    ):
        assert no_word(answered, earlier) == []


def test_a_sentence_of_sentences_survives_the_plan_file() -> None:
    round = a_round([candidate()], [vacancy(end=date(2026, 9, 30))])
    causes = without_options(round, make_case(round).choices)["A"]
    whole = Finding("{causes}", (("causes", tuple(cause_findings(round, causes))),))
    again = Finding.from_json(whole.to_json())
    assert Translator("nn").finding(again) == Translator("nn").finding(whole)
    assert again == whole
