"""`alis policy`: a policy in words, each number with its source."""

from typing import Annotated

import typer

from models.finding import N_
from scheduler.commands.console import asked_for, read_policy, say, tell
from scheduler.commands.options import JsonOption, LangOption
from scheduler.locale import Translator


def policy(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=N_("A shipped policy, or a file."))
    ] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.report.sheets.policy import policy_data, policy_lines
    from scheduler.support.resources import shipped_policies

    translator = Translator(asked_for(lang) or "nb")
    if name is None:
        if as_json:
            say(list(shipped_policies()))
        else:
            tell(translator.text(N_("The shipped policies; write alis policy NAME for one:")))
            for shipped in shipped_policies():
                tell(f"  {shipped}")
        return
    loaded = read_policy(name, translator)
    if as_json:
        say(policy_data(loaded, translator))
    else:
        for line in policy_lines(name, loaded, translator):
            tell(line)
