"""What a certificate says, as JSON text that stays as it was when it was issued."""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from hashlib import sha256
from typing import Any, get_args, get_origin, get_type_hints

from domain.certificates.facts import (
    CertificateKind,
    CreditFacts,
    Facts,
    GoodStandingFacts,
    MembershipFacts,
    TaxReturnFacts,
    WithholdingFacts,
)
from domain.money import Percent
from domain.statements import Holder

_KINDS: dict[CertificateKind, type[Facts]] = {
    kind.kind: kind
    for kind in (
        WithholdingFacts,
        TaxReturnFacts,
        MembershipFacts,
        GoodStandingFacts,
        CreditFacts,
    )
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Whose certificate it is and what it certifies."""

    holder: Holder
    facts: Facts


def to_text(holder: Holder, facts: Facts) -> str:
    """The same values always give the same text."""
    plain = {"holder": _plain(holder), "facts": _plain(facts)}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_text(text: str, kind: CertificateKind) -> Snapshot:
    """The values of that text, of a certificate of that kind."""
    plain = json.loads(text)
    return Snapshot(_read(Holder, plain["holder"]), _read(_KINDS[kind], plain["facts"]))


def digest_of(text: str) -> str:
    """The SHA-256 of the text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    match value:
        case tuple():
            return [_plain(each) for each in value]
        case Enum():
            return value.value
        case date() | Percent():
            return str(value)
    return value


def _read(kind: Any, plain: Any) -> Any:
    if plain is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in plain)
    options = [option for option in get_args(kind) if option is not type(None)]
    if options:
        return _read(options[0], plain)
    hints = _hints(kind)
    if hints:
        return kind(**{name: _read(hint, plain[name]) for name, hint in hints.items()})
    return date.fromisoformat(plain) if kind is date else kind(plain)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of a dataclass's fields; none for any other type."""
    if not is_dataclass(kind):
        return {}
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}
