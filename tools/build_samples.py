"""Build data/samples: `make samples`. A test checks that the committed files are these."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.input.writing import write_input
from scheduler.locale import Translator
from scheduler.samples.region import make_sample
from tools.broken_sample import write_broken
from tools.hand_samples import conflict_facts, small_facts

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


def build(folder: Path) -> None:
    """Write every sample below the folder."""
    bokmal = Translator("nb")
    write_input(folder / "small" / "input.xlsx", small_facts(), bokmal)
    write_input(folder / "conflict" / "input.xlsx", conflict_facts(), bokmal)
    write_input(folder / "nord" / "input.xlsx", make_sample("nord", 120, 100, 2028), bokmal)
    write_input(folder / "vest", make_sample("vest", 60, 50, 7), bokmal)
    write_broken(folder / "broken", small_facts(), bokmal)


def main() -> None:
    """Build them in a new folder, then put them over those that are there."""
    with TemporaryDirectory() as folder:
        build(Path(folder))
        shutil.copytree(folder, SAMPLES, copy_function=shutil.copyfile, dirs_exist_ok=True)


if __name__ == "__main__":
    main()
