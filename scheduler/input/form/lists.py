"""The hidden sheet that drop-downs take their lists from.

Its formulas sort the departments by trust and site, so that the sites of a trust and the
departments of a site stand together, and go on doing so as departments are added, sorted or taken
away: they name whole columns of the departments sheet, never single cells of it. Excel before 365
has neither UNIQUE nor FILTER, so they do without.
"""

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from models.base import Noun
from models.candidate import Candidate
from models.department import Department
from models.municipality import Municipality
from models.vacancy import Vacancy
from scheduler.input.form.names import LISTS
from scheduler.locale import Translator

# How many departments and municipalities can be added before the lists must be made longer.
_SPARE = 250

# Header and formula of each column. {r} is the row, {p} the row before, {n} the last one.
_COLUMNS: tuple[tuple[str, str], ...] = (
    ("trust", '=INDEX({trust},ROW())&""'),
    ("site", '=INDEX({site},ROW())&""'),
    ("department", '=INDEX({department},ROW())&""'),
    ("trust|site", '=A{r}&"|"&B{r}'),
    (
        "place in order",
        '=IF(OR(A{r}="",B{r}="",C{r}=""),"",MATCH(A{r},A$2:A${n},0)*100000000'
        "+MATCH(D{r},D$2:D${n},0)*10000+ROW())",
    ),
    ("sorted row", '=IF(ROW()-1>COUNT(E$2:E${n}),"",MATCH(SMALL(E$2:E${n},ROW()-1),E$2:E${n},0))'),
    ("trust, sorted", '=IF(F{r}="","",INDEX(A$2:A${n},F{r}))'),
    ("site, sorted", '=IF(F{r}="","",INDEX(B$2:B${n},F{r}))'),
    ("department, sorted", '=IF(F{r}="","",INDEX(C$2:C${n},F{r}))'),
    ("trust|site, sorted", '=IF(F{r}="","",G{r}&"|"&H{r})'),
    ("number of site", '=IF(F{r}="","",IF(J{r}=J{p},"",1+MAX(K$1:K{p})))'),
    (
        "trust of site",
        '=IF(ROW()-1>MAX(K$2:K${n}),"",INDEX(G$2:G${n},MATCH(ROW()-1,K$2:K${n},0)))',
    ),
    ("sites", '=IF(ROW()-1>MAX(K$2:K${n}),"",INDEX(H$2:H${n},MATCH(ROW()-1,K$2:K${n},0)))'),
    ("number of trust", '=IF(L{r}="","",IF(L{r}=L{p},"",1+MAX(N$1:N{p})))'),
    ("trusts", '=IF(ROW()-1>MAX(N$2:N${n}),"",INDEX(L$2:L${n},MATCH(ROW()-1,N$2:N${n},0)))'),
)
_MUNICIPALITIES = '=INDEX({number},ROW())&IF(INDEX({name},ROW())="",""," "&INDEX({name},ROW()))'
_MUNICIPALITY_COLUMN = get_column_letter(len(_COLUMNS) + 1)

# What drop-downs call the lists, and where these begin and end.
TRUSTS, SITES, DEPARTMENTS = "list_trusts", "list_sites", "list_departments"
CANDIDATES, VACANCIES = "list_candidates", "list_vacancies"
MUNICIPALITIES = "list_municipalities"
_SORTED = {"site_t": "L", "dep_t": "G", "dep_s": "H", "dep_p": "J"}
_FIRST = {"site_0": "M", "dep_0": "I"}


def site_formula(trust: str) -> str:
    """The sites of the trust in a cell; all if it is blank."""
    return f'IF({trust}="",{SITES},{_part("site_0", "site_t", trust)})'


def department_formula(trust: str, site: str) -> str:
    """The departments of the trust and site in two cells; a blank one means any."""
    both = f'{trust}&"|"&{site}'
    of_trust = f'IF({trust}="",{DEPARTMENTS},{_part("dep_0", "dep_t", trust)})'
    of_site = f'IF({trust}="",{_part("dep_0", "dep_s", site)},{_part("dep_0", "dep_p", both)})'
    return f'IF({site}="",{of_trust},{of_site})'


def _part(first: str, keys: str, key: str) -> str:
    """The stretch of a list beside which the key stands."""
    return f"OFFSET({first},MATCH({key},{keys},0),0,COUNTIF({keys},{key}),1)"


def add_lists(
    book: Workbook, translator: Translator, departments: int, municipalities: int
) -> None:
    """Add the sheet, for so many departments and municipalities and some more, and the names."""
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    places = {
        name: _column(Department, name, translator) for name in ("trust", "site", "department")
    }
    number = _column(Municipality, "municipality", translator)
    name = _column(Municipality, "name", translator)
    last = departments + _SPARE
    for column, (header, formula) in enumerate(_COLUMNS, 1):
        sheet.cell(1, column).value = header
        for row in range(2, last + 1):
            sheet.cell(row, column).value = formula.format(r=row, p=row - 1, n=last, **places)
    towns = len(_COLUMNS) + 1
    sheet.cell(1, towns).value = "municipalities"
    for row in range(2, municipalities + _SPARE + 1):
        sheet.cell(row, towns).value = _MUNICIPALITIES.format(number=number, name=name)
    _name(book, TRUSTS, _down(f"{LISTS}!$O$1", f"MAX({LISTS}!$N:$N)"))
    _name(book, SITES, _down(f"{LISTS}!$M$1", f"MAX({LISTS}!$K:$K)"))
    _name(book, DEPARTMENTS, _down(f"{LISTS}!$I$1", f"COUNT({LISTS}!$E:$E)"))
    _name(book, MUNICIPALITIES, _down(f"{LISTS}!${_MUNICIPALITY_COLUMN}$1", _filled(number)))
    for own, noun, field in (
        (CANDIDATES, Candidate, "candidate_id"),
        (VACANCIES, Vacancy, "vacancy_id"),
    ):
        ids = _column(noun, field, translator)
        _name(book, own, _down(f"{ids.split(':')[0]}$1", _filled(ids)))
    for own, letter in _SORTED.items():
        _name(book, own, f"{LISTS}!${letter}$2:${letter}${last}")
    for own, letter in _FIRST.items():
        _name(book, own, f"{LISTS}!${letter}$1")


def _column(noun: type[Noun], field: str, translator: Translator) -> str:
    """The whole column of a field, as formulas name it."""
    letter = get_column_letter(list(noun.model_fields).index(field) + 1)
    return f"{quote_sheetname(translator.sheet(noun.sheet))}!${letter}:${letter}"


def _filled(column: str) -> str:
    """How many cells of a column are filled, without its header."""
    return f"COUNTA({column})-1"


def _down(header: str, count: str) -> str:
    """The cells below a header, so many of them; a list is never without any."""
    return f"OFFSET({header},1,0,MAX(1,{count}),1)"


def _name(book: Workbook, name: str, formula: str) -> None:
    book.defined_names[name] = DefinedName(name, attr_text=formula)
