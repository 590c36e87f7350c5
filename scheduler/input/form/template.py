"""The empty form of a region: its places as the reference data have them, all else to fill in."""

from collections.abc import Iterator

from openpyxl import Workbook

from models.department import Department
from models.municipality import Municipality
from scheduler.input.form.book import make_book
from scheduler.input.form.tables import Values
from scheduler.locale import Translator
from scheduler.support.resources import reference_rows

# The regional health authority of a region, and its policy.
_AUTHORITIES = {"nord": "Helse Nord RHF", "vest": "Helse Vest RHF"}
POLICIES = {"nord": "nord-2024", "vest": "vest-2023"}
# What the source of a department says where the trust itself lists it for doctors in GP training.
_LISTED = "ALIS-liste"


def make_template(region: str, translator: Translator) -> Workbook:
    """The form with departments and municipalities of the region, and its policy.

    What the reference data do not know stays blank: agreements, who is registered, and whether a
    department is approved, unless its trust lists it.
    """
    towns = [
        row for row in reference_rows("municipalities.csv") if row["rhf"] == _AUTHORITIES[region]
    ]
    return make_book(
        {"policy": POLICIES[region], "language": translator.language},
        {
            Department.sheet: list(_departments({row["kommunenr"] for row in towns})),
            Municipality.sheet: [
                {"municipality": row["kommunenr"], "name": row["kommunenavn"]} for row in towns
            ],
        },
        translator,
    )


def _departments(towns: set[str]) -> Iterator[Values]:
    """The departments of all sites in these municipalities, by trust and site."""
    sites = {
        row["sted"]: row["hf"]
        for row in reference_rows("sites.csv")
        if row["vertskommunenr"] in towns
    }
    rows = [row for row in reference_rows("departments.csv") if row["sted"] in sites]
    for row in sorted(rows, key=lambda row: (sites[row["sted"]], row["sted"])):
        yield {
            "trust": sites[row["sted"]],
            "site": row["sted"],
            "department": row["avdeling"],
            "specialty": row["fagomrade"],
            "approved": True if _LISTED in row["kilde"] else None,
        }
