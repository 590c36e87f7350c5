"""docs/plan-json.md and data/plan.schema.json: every field of plan.json, from the models."""

import json
import re
import types
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from models.entry import Entry
from models.plan import Plan

HEAD = """\
# plan.json

*Made by `make docs` from the models; do not edit. The same as a JSON schema:
[data/plan.schema.json](../data/plan.schema.json), which is installed too.*

What `alis plan` found, for machines: for `alis verify`, for the next round, for whoever reckons on.
Ids only, no names. Days are `YYYY-MM-DD`; keys and lists stand in a stable order; every key is
there, null where there is nothing. The certificates of goals and wishes lie beside it in proof.json
([how it is proved](how-it-is-proved.md)).
"""

UNCHECKED = """\
## What is not checked

`alis verify` finds every other change: of a value, of what is left out or added, of the order of a
list; of proofs with `--proof`, of what would help and what would get worse with `--explanations`
(`tests/verification/test_every_field.py` tries them all). Of a whole folder these fields too are
compared with the copy of the plan in its workbook, but for `files`.

| field | what is not checked, and why |
|---|---|
"""

_PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", date: "day"}


def plan_schema() -> str:
    """The JSON schema of plan.json."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Plan.model_json_schema(by_alias=True, mode="validation"),
        "title": "plan.json of alis, schema alis-plan/1",
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def plan_page() -> str:
    """The page."""
    sections = (line for entry in entries() for line in _section(entry))
    rows = [f"| `{name}` | {why} |" for name, why in unchecked().items()]
    return "\n".join([HEAD, *sections, UNCHECKED + "\n".join(rows), ""])


def entries() -> list[type[BaseModel]]:
    """Every kind of entry in plan.json, each before those in it."""
    found: dict[type[BaseModel], None] = {}
    left: list[type[BaseModel]] = [Plan]
    while left:
        entry = left.pop(0)
        if entry not in found:
            found[entry] = None
            inner = (kind for i in entry.model_fields.values() for kind in _models(i.annotation))
            left = [*inner, *left]
    return list(found)


def unchecked() -> dict[str, str]:
    """What is not checked of which field (by entry and field), and why."""
    return {
        f"{title(entry)}.{name(key, info)}": str(extra["unchecked"])
        for entry in entries()
        for key, info in entry.model_fields.items()
        if isinstance(extra := info.json_schema_extra, dict) and "unchecked" in extra
    }


def title(entry: type[BaseModel]) -> str:
    """What an entry is called on the page."""
    return "plan" if entry is Plan else _words(entry)


def name(key: str, info: FieldInfo) -> str:
    """The key of a field in JSON."""
    return info.alias or key


def _words(entry: type[BaseModel]) -> str:
    inner = entry.__name__.removesuffix("Entry")
    return re.sub(r"(?<!^)(?=[A-Z])", " ", inner).lower()


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, Entry):
        yield kind
    for inner in get_args(kind):
        yield from _models(inner)


def _section(entry: type[BaseModel]) -> Iterator[str]:
    says = re.sub(r" \((see models|SPEC)[^)]*\)", "", " ".join((entry.__doc__ or "").split()))
    yield f"## {title(entry)}\n"
    yield f"{says}\n"
    yield "| key | is | says |"
    yield "|---|---|---|"
    for key, info in entry.model_fields.items():
        says = info.description or "tells which kind of entry it is"
        yield f"| `{name(key, info)}` | {_kind(info.annotation)} | {says} |"
    yield ""


def _kind(kind: Any) -> str:
    """The type of a value in words."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _kind(inner[0])
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin in (list, tuple):
        of = _kind(inner[0])
        return f"list of ({of})" if " or " in of else f"list of {of}"
    if origin is dict:
        return "texts by name" if inner[1] is str else "values by name"
    if origin in (Union, types.UnionType):
        return " or ".join("null" if k is type(None) else _kind(k) for k in inner)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{title(kind)}](#{title(kind).replace(' ', '-')})"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{word.value}`" for word in kind)
    return _PLAIN[kind]
