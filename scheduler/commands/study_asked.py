"""What `alis study` is asked for: rounds, policies, and who does the work."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from models.finding import N_, Finding, finding
from models.language import LanguageCode
from scheduler.commands.console import leave, note, read_input, talk
from scheduler.commands.options import Exit
from scheduler.locale import Translator

if TYPE_CHECKING:
    from models.round import Round
    from scheduler.studies.combinations import Variant
    from scheduler.studies.executor import Executor

_FORM = N_("{text}: write it like municipal_order=placed,strict,off.")
_TWICE = N_("{text} is named twice; name each policy, and each value to try, once.")
_ONLY_CLUSTER = N_("--tls-ca, --tls-cert and --tls-key are for --cluster; name that too.")
_ALL_THREE = N_("Name all three: --tls-ca, --tls-cert and --tls-key.")


def asked_variants(
    policies: Sequence[str], numbers: Sequence[str], translator: Translator
) -> "list[Variant]":
    """The policies to try; ends the command where they are not written as they should be."""
    from scheduler.studies.combinations import split_values, variants
    from scheduler.support.errors import UnreadableError

    settings: dict[str, Sequence[str]] = {}
    problems = _twice(policies)
    for text in numbers:
        key, equals, values = text.partition("=")
        found = split_values(values)
        if not equals or not all(found):
            problems.append(finding(_FORM, text=text))
            continue
        problems += [*_twice([*settings, key.strip()]), *_twice(found)]
        settings[key.strip()] = found
    chosen: list[Variant] = []
    try:
        chosen = variants(policies, settings)
    except UnreadableError as error:
        problems += error.findings
    if problems:
        note(list(dict.fromkeys(problems)), translator)
        raise typer.Exit(Exit.USAGE)
    return chosen


def _twice(texts: Sequence[str]) -> list[Finding]:
    """What is said of each of the texts that stands among them twice."""
    return [finding(_TWICE, text=text) for text in dict.fromkeys(texts) if texts.count(text) > 1]


def asked_rounds(
    paths: Sequence[Path], lang: LanguageCode | None, set_aside: bool, translator: Translator
) -> "tuple[list[Round], list[Path]]":
    """The rounds, and the files they were read from; ends the command where some have errors."""
    from scheduler.studies.combinations import round_name

    rounds, inputs = [], []
    codes: set[int] = set()
    for number, path in enumerate(paths, 1):
        talk(f"{round_name(number)}: {path}")
        try:
            read = read_input(path, lang, set_aside=set_aside)
        except typer.Exit as left:  # why has been told; the other rounds are looked at too
            codes.add(left.exit_code)
            continue
        if read.round is None:
            found = finding(N_("{path} has errors; run alis check on it."), path=str(path))
            note([found], translator)
            codes.add(Exit.INPUT)
        else:
            rounds.append(read.round)
            inputs += [path, *read.files]
    if codes:
        raise typer.Exit(min(codes))
    return rounds, inputs


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
