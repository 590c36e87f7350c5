"""The sheet with keys and values: the round's own facts and its policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from models.finding import N_, Finding, Header, finding
from models.policy import Policy
from models.settings import RoundSettings
from scheduler.input.files.grid import Cell, Grid, as_text
from scheduler.input.files.policies import policy_beside
from scheduler.input.files.source import Source
from scheduler.input.headers import Match, Standing, match
from scheduler.input.message import Message, Severity, visible
from scheduler.input.rows import read_table
from scheduler.input.sheets import KEY, VALUE, field_names, key_value_names
from scheduler.input.values.cells import fold
from scheduler.locale import Translator
from scheduler.problem.calendar import add_months
from scheduler.support.errors import UnreadableError

_KEY_TWICE = N_("The key {key} stands twice; keep one of them.")
_KEY_ALIKE = N_(
    "The key {key} can hardly be told from {nearest}, which stands here too; delete one of them."
)
_NEAR_KEY = N_(
    "The key {key} is not known. Did you mean {nearest}? Write that, or delete the line."
)
_UNKNOWN_KEY = N_("The key {key} is not known and is not used.")
_NO_KEY = N_("The key {key} is missing; add it.")
_NO_COLUMNS = N_("The first line must name two columns: {key} and {value}.")
_SEED_REASON = N_("A seed that is not the run date needs a reason; write it at {key}.")
_NO_SEED = N_(
    "There is a reason for the seed, but no seed; write it at {key}, or delete the reason."
)
_NEXT_ROUND = N_("The next round must come after the run date {run_date}.")
_LATE_ROUND = N_(
    "The next round is more than a year after the run date {run_date}; check the year."
)


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
            "coordinator": read.coordinator,
            "coordinator_email": read.coordinator_email,
            "coordinator_phone": read.coordinator_phone,
            "channel": read.channel,
        }


def read_settings(grid: Grid | None, source: Source, translator: Translator) -> Settings:
    """Read the sheet by turning it on its side: each key is a column with one value."""
    settings = Settings()
    if grid is None:
        return settings
    start, columns = _key_and_value(grid)
    if not columns:
        found = finding(_NO_COLUMNS, key=translator.column(KEY), value=translator.column(VALUE))
        settings.messages.append(Message(Severity.ERROR, grid.place(1), "", found))
        return settings
    keys = _keys(grid, start, columns[KEY], settings.messages, translator)
    lines = {name: (line, columns[VALUE]) for name, line in keys.items()}
    turned, fields = _turned(grid, lines), {fold(name): name for name in RoundSettings.model_fields}
    table = read_table(turned, RoundSettings, fields, translator)
    for message in table.messages:
        name = next((n for n, c in table.columns.items() if c == message.place.column), None)
        line, column = lines.get(name or "", (0, 0))
        found = message.finding
        if name is None and "column" in dict(found.values):
            found = finding(_NO_KEY, key=found.value("column"))
        if name is not None or message.severity is Severity.ERROR:
            place = grid.place(line, column)
            settings.messages.append(replace(message, place=place, finding=found))
    if table.rows:
        settings.values = table.rows[0].values
    _judge(settings, grid, lines, source)
    return settings


def _key_and_value(grid: Grid) -> tuple[int, dict[str, int]]:
    """The line that names the columns of keys and values, and the two; no columns if none does."""
    names = key_value_names()
    for line, cells in enumerate(grid.rows[:15], 1):
        columns = {
            names[fold(as_text(c))]: n for n, c in enumerate(cells, 1) if fold(as_text(c)) in names
        }
        if len(columns) == 2:
            return line, columns
    return 0, {}


def _keys(
    grid: Grid, start: int, column: int, messages: list[Message], translator: Translator
) -> dict[str, int]:
    """The line of each key; what is not one is told."""
    written = {
        line: as_text(cells[column - 1])
        for line, cells in enumerate(grid.rows[start:], start + 1)
        if len(cells) >= column and as_text(cells[column - 1])
    }
    names = field_names(RoundSettings.sheet)
    found: dict[str, int] = {}
    for (line, key), one in zip(written.items(), match(list(written.values()), names), strict=True):
        if one.standing is Standing.KNOWN:
            found[one.name] = line
            continue
        if one.standing is Standing.NEAR:
            found.setdefault(one.name, line)
        severity = Severity.NOTICE if one.standing is Standing.FAR else Severity.ERROR
        text = _odd_key(visible(key), one, translator, exact=fold(key) in names)
        messages.append(Message(severity, grid.place(line, column), visible(key), text))
    return found


def _odd_key(shown: str, one: Match, translator: Translator, *, exact: bool) -> Finding:
    if one.standing is Standing.FAR:
        return finding(_UNKNOWN_KEY, key=shown)
    if one.standing is Standing.TWICE and exact:
        return finding(_KEY_TWICE, key=shown)
    template = _NEAR_KEY if one.standing is Standing.NEAR else _KEY_ALIKE
    nearest = one.proposal(lambda t: t.column(RoundSettings.header(one.name)), translator)
    return finding(template, key=shown, nearest=nearest)


def _turned(grid: Grid, lines: dict[str, tuple[int, int]]) -> Grid:
    """The sheet with keys as column names, in one line below them."""
    values: list[Cell] = []
    empty: set[tuple[int, int]] = set()
    for line, column in lines.values():
        cells = grid.rows[line - 1]
        values.append(cells[column - 1] if len(cells) >= column else None)
        if (line, column) in grid.empty_formulas:
            empty.add((2, len(values)))
    return replace(
        grid,
        rows=[list(lines), values],
        hidden_lines=frozenset(),
        struck_lines=frozenset(),
        empty_formulas=frozenset(empty),
        beyond=frozenset(),
    )


def _judge(
    settings: Settings, grid: Grid, lines: dict[str, tuple[int, int]], source: Source
) -> None:
    values = settings.values

    def say(name: str, found: Finding, severity: Severity = Severity.ERROR) -> None:
        place = grid.place(*lines.get(name, (0, 0)))
        value = visible(str(values.get(name, "")))
        settings.messages.append(Message(severity, place, value, found))

    run_date, following = values.get("run_date"), values.get("next_round_date")
    if run_date and following and following <= run_date:
        say("next_round_date", finding(_NEXT_ROUND, run_date=run_date))
    elif run_date and following and following > add_months(run_date, 12):
        late = finding(_LATE_ROUND, run_date=run_date)
        say("next_round_date", late, Severity.WARNING)
    seed = values.get("seed")
    if run_date and seed and seed != f"{run_date:%Y%m%d}" and not values.get("seed_reason"):
        say("seed", finding(_SEED_REASON, key=Header(RoundSettings.header("seed_reason"))))
    if values.get("seed_reason") and not seed:
        say("seed_reason", finding(_NO_SEED, key=Header(RoundSettings.header("seed"))))
    if values.get("policy"):
        try:
            loaded = policy_beside(values["policy"], source.folder)
        except UnreadableError as error:
            for found in error.findings:
                say("policy", found)
        else:
            settings.policy = loaded.policy
            settings.files, settings.checksums = loaded.files, loaded.checksums
