"""Messages and results as lines of text for the terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from models.finding import N_, Finding
from models.plan import Plan
from scheduler.input.message import Message, Severity, message_line
from scheduler.locale import Translator
from scheduler.report.names import Names
from scheduler.report.sheets.summary import figures, verdict
from scheduler.report.texts import Delivery
from scheduler.verification.found import Checked, Replayed, SearchedAgain


def message_lines(messages: Sequence[Message], translator: Translator) -> Iterator[str]:
    """Every message on a line, and at last how many errors and warnings there are."""
    for message in messages:
        yield message_line(message, translator)
    yield translator.text(
        N_("Errors: {errors}. Warnings: {warnings}."),
        errors=sum(m.severity is Severity.ERROR for m in messages),
        warnings=sum(m.severity is Severity.WARNING for m in messages),
    )


def messages_data(messages: Sequence[Message], translator: Translator) -> dict[str, object]:
    """The messages for programs."""
    return {
        "errors": sum(m.severity is Severity.ERROR for m in messages),
        "messages": [{**m.to_json(), "text": translator.finding(m.finding)} for m in messages],
    }


def plan_lines(delivery: Delivery) -> Iterator[str]:
    """The summary of a plan for the terminal."""
    t = delivery.translator
    yield t.text(N_("Plan for {round}"), round=delivery.round.name)
    yield ""
    numbers = figures(delivery)
    width = max(len(label) for label, _ in numbers)
    for label, number in numbers:
        yield f"  {label:<{width}}  {number:>5}"
    yield ""
    yield from verdict(delivery)


def file_lines(files: Sequence[Path], folder: Path, names: Names) -> Iterator[str]:
    """Where the files of a plan are, those of departments counted."""
    translator = names.translator
    counts = Counter(f.parent.name for f in files)
    several = (names.departments, names.trusts, names.municipalities)
    alone = [f for f in files if f.parent.name not in several]
    yield ""
    yield translator.text(N_("The plan lies in {folder}:"), folder=str(folder))
    for file in alone:
        yield f"  {file}"
    yield translator.text(
        N_("  and a workbook for {n} department in {folder}"),
        N_("  and a workbook for each of {n} departments in {folder}"),
        n=counts[names.departments],
        folder=str(folder / names.departments),
    )
    yield translator.text(
        N_("  and a workbook for {n} trust in {folder}"),
        N_("  and a workbook for each of {n} trusts in {folder}"),
        n=counts[names.trusts],
        folder=str(folder / names.trusts),
    )
    yield translator.text(
        N_("  and a workbook for {n} municipality in {folder}"),
        N_("  and a workbook for each of {n} municipalities in {folder}"),
        n=counts[names.municipalities],
        folder=str(folder / names.municipalities),
    )


def plan_summary(plan: Plan) -> dict[str, object]:
    """What came out, for programs."""
    return {
        "status": plan.status,
        "unique": plan.unique,
        "goals": [g.model_dump(mode="json") for g in plan.goals],
        "placed": len(plan.placements),
        "unplaced": [u.model_dump(mode="json") for u in plan.unplaced],
        "conflicts": len(plan.conflicts),
        "lot": plan.lot.model_dump(mode="json"),
        "one_fewer": plan.one_fewer and plan.one_fewer.model_dump(mode="json"),
        "comparison": plan.comparison.model_dump(mode="json"),
        "set_aside": plan.set_aside,
    }


def verified_lines(
    found: Sequence[Finding],
    proved: bool,
    checked: Checked | None,
    searched: SearchedAgain | None,
    replayed: Replayed | None,
    translator: Translator,
) -> Iterator[str]:
    """What a check of a plan, its certificates and its explanations found, and what it did not
    look at; `proved`: whether the plan says that it is the best.
    """
    for one in found:
        yield translator.finding(one)
    if not found:
        yield translator.text(N_("The plan keeps every rule, and its numbers are right."))
        if not proved:
            yield translator.text(N_("The plan does not say that it is proved to be the best."))
    if checked is None:
        yield translator.text(
            N_("That no better plan exists was not examined; --proof checks the proofs.")
        )
    elif not found and checked.certified == checked.total:
        yield translator.text(
            N_(
                "The proofs show that no better plan exists, and were checked without the program "
                "that made the plan."
            )
        )
    elif not found:
        yield translator.text(
            N_(
                "The proofs show {certified} of {total} goal values of the round's parts; the "
                "others rest on a search, or are not proved."
            ),
            certified=checked.certified,
            total=checked.total,
        )
    if checked is not None and not found and checked.wishes:
        yield translator.text(
            N_("They also prove what {n} wish that is not met would cost at least."),
            N_("They also prove what {n} wishes that are not met would cost at least."),
            n=checked.wishes,
        )
    if searched is not None and not searched.goals:
        yield translator.text(
            N_("Every goal has a proof that can be checked, so nothing was searched again.")
        )
    elif searched is not None and not searched.findings:
        yield translator.text(
            N_(
                "{n} goal has no proof that can be checked; a second search, set otherwise, gives "
                "the same."
            ),
            N_(
                "{n} goals have no proof that can be checked; a second search, set otherwise, "
                "gives the same."
            ),
            n=searched.goals,
        )
    if replayed is not None:
        yield translator.text(
            N_("Of {total} explanations {true} are true; {n} says that it was not examined."),
            N_("Of {total} explanations {true} are true; {n} say that they were not examined."),
            total=replayed.total,
            true=replayed.total - len(replayed.findings),
            n=replayed.not_examined,
        )
