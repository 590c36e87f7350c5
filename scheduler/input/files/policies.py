"""Policies: a shipped one by its name, or a file of the user's own, with every problem in it."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.finding import N_, Finding, finding
from models.policy import Policy
from scheduler.input.files.regular import FileContent, file_mode, read_file
from scheduler.support.errors import UnreadableError
from scheduler.support.resources import shipped_policies

_MAX_MEGABYTES = 1
_SHOWN = 40  # characters of a value
_SET = "--set"  # where a number stands that is in no file

# The name of a device in Windows, whatever its ending.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\.|$)", re.IGNORECASE)

_NO_POLICY = N_(
    "There is no policy {policy}; write one of {names}, or the path of a policy file (.toml)."
)
_OUTSIDE = N_(
    "The policy file {policy} does not lie beside the input; put it in the input's folder, or in a "
    "folder in it, and write its path from there."
)
_NOT_UTF8 = N_("{file}: the file is not in UTF-8; save it as UTF-8.")
_NOT_TOML = N_("{file}, line {line}: this is not TOML; see the shipped policies for the form.")
_NOT_TOML_AT_ALL = N_("{file}: this is not TOML; see the shipped policies for the form.")

_MISSING = N_("{file}: the key {key} is missing; add it, as in the shipped policies.")
_UNKNOWN = N_("{file}: the key {key} is not known; delete it, or write one of: {keys}.")
_WHOLE = N_("{file}: {key} is {value}; write a whole number from {low} to {high}.")
_EVEN = N_("{file}: {key} is {value}; write an even whole number from {low} to {high}.")
_YES_NO = N_("{file}: {key} is {value}; write true or false.")
_WORD = N_("{file}: {key} is {value}; write one of: {words}.")
_LIST = N_("{file}: {key} is {value}; write from {low} to {high} values in square brackets.")
_PAIR = N_("{file}: {key} is {value}; write two whole numbers in square brackets.")
_TABLE = N_("{file}: {key} is {value}; it must be a table with keys of its own.")
_TEXT = N_(
    "{file}: {key} is {value}; write a text of at most {high} characters, all of them visible."
)
_TWICE = N_("{file}: the goal {goal} is named twice; keep one of them.")
_NOBODY = N_(
    "{file}: the goal {goal} would be reached best by placing nobody; put placed or order before "
    "it."
)
_LOT_LAST = N_(
    "{file}: the last of the goals must be lot, so that the plan is the same every time; nothing "
    "can come after it."
)
_NO_SUCH_NUMBER = N_("{file}: source names {key}, which the policy does not have.")


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """A policy, and the file that it was read from; none for a shipped one."""

    policy: Policy
    files: tuple[Path, ...] = ()
    checksums: Mapping[str, str] = field(default_factory=dict)


def policy_beside(name: str, folder: Path) -> LoadedPolicy:
    """The policy that an input names; a file lies in the input's folder, or below it.

    Raises UnreadableError with everything that is wrong.
    """
    if name in shipped_policies():
        return policy_at(name)
    if not name.lower().endswith(".toml"):
        shipped = tuple(shipped_policies())
        raise UnreadableError(finding(_NO_POLICY, policy=name[:_SHOWN], names=shipped))
    parts = _parts(name)
    path = folder.joinpath(*parts)
    # A link in the folder may lead out of it.
    if not parts or (file_mode(path) and not path.resolve().is_relative_to(folder.resolve())):
        raise UnreadableError(finding(_OUTSIDE, policy=name[:_SHOWN]))
    return policy_at(str(path))


def policy_at(name: str) -> LoadedPolicy:
    """The policy that the user names: a shipped one, or a file anywhere. Raises UnreadableError."""
    shipped = shipped_policies()
    if name in shipped:
        return LoadedPolicy(_read(read_file(shipped[name], _MAX_MEGABYTES)))
    path = Path(name)
    if not file_mode(path):
        raise UnreadableError(finding(_NO_POLICY, policy=path.name, names=tuple(shipped)))
    content = read_file(path, _MAX_MEGABYTES)
    return LoadedPolicy(_read(content), (path,), {content.name: content.sha256})


def policy_with(policy: Policy, key: str, value: str) -> Policy:
    """The policy with one number set, as it would be written in a policy file; `points.other_site`
    is a key within a table. Raises UnreadableError with what is wrong.
    """
    data = policy.model_dump(mode="json", exclude_none=True, exclude={"source"})
    *tables, last = key.split(".")
    table: Any = data
    for name in tables:
        table = table.get(name) if isinstance(table, dict) else None
    if not isinstance(table, dict):
        raise UnreadableError(finding(_UNKNOWN, file=_SET, key=key[:_SHOWN], keys=tuple(data)))
    try:
        table[last] = tomllib.loads(f"value = {value}")["value"]
    except ValueError:  # a word without quotation marks
        table[last] = value
    try:
        return Policy.model_validate_json(json.dumps(data, default=str), strict=True)
    except ValidationError as error:
        found = [_problem(_SET, one) for one in error.errors(include_url=False)]
        raise UnreadableError(*dict.fromkeys(found)) from error


def _parts(name: str) -> list[str]:
    """The folders and the file that a path names, if it is one that can lie beside an input.

    It is looked at as text first: asking a system for `\\\\host\\share` tells that host who asks.
    """
    parts = [part for part in re.split(r"[/\\]", name) if part != "."]
    fitting = all(
        part.strip(" .")
        and part.isprintable()
        and ":" not in part
        and len(part) < 200
        and not _DEVICE.match(part)
        for part in parts
    )
    return parts if fitting and len(parts) < 20 else []


def _read(content: FileContent) -> Policy:
    file = content.name
    try:
        return Policy.from_toml(content.data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError(finding(_NOT_UTF8, file=file)) from error
    except ValidationError as error:
        found = [_problem(file, one) for one in error.errors(include_url=False)]
        raise UnreadableError(*dict.fromkeys(found)) from error
    except (ValueError, RecursionError) as error:
        line = re.search(r"\(at line (\d+)", str(error))
        text = finding(_NOT_TOML, file=file, line=int(line[1])) if line else None
        raise UnreadableError(text or finding(_NOT_TOML_AT_ALL, file=file)) from error


def _problem(file: str, error: Any) -> Finding:
    """One problem in words: the key, and what is allowed there."""
    where, kind, values = error["loc"], error["type"], error.get("ctx", {})
    key = ".".join(part for part in where if isinstance(part, str))
    schema = _schema_at(where[:-1] if kind in ("extra_forbidden", "missing") else where)
    value = json.dumps(error["input"], ensure_ascii=False, default=str)
    shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]} …"
    match kind:
        case "missing":
            return finding(_MISSING, file=file, key=key)
        case "extra_forbidden":
            keys = tuple(schema["properties"])
            return finding(_UNKNOWN, file=file, key=key[:_SHOWN], keys=keys)
        case "goal_twice":
            return finding(_TWICE, file=file, goal=values["goal"])
        case "goal_early":
            return finding(_NOBODY, file=file, goal=values["goal"])
        case "goal_lot":
            return finding(_LOT_LAST, file=file)
        case "source_key":
            return finding(_NO_SUCH_NUMBER, file=file, key=values["name"][:_SHOWN])
    return _allowed(schema, file=file, key=key, value=shown)


def _allowed(schema: Mapping[str, Any], **told: str) -> Finding:
    if "enum" in schema:
        return finding(_WORD, words=tuple(schema["enum"]), **told)
    match schema["type"]:
        case "integer":
            text = _EVEN if "multipleOf" in schema else _WHOLE
            return finding(text, low=schema["minimum"], high=schema["maximum"], **told)
        case "boolean":
            return finding(_YES_NO, **told)
        case "array" if "prefixItems" in schema:
            return finding(_PAIR, **told)
        case "array":
            return finding(_LIST, low=schema["minItems"], high=schema["maxItems"], **told)
        case "object":
            return finding(_TABLE, **told)
    return finding(_TEXT, high=schema["maxLength"], **told)


def _schema_at(where: tuple[str | int, ...]) -> Mapping[str, Any]:
    """What the policy says of the place with this path of keys and numbers."""
    whole = Policy.model_json_schema()
    schema: Mapping[str, Any] = whole
    for part in where:
        if isinstance(part, int):
            schema = schema["prefixItems"][part] if "prefixItems" in schema else schema["items"]
        else:
            schema = schema.get("properties", {}).get(part) or schema["additionalProperties"]
        schema = next(iter(_choices(schema)))
        if "$ref" in schema:
            schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def _choices(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What is allowed, leaving out that nothing need be there."""
    for one in schema.get("anyOf", [schema]):
        if one.get("type") != "null":
            yield one
