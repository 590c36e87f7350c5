"""`alis policy`: a policy in words, each number with its source."""

from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_, finding
from scheduler.commands.console import asked_for, leave, note, read_policy, say, tell, writing
from scheduler.commands.options import Copy, Exit, JsonOption, LangOption, Overwrite
from scheduler.locale import Translator


def policy(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=N_("A shipped policy, or a file."))
    ] = None,
    copy: Copy = None,
    overwrite: Overwrite = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.report.sheets.policy import policy_data, policy_lines
    from scheduler.support.resources import shipped_policies

    translator = Translator(asked_for(lang) or "nb")
    if copy is not None and name is None:
        leave(finding(N_("Say which policy to copy.")), translator, Exit.USAGE)
    if name is None:
        if as_json:
            say(list(shipped_policies()))
        else:
            tell(translator.text(N_("The shipped policies; write alis policy NAME for one:")))
            for shipped in shipped_policies():
                tell(f"  {shipped}")
        return
    loaded = read_policy(name, translator)
    if copy is not None:
        from scheduler.support.safe_write import write_file

        source = shipped_policies().get(name, Path(name))
        with writing(translator):
            content = source.read_bytes()
            notes = write_file(copy, content, overwrite=overwrite, inputs=(source,))
        note(notes, translator)
        tell(str(copy))
        return
    if as_json:
        say(policy_data(loaded, translator))
    else:
        for line in policy_lines(name, loaded, translator):
            tell(line)
