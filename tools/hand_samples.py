"""The samples made by hand: small, where every outcome can be told by hand, and conflict."""

from datetime import date

from models.candidate import Candidate, CandidateStatus, Scheme, SplitWish
from models.department import Department
from models.lock import Lock, LockStatus
from models.municipality import Agreement, Municipality, Priority
from models.settings import RoundSettings
from models.vacancy import Certainty, Vacancy
from models.wish import Wish
from scheduler.input.writing import InputFacts

NLSH = "Nordlandssykehuset HF"
UNN = "Universitetssykehuset Nord-Norge HF"
FINNMARK = "Finnmarkssykehuset HF"
BODO, LOFOTEN = "Nordlandssykehuset Bodø", "Nordlandssykehuset Lofoten"
VESTERALEN, FAUSKE = "Nordlandssykehuset Vesterålen", "Salten DPS Fauske"
HAMMERFEST, KIRKENES = "Hammerfest sykehus", "Kirkenes sykehus"
MEDICINE, SURGERY, CHILDREN = "Generell indremedisin", "Generell kirurgi", "Barnemedisin"
ORTHO, PSYCHIATRY = "Ortopedi", "Psykiatri"
FMEDICINE = "Avdeling for medisin"
RUN = date(2026, 3, 1)


def _vacancy(
    name: str, site: str, department: str, start: date, end: date, **more: object
) -> Vacancy:
    trust = FINNMARK if site in (HAMMERFEST, KIRKENES) else NLSH
    facts = {
        "vacancy_id": name,
        "trust": trust,
        "site": site,
        "department": department,
        "start": start,
        "end": end,
        "advertised_on": date(2026, 2, 2),
        **more,
    }
    return Vacancy.model_validate(facts)


def _candidate(number: int, municipality: str, wished: date, **more: object) -> Candidate:
    facts = {
        "candidate_id": f"K{number:02d}",
        "name": f"Kandidat {number:03d}",
        "municipality": municipality,
        "wished_start": wished,
        "practice_start": date(2024, 1, 15),
        "open_to_other_sites": False,
        "open_to_other_departments": False,
        "registered_on": date(2025, 9, 1 + number * 7 % 27),
        **more,
    }
    return Candidate.model_validate(facts)


def _wishes(*rows: tuple[int, str, str]) -> list[Wish]:
    found: list[Wish] = []
    for number, site, department in rows:
        who = f"K{number:02d}"
        rank = 1 + sum(w.candidate_id == who for w in found)
        trust = FINNMARK if site in (HAMMERFEST, KIRKENES) else NLSH
        found.append(
            Wish(candidate_id=who, rank=rank, trust=trust, site=site, department=department)
        )
    return found


def _towns(*towns: tuple[str, str]) -> list[Municipality]:
    return [Municipality(municipality=n, name=name, registered_from=True) for n, name in towns]


def small_facts() -> InputFacts:
    """Twelve candidates; data/samples/small/README.md tells each outcome by hand."""
    sep1 = date(2026, 9, 1)
    return InputFacts(
        RoundSettings(name="Liten runde våren 2026 (eksempel)", run_date=RUN, policy="nord-2024"),
        {
            "candidates": [
                _candidate(1, "1865", sep1, practice_start=date(2024, 12, 1)),
                _candidate(2, "1865", sep1),
                _candidate(3, "1804", date(2026, 8, 1)),
                _candidate(4, "1860", date(2026, 8, 15)),
                _candidate(5, "1859", date(2027, 2, 1)),
                _candidate(6, "1866", sep1, split=SplitWish.ACCEPT),
                _candidate(7, "1804", sep1, wished_start_latest=date(2026, 9, 30)),
                _candidate(8, "1841", sep1),
                _candidate(9, "1806", sep1),
                _candidate(10, "1837", date(2025, 9, 1)),
                _candidate(11, "1804", sep1, status=CandidateStatus.ON_HOLD),
                _candidate(12, "1870", date(2026, 6, 1), remaining_months=0),
            ],
            "wishes": _wishes(
                (1, LOFOTEN, MEDICINE),
                (2, LOFOTEN, MEDICINE),
                (3, BODO, CHILDREN),
                (4, LOFOTEN, SURGERY),
                (5, LOFOTEN, SURGERY),
                (6, VESTERALEN, ORTHO),
                (6, VESTERALEN, SURGERY),
                (7, BODO, MEDICINE),
                (8, FAUSKE, PSYCHIATRY),
                (9, BODO, ""),
                (10, BODO, MEDICINE),
                (11, BODO, MEDICINE),
                (12, VESTERALEN, MEDICINE),
            ),
            "priority": [
                Priority(municipality="1865", priority=1, candidate_id="K01"),
                Priority(municipality="1865", priority=2, candidate_id="K02"),
                Priority(municipality="1804", priority=1, candidate_id="K07"),
                Priority(municipality="1804", priority=2, candidate_id="K03"),
            ],
            "vacancies": [
                _vacancy("V01", LOFOTEN, MEDICINE, sep1, date(2027, 2, 28)),
                _vacancy("V02", LOFOTEN, MEDICINE, date(2027, 3, 1), date(2027, 8, 31)),
                _vacancy("V03", BODO, CHILDREN, date(2026, 8, 1), date(2027, 5, 31)),
                _vacancy("V04", LOFOTEN, SURGERY, date(2026, 8, 15), date(2027, 8, 14)),
                _vacancy("V05", VESTERALEN, ORTHO, sep1, date(2026, 11, 30)),
                _vacancy("V06", FAUSKE, PSYCHIATRY, sep1, date(2027, 1, 31)),
                _vacancy("V07", BODO, MEDICINE, sep1, date(2026, 11, 30)),
                _vacancy("V08", BODO, MEDICINE, date(2026, 12, 1), date(2027, 2, 28)),
                _vacancy(
                    "V09",
                    VESTERALEN,
                    SURGERY,
                    date(2027, 1, 1),
                    date(2027, 3, 31),
                    certainty=Certainty.EXPECTED,
                ),
                _vacancy("V10", VESTERALEN, MEDICINE, date(2026, 6, 1), date(2026, 11, 30)),
            ],
            "departments": [
                *_departments(
                    (LOFOTEN, MEDICINE),
                    (LOFOTEN, SURGERY),
                    (BODO, CHILDREN),
                    (BODO, MEDICINE),
                    (VESTERALEN, ORTHO),
                    (VESTERALEN, SURGERY),
                    (VESTERALEN, MEDICINE),
                    (FAUSKE, PSYCHIATRY),
                ),
                Department(trust=UNN, site="UNN Narvik", department="Medisinsk avdeling"),
            ],
            "municipalities": _towns(
                ("1804", "Bodø"),
                ("1806", "Narvik"),
                ("1837", "Meløy"),
                ("1841", "Fauske"),
                ("1859", "Flakstad"),
                ("1860", "Vestvågøy"),
                ("1865", "Vågan"),
                ("1866", "Hadsel"),
                ("1870", "Sortland"),
            ),
            "agreements": [
                Agreement(municipality=n, trust=UNN if n == "1806" else NLSH)
                for n in ("1804", "1806", "1837", "1841", "1859", "1860", "1865", "1866", "1870")
            ],
            "locks": [
                Lock(
                    candidate_id="K12",
                    vacancy_id="V10",
                    start=date(2026, 6, 1),
                    end=date(2026, 11, 30),
                    status=LockStatus.CONTRACT,
                )
            ],
        },
    )


def _departments(*places: tuple[str, str]) -> list[Department]:
    return [
        Department(
            trust=FINNMARK if site in (HAMMERFEST, KIRKENES) else NLSH,
            site=site,
            department=department,
        )
        for site, department in places
    ]


def conflict_facts() -> InputFacts:
    """Locks that collide; data/samples/conflict/README.md tells each conflict by hand."""

    def lock(number: int, vacancy: str, start: date, end: date, status: LockStatus) -> Lock:
        return Lock(
            candidate_id=f"K{number:02d}",
            vacancy_id=vacancy,
            start=start,
            end=end,
            status=status,
        )

    sep1, mar1 = date(2026, 9, 1), date(2027, 3, 1)
    return InputFacts(
        RoundSettings(name="Runde med konflikter (eksempel)", run_date=RUN, policy="nord-2024"),
        {
            "candidates": [
                _candidate(1, "5603", date(2026, 3, 1), remaining_months=0),
                _candidate(2, "5603", sep1, remaining_months=0),
                _candidate(3, "5601", mar1, remaining_months=0),
                _candidate(4, "5605", sep1, remaining_months=0, scheme=Scheme.OLD),
                _candidate(5, "5605", date(2025, 12, 1), remaining_months=0),
                _candidate(6, "5601", date(2027, 3, 1)),
            ],
            "wishes": _wishes(
                (1, HAMMERFEST, FMEDICINE),
                (2, HAMMERFEST, FMEDICINE),
                (3, HAMMERFEST, FMEDICINE),
                (4, KIRKENES, FMEDICINE),
                (5, KIRKENES, FMEDICINE),
                (6, HAMMERFEST, FMEDICINE),
            ),
            "priority": [
                Priority(municipality="5603", priority=1, candidate_id="K01"),
                Priority(municipality="5603", priority=2, candidate_id="K02"),
            ],
            "vacancies": [
                _vacancy("V1", HAMMERFEST, FMEDICINE, date(2026, 3, 1), date(2027, 8, 31)),
                _vacancy("V2", HAMMERFEST, FMEDICINE, mar1, date(2027, 8, 31)),
                _vacancy("V3", KIRKENES, FMEDICINE, sep1, date(2027, 1, 31)),
            ],
            "departments": _departments((HAMMERFEST, FMEDICINE), (KIRKENES, FMEDICINE)),
            "municipalities": [
                Municipality(
                    municipality="5603", name="Hammerfest", registered_from=True, max_away=1
                ),
                *_towns(("5601", "Alta"), ("5605", "Sør-Varanger")),
            ],
            "agreements": [
                Agreement(municipality=n, trust=FINNMARK) for n in ("5601", "5603", "5605")
            ],
            "locks": [
                lock(1, "V1", date(2026, 3, 1), date(2026, 10, 31), LockStatus.IN_SERVICE),
                lock(2, "V1", sep1, date(2027, 2, 28), LockStatus.CONTRACT),
                lock(3, "V1", mar1, date(2027, 8, 31), LockStatus.OFFERED),
                lock(4, "V3", sep1, date(2027, 2, 28), LockStatus.ACCEPTED),
                lock(5, "V9", sep1, date(2027, 2, 28), LockStatus.ACCEPTED),
            ],
        },
    )
