"""What a wish would cost, in words."""

from datetime import date

from models.explanation import ExplanationEntry, HarmEntry
from models.proved import Proved
from scheduler.explanations.wording.words import wish_findings
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.verification.statements import check_statements
from tests.builders import a_round, candidate, policy, vacancy, wish
from tests.verification.test_plan import made


def test_what_a_wish_costs_at_least_in_words() -> None:
    harm = HarmEntry(kind="least", goal="placed", before=9, after=8, proof=Proved.BOUND, changes=[])
    entry = ExplanationEntry(
        candidate_id="A", rank=1, outcome="taken", refusals=[], best=None, harm=harm
    )
    by_lot = entry.model_copy(
        update={"harm": harm.model_copy(update={"goal": "lot", "proof": Proved.SEARCH})}
    )
    for language, texts in (
        ("nb", (
            "Færre ville fått plass: 8 i stedet for 9. Planens eget bevis viser at det koster "
            "minst så mye å oppfylle ønsket, eller noe som teller mer. Det er ikke undersøkt "
            "ferdig hva det ville bli.",
            "Det er bevist ved et søk at ingen plan som er like god, oppfyller ønsket. Det er ikke "
            "undersøkt ferdig hva som ville blitt dårligere.",
        )),
        ("nn", (
            "Færre ville fått plass: 8 i staden for 9. Beviset som høyrer til planen, viser at "
            "det kostar minst så mykje å oppfylle ønsket, eller noko som tel meir. Det er "
            "ikkje undersøkt ferdig kva det ville bli.",
            "Det er bevist ved eit søk at ingen plan som er like god, oppfyller ønsket. Det er "
            "ikkje undersøkt ferdig kva som ville blitt dårlegare.",
        )),
    ):  # fmt: skip
        told = [
            " ".join(Translator(language).finding(f) for f in wish_findings(e))
            for e in (entry, by_lot)
        ]
        assert told == list(texts)


def test_a_taken_wish_in_words() -> None:
    people = [
        candidate("A"),
        candidate("B", municipality="1860", registered_on=date(2025, 1, 1)),
    ]
    round = a_round(people, [vacancy()], wishes=[wish("A", site="Lofoten"), wish("B")])
    plan = made(make_case(round))
    assert check_statements(plan, make_case(round)) == []
    entry = next(e for e in plan.explanations if e.candidate_id == "A")

    def told(language: str) -> str:
        t = Translator(language)
        return " ".join(t.finding(f) for f in wish_findings(entry))

    assert told("nb") == (
        "Det beste som var mulig, er V fra 1.9.2026. V er da opptatt av B. De som fikk plass, "
        "ville ha ventet færre kvartaler til sammen: 0 i stedet for 1. Det ville endre noe for "
        "B. Planens eget bevis viser at ingen plan som oppfyller ønsket, er bedre."
    )
    assert told("nn") == (
        "Det beste som var mogleg, er V frå 1.9.2026. V er då oppteke av B. Dei som fekk "
        "plass, ville ha venta færre kvartal til saman: 0 i staden for 1. Det ville endre noko "
        "for B. Beviset som høyrer til planen, viser at ingen plan som oppfyller ønsket, er "
        "betre."
    )


def test_goals_that_are_lists_are_named() -> None:
    turn = policy(goals=["last-chance", "order", "lot"])
    people = [
        candidate("A"),
        candidate("B", municipality="1860", registered_on=date(2025, 1, 1)),
    ]
    round = a_round(people, [vacancy()], policy=turn)
    plan = made(make_case(round))
    entry = next(e for e in plan.explanations if e.candidate_id == "A")
    assert entry.harm is not None
    assert (entry.harm.kind, entry.harm.goal, entry.harm.proof) == ("goal", "order", "none")
    texts = [Translator("nb").finding(f) for f in wish_findings(entry)]
    assert any(text.startswith("Noen som står tidligere for tur") for text in texts)
