"""Holds values against the published Bot API, `shared/telegram/bot_api.json`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "telegram"
ATOMS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
}


@cache
def load(name: str) -> dict[str, Any]:
    path = SHARED / name
    if not path.exists():
        pytest.skip("the shared reference is not beside the repository")
    content: dict[str, Any] = json.loads(path.read_text())
    return content


def methods() -> dict[str, Any]:
    found: dict[str, Any] = load("bot_api.json")["methods"]
    return found


def answer_misfits(method: str, result: Any) -> list[str]:
    """Where an answer isn't of the documented shape."""
    return misfits(result, methods()[method]["returns"], method)


def call_misfits(method: str, params: dict[str, Any]) -> list[str]:
    """Where a call in the ledger isn't as documented: its names, types, required ones."""
    fields = methods()[method].get("fields", [])
    types = {field["name"]: field["types"] for field in fields}
    attached = {name for name, value in params.items() if _is_file(value)}
    given = {n: _decoded(value, types.get(n, [])) for n, value in params.items()}
    unnamed = {name: value for name, value in given.items() if name in types or not attached}
    return _object_misfits(unnamed, fields, method)


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"file_name", "file_size"}


def _decoded(value: Any, types: list[str]) -> Any:
    """A form's string as the JSON it stands for, unless a string is meant."""
    if not isinstance(value, str) or "String" in types:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def misfits(value: Any, types: list[str], where: str) -> list[str]:
    """Where a value is of none of the types; the closest type's complaints."""
    complaints = [_misfits_of_one(value, kind, where) for kind in types]
    return min(complaints, key=len)


def _misfits_of_one(value: Any, kind: str, where: str) -> list[str]:
    if kind.startswith("Array of "):
        return _array_misfits(value, kind.removeprefix("Array of "), where)
    if kind in ATOMS:
        fits = isinstance(value, ATOMS[kind]) and isinstance(value, bool) == (bool in ATOMS[kind])
        return [] if fits else [f"{where}: {value!r} isn't {kind}"]
    if kind == "InputFile":
        is_file = _is_file(value) or str(value).startswith("attach://")
        return [] if is_file else [f"{where}: {value!r} isn't a file"]
    described = load("bot_api.json")["types"][kind]
    if "subtypes" in described:
        return misfits(value, described["subtypes"], where)
    return _object_misfits(value, described.get("fields", []), where)


def _array_misfits(value: Any, kind: str, where: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{where}: {value!r} isn't an array"]
    each = (misfits(item, [kind], f"{where}[{i}]") for i, item in enumerate(value))
    return [complaint for complaints in each for complaint in complaints]


def _object_misfits(value: Any, fields: list[dict[str, Any]], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: {value!r} isn't an object"]
    known = {field["name"]: field for field in fields}
    complaints = [f"{where}: foreign field {name}" for name in value.keys() - known.keys()]
    for name, field in known.items():
        if name in value:
            complaints += misfits(value[name], field["types"], f"{where}.{name}")
        elif field["required"]:
            complaints.append(f"{where}: {name} is missing")
    return complaints
