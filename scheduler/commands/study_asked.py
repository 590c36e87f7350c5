"""What `alis study` is asked for: rounds, policies, and who does the work."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.finding import N_, finding
from models.language import LanguageCode
from scheduler.commands.console import leave, read_input, talk
from scheduler.commands.options import Exit
from scheduler.locale import Translator

if TYPE_CHECKING:
    from models.round import Round
    from scheduler.studies.combinations import Variant
    from scheduler.studies.executor import Executor

_FORM = N_("{text}: write it like municipal_order=placed,strict,off.")
# Numbers, with a letter or two beside them: no word, and so no name.
_CODE = re.compile(r"(?=.*[0-9])(?!.*[^\W\d_]{3})[\w./-]+")

_TWICE = N_("{text} is named twice; name each policy, and each value to try, once.")
_FREE_SEED = N_(
    "{round}: the lot's seed is text ({seed}), and only ids and numbers may leave this machine. "
    "Leave out --cluster, or write a number as the seed."
)
_ONLY_CLUSTER = N_("--tls-ca, --tls-cert and --tls-key are for --cluster; name that too.")
_ALL_THREE = N_("Name all three: --tls-ca, --tls-cert and --tls-key.")


def asked_variants(
    policies: Sequence[str], numbers: Sequence[str], translator: Translator
) -> "list[Variant]":
    """The policies to try; ends the command where they are not written as they should be."""
    from scheduler.studies.combinations import split_values, variants

    settings: dict[str, Sequence[str]] = {}
    _refuse_twice(policies, translator)
    for text in numbers:
        key, equals, values = text.partition("=")
        found = split_values(values)
        if not equals or not all(found):
            leave(finding(_FORM, text=text), translator, Exit.USAGE)
        _refuse_twice([*settings, key.strip()], translator)
        _refuse_twice(found, translator)
        settings[key.strip()] = found
    return variants(policies, settings)


def _refuse_twice(texts: Sequence[str], translator: Translator) -> None:
    """Ends the command where one of the texts stands among them twice."""
    for text in texts:
        if texts.count(text) > 1:
            leave(finding(_TWICE, text=text), translator, Exit.USAGE)


def asked_rounds(
    paths: Sequence[Path], lang: LanguageCode | None, set_aside: bool, translator: Translator
) -> "tuple[list[Round], list[Path]]":
    """The rounds, and the files they were read from; ends the command where one has errors."""
    from scheduler.report.studies.tables import round_name

    rounds, inputs = [], []
    for number, path in enumerate(paths, 1):
        read = read_input(path, lang, set_aside=set_aside)
        if read.round is None:
            found = finding(N_("{path} has errors; run alis check on it."), path=str(path))
            leave(found, translator, Exit.INPUT)
        rounds.append(read.round)
        inputs += [path, *read.files]
        talk(f"{round_name(number)}: {path}")
    return rounds, inputs


def refuse_seeds_in_words(rounds: "Sequence[Round]", translator: Translator) -> None:
    """Ends the command where a seed of the lot may tell who drew it, or who was there."""
    from scheduler.report.studies.tables import round_name

    for number, round in enumerate(rounds, 1):
        if not _CODE.fullmatch(round.seed):
            found = finding(_FREE_SEED, round=round_name(number), seed=round.seed)
            leave(found, translator, Exit.USAGE)


def asked_executor(
    address: str | None,
    files: Sequence[Path | None],
    workers: int,
    translator: Translator,
) -> "Executor":
    """Who does the work. Raises NotInstalledError or ClusterError."""
    from scheduler.studies.executor import Local

    if address is None:
        if any(files):
            leave(finding(_ONLY_CLUSTER), translator, Exit.USAGE)
        return Local(workers)
    from scheduler.studies.cluster import Cluster, Tls

    if not any(files):
        tls = None
    elif (ca := files[0]) and (cert := files[1]) and (key := files[2]):
        tls = Tls(ca, cert, key)
    else:
        leave(finding(_ALL_THREE), translator, Exit.USAGE)
    return Cluster(address, tls, workers, lambda found: talk(translator.finding(found)))
