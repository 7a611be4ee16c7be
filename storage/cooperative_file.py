"""The cooperative file: TOML in, a `Cooperative` out."""

import tomllib
from dataclasses import MISSING, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from domain.cooperative import Cooperative, DataProcessing, Policies, Signatory
from domain.nit import with_check_digit

_UNITS = {
    "code_life_minutes": ("code_life", "minutes"),
    "attempt_life_minutes": ("attempt_life", "minutes"),
    "first_key_life_days": ("first_key_life", "days"),
    "session_idle_minutes": ("session_idle", "minutes"),
    "session_total_minutes": ("session_total", "minutes"),
    "staff_idle_minutes": ("staff_idle", "minutes"),
    "staff_total_minutes": ("staff_total", "minutes"),
    "step_up_after_minutes": ("step_up_after", "minutes"),
    "step_up_life_minutes": ("step_up_life", "minutes"),
}
_COUNTS = (
    "pin_tries",
    "code_tries",
    "codes_per_hour",
    "documents_per_day",
    "checks_per_hour",
    "certificate_mails_per_hour",
)
_TABLES = frozenset({"cooperative", "data_processing", "policies", "documents"})
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_LARGEST_LOGO = 200_000


class CooperativeFileError(ValueError):
    """The cooperative file cannot be used; the message names the table and the key."""


def read_cooperative(path: Path) -> Cooperative:
    """The cooperative of that file; CooperativeFileError says what is wrong and where."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CooperativeFileError(f"{path}: {error}") from error
    extra = set(tables) - _TABLES
    if extra:
        raise CooperativeFileError(f"{path}: unknown table [{min(extra)}]")
    texts = _texts(tables, "cooperative", Cooperative)
    _check_nit(texts["nit"])
    processing = DataProcessing(**_texts(tables, "data_processing", DataProcessing))
    policies = _policies(tables.get("policies", {}))
    whole = Cooperative(**texts, data_processing=processing, policies=policies)  # type: ignore[arg-type]
    return replace(whole, **_documents(tables.get("documents", {}), path.parent))


def _check_nit(nit: str) -> None:
    try:
        with_check_digit(nit)
    except ValueError as error:
        raise CooperativeFileError(f"[cooperative] nit: {error}") from error


def _documents(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What papers carry besides: a logo, and who answers for the certificates."""
    for key, value in table.items():
        if key not in ("logo", "signatory", "post"):
            raise CooperativeFileError(f"[documents] {key} is not known")
        if not isinstance(value, str) or not value.strip():
            raise CooperativeFileError(f"[documents] {key} must be a text that is not empty")
    if ("signatory" in table) != ("post" in table):
        raise CooperativeFileError("[documents] signatory and post go together")
    signatory = Signatory(table["signatory"], table["post"]) if "post" in table else None
    logo = _picture(folder / table["logo"]) if "logo" in table else None
    return {"signatory": signatory, "logo": logo}


def _picture(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CooperativeFileError(f"[documents] logo: {error}") from error
    if not content.startswith(_PICTURES) or len(content) > _LARGEST_LOGO:
        limit = f"PNG or JPEG of at most {_LARGEST_LOGO} bytes"
        raise CooperativeFileError(f"[documents] logo must be a {limit}")
    return content


def _texts(tables: dict[str, Any], name: str, kind: type[Any]) -> dict[str, str]:
    table = tables.get(name, {})
    wanted = {f.name for f in fields(kind) if f.type is str and f.default is MISSING}
    for key in sorted(wanted ^ set(table)):
        problem = "is missing" if key in wanted else "is not known"
        raise CooperativeFileError(f"[{name}] {key} {problem}")
    for key, value in table.items():
        if not isinstance(value, str) or not value.strip():
            raise CooperativeFileError(f"[{name}] {key} must be a text that is not empty")
    return dict(table)


def _policies(table: dict[str, Any]) -> Policies:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise CooperativeFileError(f"[policies] {key} must be a whole number of 1 or more")
        if key in _COUNTS:
            values[key] = value
        elif key in _UNITS:
            name, unit = _UNITS[key]
            values[name] = timedelta(**{unit: value})
        else:
            raise CooperativeFileError(f"[policies] {key} is not known")
    return Policies(**values)
