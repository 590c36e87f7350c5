"""What has changed since the plan before, and why now."""

from models.finding import N_
from models.since import ServiceEntry
from scheduler.quarter.comparing.compare import ChangeKind
from scheduler.quarter.comparing.side import Service
from scheduler.report.quarter.comparison import KINDS, service_text
from scheduler.report.table import Column, Table
from scheduler.report.texts import Delivery


def changes_table(delivery: Delivery) -> Table:
    """Everybody who has something else than in the plan before; no rows if none was named."""
    t, since = delivery.translator, delivery.plan.since
    notes = (
        ()
        if since is None
        else (
            t.text(
                N_("Compared with the plan for {round} with run date {day}."),
                round=since.round,
                day=since.run_date,
            ),
        )
    )
    return Table(
        name=t.text(N_("Changes since last plan")),
        title=t.text(N_("Who has something else than in the plan before, and why now")),
        notes=notes,
        columns=(
            Column(t.heading("candidate_id"), 10),
            Column(t.heading("name"), 20),
            Column(t.text(N_("What happened")), 18),
            Column(t.text(N_("Before")), 30),
            Column(t.text(N_("Now")), 30),
            Column(t.text(N_("Why")), 76),
        ),
        rows=tuple(
            (
                one.candidate_id,
                _name(delivery, one.candidate_id),
                t.text(KINDS[ChangeKind(one.kind)]),
                _service(delivery, one.before),
                _service(delivery, one.now),
                " ".join(t.finding(reason.finding()) for reason in one.reasons),
            )
            for one in (() if since is None else since.changes)
        ),
    )


def _name(delivery: Delivery, who: str) -> str:
    """Nothing of whom the round no longer knows."""
    return delivery.name(who) if who in delivery.round.candidate else ""


def _service(delivery: Delivery, entries: list[ServiceEntry]) -> str:
    service = [Service(e.start, e.end, e.vacancy_id) for e in entries]
    return service_text(service, "", delivery.translator)
