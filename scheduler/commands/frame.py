"""What the command says around the commands: help, and what is wrong with what was typed, in the
reader's language. The library below says these things in English only.
"""

import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from models.finding import N_
from scheduler.locale import Translator

_USAGE = N_("Usage:")
_SECTIONS = {"argument": N_("Arguments"), "option": N_("Options")}
_COMMANDS = N_("Commands")
# What the library writes into help, and how we say it; numbers and names stay.
_WORDS = (
    (r"^Show this message and exit\.$", N_("Show this help.")),
    (r"^Install completion for the current shell\.$", N_("Let the Tab key complete commands.")),
    (
        r"^Show completion for the current shell, to copy it or customize the installation\.$",
        N_("Show what completes commands, to copy or change it."),
    ),
    (r"\[required\]$", N_("[required]")),
    (r"\[default: (?P<what>[^\]]*)\]$", N_("[otherwise {what}]")),
    (r"<path>", N_("<path>")),
    (r"<str>|<list\[str\]>", N_("<text>")),
    (r"<int( range)?>", N_("<whole number>")),
    (r"<float( range)?>", N_("<number>")),
    (r"\bINPUT\b", N_("INPUT")),
    (r"\bCANDIDATE\b", N_("CANDIDATE")),
    (r"\bVACANCY\b", N_("VACANCY")),
    (r"\bNAME\b", N_("NAME")),
    (r"\bROUND\b", N_("ROUND")),
    (r"\bKEY=VALUES\b", N_("KEY=VALUES")),
    (r"\bADDRESS\b", N_("ADDRESS")),
    (r"\bSHEET ROW\b", N_("SHEET ROW")),
    (r"\bFILE\b", N_("FILE")),
    (r"<list\[Path\]>", N_("<path>")),
    (r"^\[OPTIONS\]$", N_("[OPTIONS]")),
    (r"^COMMAND \[ARGS\]\.\.\.$", N_("COMMAND …")),
)

# What the library says of something typed, and how we say it.
_WRONG = (
    (r"Missing command\.", N_("Name a command.")),
    (
        r"No such command '(?P<what>.*?)'\. Did you mean (?P<near>[^,]*).*\?",
        N_("There is no command {what}. Did you mean {near}?"),
    ),
    (r"No such command '(?P<what>.*)'\.", N_("There is no command {what}.")),
    (
        r"No such option: (?P<what>\S+) \(Possible options: (?P<near>[^,]*).*\)",
        N_("There is no option {what}. Did you mean {near}?"),
    ),
    (r"No such option: (?P<what>\S+)(?: Did you mean .*)?", N_("There is no option {what}.")),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((?P<what>.*)\)",
        N_("This is more than the command takes: {what}"),
    ),
    (r"Missing argument '(?P<what>.*?)'\..*", N_("{what} is missing.")),
    (r"Missing option '(?P<what>.*?)'\..*", N_("The option {what} is needed.")),
    (r"Option '(?P<what>.*)' does not take a value\.", N_("The option {what} takes no value.")),
    (r"Option '(?P<what>.*)' requires .*", N_("Write a value after {what}.")),
    (
        r"Invalid value for '(?P<what>.*?)':.* '(?P<value>.*?)' is not one of (?P<near>.*)\.",
        N_("{what} cannot be {value}; write one of: {near}."),
    ),
    (
        r"Invalid value for '(?P<what>.*?)':.*valid integer.*",
        N_("{what} is not a whole number; write it with digits only."),
    ),
    (
        r"Invalid value for '(?P<what>.*?)':.*valid number.*",
        N_("{what} is not a number; write it with digits."),
    ),
    (
        r"Invalid value for '(?P<what>.*?)':.*greater than or equal to (?P<near>.*)",
        N_("{what} must be at least {near}."),
    ),
    (
        r"Invalid value for '(?P<what>.*?)':.*less than or equal to (?P<near>.*)",
        N_("{what} must be at most {near}."),
    ),
    (r"Invalid value for '(?P<what>.*?)': (?P<near>.*)", N_("{what}: {near}")),
)


def in_words(text: str, translator: Translator) -> str:
    """What is wrong with what was typed; where the library says something new, in its words."""
    for pattern, ours in _WRONG:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found is not None:
            told = {name: value.replace("'", "") for name, value in found.groupdict().items()}
            if "what" in told:
                told["what"] = in_help(told["what"], translator)
            return translator.text(ours, **told)
    return text


def in_help(text: str, translator: Translator) -> str:
    """A piece of help with what the library writes into it in the reader's words."""
    for pattern, ours in _WORDS:
        found = re.search(pattern, text)
        if found is not None:
            told = translator.text(ours, **found.groupdict())
            text = f"{text[: found.start()]}{told}{text[found.end() :]}"
    return text


class _Spoken:
    """A command or group that helps in one language."""

    translator = Translator("en")

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how the command is called."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        # Our dots are enough; the library adds its own.
        own = [re.sub(r"[{}]", "", piece).replace("…...", "…") for piece in pieces]
        said = [in_help(piece, self.translator) for piece in own]
        prefix = f"{self.translator.text(_USAGE)} "
        formatter.write_usage(ctx.command_path, " ".join(said), prefix=prefix)

    def _write_options(self, ctx: Any, formatter: Any) -> None:
        params, t = self.get_params(ctx), self.translator  # type: ignore[attr-defined]
        for kind, title in _SECTIONS.items():
            own = [p.get_help_record(ctx) for p in params if p.param_type_name == kind]
            records = [(in_help(a, t), in_help(b, t)) for a, b in filter(None, own)]
            self._write(formatter, title, records)

    def _write(self, formatter: Any, title: str, records: Sequence[tuple[str, str]]) -> None:
        if records:
            with formatter.section(self.translator.text(title)):
                formatter.write_dl(records)


class SpokenCommand(_Spoken, TyperCommand):
    """A command that helps in one language."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write what the command takes."""
        self._write_options(ctx, formatter)


class SpokenGroup(_Spoken, TyperGroup):
    """The command of all commands, which helps in one language."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write what the command takes, and the commands in it."""
        self._write_options(ctx, formatter)
        records = [(name, one.get_short_help_str(200)) for name, one in self.commands.items()]
        self._write(formatter, _COMMANDS, records)


def tell_usage(error: TyperException, translator: Translator) -> int:
    """Tell what is wrong with what was typed, and where to find help; the exit code."""
    ctx = getattr(error, "ctx", None)
    text = error.format_message()
    if ctx is not None and text == ctx.get_help():  # nothing was typed at all
        typer.echo(text, err=True)
        return error.exit_code
    if ctx is not None:
        typer.echo(f"{ctx.get_usage()}\n", err=True)
    said = translator.text(N_("Error: {what}"), what=in_words(text, translator))
    typer.echo(said, err=True)
    command = "alis" if ctx is None else ctx.command_path
    helped = translator.text(N_("Write «{command} -h» for help."), command=command)
    typer.echo(helped, err=True)
    return error.exit_code
