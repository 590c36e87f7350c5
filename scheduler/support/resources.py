"""Where shipped data lies: beside the code in a checkout, inside the package when installed."""

import csv
from pathlib import Path

_HERE = Path(__file__).parent.parent


def data_folder() -> Path:
    """The folder with policies, samples and reference data."""
    inside = _HERE / "data"
    return inside if inside.is_dir() else _HERE.parent / "data"


def shipped_policies() -> dict[str, Path]:
    """The shipped policy files by name."""
    return {p.stem: p for p in sorted((data_folder() / "policies").glob("*.toml"))}


def reference_rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of reference data (municipalities, sites, departments)."""
    path = data_folder() / "reference" / name
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))
