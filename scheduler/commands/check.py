"""`alis check`: the input, every error and warning."""

import typer

from scheduler.commands.console import read_input, say, talk, tell
from scheduler.commands.options import Exit, Input, JsonOption, LangOption, Marked
from scheduler.locale import Translator


def check(
    path: Input,
    marked: Marked = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.explanations.wording.warnings import option_warnings
    from scheduler.report.lines import message_lines, messages_data

    read = read_input(path, lang)
    translator = Translator(read.language)
    messages = (*read.messages, *option_warnings(read))
    if marked is not None:
        from scheduler.report.marked import write_marked

        try:
            write_marked(marked, read.grids, messages, translator)
        except OSError as error:
            talk(f"{marked}: {error.strerror}")
            raise typer.Exit(Exit.NOT_WRITTEN) from error
    if as_json:
        say(messages_data(messages, translator))
    else:
        for line in message_lines(messages, translator):
            tell(line)
    raise typer.Exit(Exit.INPUT if read.errors else Exit.DONE)
