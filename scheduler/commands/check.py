"""`alis check`: the input, every error and warning."""

import typer

from scheduler.commands.console import (
    must_be_workbook,
    note,
    read_input,
    say,
    tell,
    writing,
)
from scheduler.commands.options import Exit, Input, JsonOption, LangOption, Marked, Overwrite
from scheduler.locale import Translator


def check(
    path: Input,
    marked: Marked = None,
    overwrite: Overwrite = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.explanations.wording.warnings import option_warnings
    from scheduler.report.lines import message_lines, messages_data

    read = read_input(path, lang)
    translator = Translator(read.language)
    if marked is not None:
        ending = read.files[0].suffix.lower()
        must_be_workbook(marked, translator, ending if ending == ".xlsm" else ".xlsx")
    messages = (*read.messages, *option_warnings(read))
    if as_json:
        say(messages_data(messages, translator))
    else:
        for line in message_lines(messages, translator):
            tell(line)
    if marked is not None:
        from scheduler.report.marked import marked_copy
        from scheduler.support.safe_write import write_file

        copy = marked_copy(read, messages, translator)
        with writing(translator):
            inputs = (path, *read.files)
            notes = write_file(marked, copy, overwrite=overwrite, inputs=inputs)
        note(notes, translator)
        if not as_json:
            tell(str(marked))
    raise typer.Exit(Exit.INPUT if read.errors else Exit.DONE)
