"""docs/nb/arkene.md: every sheet and column to fill in, in bokmål."""

from collections.abc import Iterator

from models.base import Noun
from scheduler.input.form.help import help_text
from scheduler.input.sheets import OWN, SHEETS, noun_of
from scheduler.locale import Translator

NB, NN = Translator("nb"), Translator("nn")

HEAD = """\
# Arkene du fyller ut

*Laget av `make docs` fra koden; rett dem der. [In English](../input.md).*

Én arbeidsbok (`.xlsx`, `.xlsm`), eller en mappe med én CSV-fil for hvert ark. Ark og kolonner kan
hete det de heter på bokmål, nynorsk eller engelsk, og stå i hvilken rekkefølge som helst. Egne
kolonner og ark med egne navn blir ikke brukt, og blir med videre.

Den letteste veien til en riktig arbeidsbok er `alis template --out runde.xlsx --region nord`
(eller `vest`). Den har nedtrekkslister, hjelpetekst ved hver overskrift og gule celler for det
som mangler.

* **Navn som er nesten riktige** (et ark, en kolonne, et kodeord), er feil, og meldingen spør
  «mente du …?». Det lages aldri en plan av en halv arbeidsbok.
* **Datoer** kan skrives som Excel-datoer, `1.9.2026`, `01.09.26`, `2026-09-01`, `1. september
  2026` og `13/9/2026`. Kan dag og måned forveksles (`7/11/2026`), nevner meldingen begge dagene.
* **Tidsrom**: første og siste dag med `..`, `-`, `–` eller `til` mellom, `1.1.2027–31.3.2027`;
  komma mellom to.
* **Ja og nei**: ja/nei, j/n, x, 1/0.
* **Kommuner**: `1804`, `1804 Bodø`, eller `Bodø` der bare én heter det.
* **Id-er** har høyst 40 tegn og sier ikke noe om hvem det er: `K01`.
* **Merknader** står i en egen kolonne. En rad med bare en merknad er en feil.
"""

OWN_HEAD = """\
# Ark som alis selv skriver i inndataene

`alis next` legger til to ark. De er for mennesker; ingenting i dem teller i en plan.
"""


def input_page_nb() -> str:
    """The page."""
    sheets = [line for name in SHEETS for line in _sheet(noun_of(name))]
    own = [line for name in OWN for line in _sheet(noun_of(name))]
    return "\n".join([HEAD, *sheets, OWN_HEAD, *own])


def _sheet(noun: type[Noun]) -> Iterator[str]:
    yield f"## {NB.sheet(noun.sheet)}\n"
    yield "| kolonne | på nynorsk | hva som skal stå der |"
    yield "|---|---|---|"
    for field in noun.model_fields:
        header = noun.header(field)
        name = NB.column(header)
        shown = f"**{name}**" if noun.required(field) else name
        text = help_text(noun, field, NB).replace("\n", "<br>").replace("|", "\\|")
        yield f"| {shown} | {NN.column(header)} | {text} |"
    yield ""
