"""The sheet with keys and values: the round's own facts and its policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from models.finding import N_, Finding, finding
from models.policy import Policy
from models.settings import RoundSettings
from scheduler.input.cells import fold
from scheduler.input.files.grid import Grid, as_text
from scheduler.input.files.policies import policy_beside
from scheduler.input.files.source import Source
from scheduler.input.message import Message, Severity
from scheduler.input.rows import read_table
from scheduler.input.sheets import field_names, key_value_names
from scheduler.locale import Translator
from scheduler.problem.calendar import add_months
from scheduler.support.errors import UnreadableError

_KEY_TWICE = N_("The key {key} stands twice; keep one of them.")
_UNKNOWN_KEY = N_("The key {key} is not known and is not used.")
_NO_KEY = N_("The key {key} is missing; add it.")
_NO_COLUMNS = N_("The first line must name two columns: {key} and {value}.")
_SEED_REASON = N_("A seed that is not the run date needs a reason; write it in seed_reason.")
_NEXT_ROUND = N_("The next round must come after the run date {run_date}.")


@dataclass
class Settings:
    """The round's own facts as read; `policy` is None if it could not be, `files` its file."""

    values: dict[str, Any] = field(default_factory=dict)
    policy: Policy | None = None
    messages: list[Message] = field(default_factory=list)
    files: tuple[Path, ...] = ()
    checksums: Mapping[str, str] = field(default_factory=dict)

    def facts(self) -> dict[str, object]:
        """The arguments that `Round.build` takes from here."""
        read = RoundSettings.model_validate(self.values)
        return {
            "name": read.name,
            "run_date": read.run_date,
            "next_round_date": read.next_round_date or add_months(read.run_date, 3),
            "policy_name": read.policy,
            "policy": self.policy,
            "language": read.language.value,
            "seed": read.seed or f"{read.run_date:%Y%m%d}",
            "seed_reason": read.seed_reason,
        }


def read_settings(grid: Grid | None, source: Source, translator: Translator) -> Settings:
    """Read the sheet by turning it on its side: each key is a column with one value."""
    settings = Settings()
    if grid is None:
        return settings
    turned, lines, messages = _turned(grid, translator)
    settings.messages.extend(messages)
    if not turned.rows:
        return settings
    table = read_table(turned, RoundSettings, field_names(RoundSettings.sheet), translator)
    for message in table.messages:
        name = next((n for n, c in table.columns.items() if c == message.place.column), None)
        line, column = lines.get(name or "", (0, 0))
        found = message.finding
        if message.severity is Severity.NOTICE:
            continue  # an unknown key has been told already
        if name is None and "column" in dict(found.values):
            found = finding(_NO_KEY, key=found.value("column"))
        settings.messages.append(replace(message, place=grid.place(line, column), finding=found))
    if table.rows:
        settings.values = table.rows[0].values
    _judge(settings, grid, lines, source)
    return settings


def _turned(
    grid: Grid, translator: Translator
) -> tuple[Grid, dict[str, tuple[int, int]], list[Message]]:
    """The sheet with keys as headers, and the cell of each key's value."""
    names, fields = key_value_names(), field_names(RoundSettings.sheet)
    messages: list[Message] = []
    lines: dict[str, tuple[int, int]] = {}
    columns: dict[str, int] = {}
    start = 0
    for line, cells in enumerate(grid.rows[:15], 1):
        columns = {
            names[fold(as_text(c))]: n for n, c in enumerate(cells, 1) if fold(as_text(c)) in names
        }
        if len(columns) == 2:
            start = line
            break
    if not start:
        found = finding(_NO_COLUMNS, key=translator.column("key"), value=translator.column("value"))
        messages.append(Message(Severity.ERROR, grid.place(1), "", found))
        return replace(grid, rows=[]), lines, messages
    key_column, value_column = columns["key"], columns["value"]
    header: list[Any] = []
    values: list[Any] = []
    empty: set[tuple[int, int]] = set()
    for line, cells in enumerate(grid.rows[start:], start + 1):
        key = as_text(cells[key_column - 1]) if len(cells) >= key_column else ""
        name = fields.get(fold(key))
        if not key:
            continue
        if name is None:
            text = finding(_UNKNOWN_KEY, key=key)
            messages.append(Message(Severity.NOTICE, grid.place(line, key_column), key, text))
        elif name in lines:
            text = finding(_KEY_TWICE, key=key)
            messages.append(Message(Severity.ERROR, grid.place(line, key_column), key, text))
        else:
            lines[name] = (line, value_column)
            header.append(key)
            values.append(cells[value_column - 1] if len(cells) >= value_column else None)
            if (line, value_column) in grid.empty_formulas:
                empty.add((2, len(header)))
    # A line with nothing filled in would not be read as a line at all.
    rows = [header, values if any(as_text(v) for v in values) else ["", *values[1:]]]
    turned = replace(grid, rows=rows, hidden_lines=frozenset(), empty_formulas=frozenset(empty))
    return turned, lines, messages


def _judge(
    settings: Settings, grid: Grid, lines: dict[str, tuple[int, int]], source: Source
) -> None:
    values = settings.values

    def say(name: str, found: Finding) -> None:
        line, column = lines.get(name, (0, 0))
        message = Message(
            Severity.ERROR, grid.place(line, column), str(values.get(name, "")), found
        )
        settings.messages.append(message)

    run_date, following = values.get("run_date"), values.get("next_round_date")
    if run_date and following and following <= run_date:
        say("next_round_date", finding(_NEXT_ROUND, run_date=run_date))
    seed = values.get("seed")
    if run_date and seed and seed != f"{run_date:%Y%m%d}" and not values.get("seed_reason"):
        say("seed", finding(_SEED_REASON))
    if values.get("policy"):
        try:
            loaded = policy_beside(values["policy"], source.folder)
        except UnreadableError as error:
            for found in error.findings:
                say("policy", found)
        else:
            settings.policy = loaded.policy
            settings.files, settings.checksums = loaded.files, loaded.checksums
