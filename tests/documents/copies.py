"""A made-up member's data, as the database gives it for a copy."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.money import Centavos, Percent

NOON = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)
Rows = list[dict[str, Any]]


def _movements(many: int) -> Rows:
    return [
        {
            "number": "7700000020",
            "booked_on": date(2026, 1, 1) + timedelta(days=n % 300),
            "description": f"Consignación en la oficina principal {n}",
            "amount": Centavos(1_000_050 * (n + 1)),
            "balance": Centavos(1_000_050 * (n + 1) * 2) if n % 3 else None,
        }
        for n in range(many)
    ]


_MEMBER: Rows = [
    {
        "number": "A00001",
        "document_type": "CC",
        "document_number": "41789123",
        "first_names": "MARÍA DE LOS ÁNGELES",
        "surnames": "Ñáñez Peña de Enciclopedia",
        "birth_date": date(1958, 4, 12),
        "email": "maria.de.los.angeles.nanez@correo-muy-largo-de-la-escuela.example",
        "mobile": "300 000 0007",
        "status": "active",
        "joined_on": date(1985, 2, 1),
        "municipality": "15001",
        "as_of": date(2026, 10, 31),
        "first_loaded_at": NOON,
    }
]
_PRODUCT: Rows = [
    {
        "kind": "contribution",
        "number": "41789123",
        "name": "Aportes sociales",
        "balance": Centavos(482_500_000),
        "rate": None,
        "instalment": Centavos(7_200_000),
        "accrued_interest": None,
        "opened_on": None,
        "matures_on": None,
        "closed_on": None,
        "disbursed": None,
        "next_due_on": None,
        "instalments_paid": None,
        "instalments_total": None,
        "days_past_due": None,
        "arrears": None,
    },
    {
        "kind": "credit",
        "number": "7700000030",
        "name": "Libre inversión",
        "balance": Centavos(612_345_600),
        "rate": Percent("1.45"),
        "instalment": Centavos(43_210_000),
        "accrued_interest": None,
        "opened_on": date(2025, 10, 20),
        "matures_on": None,
        "closed_on": None,
        "disbursed": Centavos(1_200_000_000),
        "next_due_on": date(2026, 10, 28),
        "instalments_paid": 12,
        "instalments_total": 36,
        "days_past_due": 3,
        "arrears": Centavos(43_210_000),
    },
]
_WITHHOLDING: Rows = [
    {
        "year": 2025,
        "concept": "Rendimientos financieros",
        "base": Centavos(100_000_000),
        "rate": Percent("7"),
        "amount": Centavos(7_000_000),
    }
    for _ in range(2)
]
_CONSENT: Rows = [
    {"version": "2026-1", "text_sha256": "9f" * 32, "given_at": NOON, "withdrawn_at": None},
    {"version": "2025-1", "text_sha256": "3a" * 32, "given_at": NOON, "withdrawn_at": NOON},
]
_CREDENTIAL: Rows = [
    {
        "pin_set_at": NOON,
        "last_entry_at": NOON,
        "failures_bound": 0,
        "failures_unbound": 2,
        "locked_at": None,
        "lock_reason": None,
        "locked_by": None,
        "reset_required_at": None,
    }
]
_AUTHENTICATOR: Rows = [{"created_at": NOON, "confirmed_at": NOON}]
_BINDING: Rows = [
    {"telegram_id": 7, "bound_at": NOON, "last_entry_at": NOON, "unbound_at": NOON},
    {"telegram_id": 123458, "bound_at": NOON, "last_entry_at": NOON, "unbound_at": None},
]
_SESSION: Rows = [{"telegram_id": 7, "started_at": NOON, "ended_at": NOON} for _ in range(3)]
_ENTRY_ATTEMPT: Rows = [
    {"telegram_id": 7, "purpose": "entry", "created_at": NOON, "proven_at": NOON},
    {"telegram_id": 50, "purpose": "robbery", "created_at": NOON, "proven_at": None},
]
_PROFILE_VALUE: Rows = [
    {
        "field": "personal.housing",
        "value": "owned",
        "since": NOON,
        "source": "core",
    },
    {
        "field": "references",
        "value": '[{"name": "Luisa Tiza", "phone": "+573001234567"}]',
        "since": NOON,
        "source": "R-2026-000001",
    },
]
_PROFILE_DRAFT: Rows = [
    {
        "content": '{"entries": {"personal": [{"stratum": "3"}]}, "same": []}',
        "started_at": NOON,
        "expires_at": NOON,
    }
]
_PROFILE_SECTION: Rows = [
    {
        "section": "personal",
        "state": "pending",
        "before": '[{"housing": "rented"}]',
        "after": '[{"housing": "owned"}]',
        "reason": None,
        "decided_at": None,
    }
]
_TICKET: Rows = [
    {
        "kind": "help",
        "state": "open",
        "name": "Ana María Peña",
        "text": "cambié de correo hace un mes y ya no me llega nada, " * 4,
        "created_at": NOON,
        "closed_at": None,
    },
    {
        "kind": "robbery",
        "state": "closed",
        "name": "",
        "text": "",
        "created_at": NOON,
        "closed_at": NOON,
    },
]
_MAIL: Rows = [{"kind": kind, "created_at": NOON} for kind in ("code", "pin_changed", "ticket")]
_AUDIT: Rows = [
    {"at": NOON, "action": "entry", "result": "done", "telegram_id": 7},
    {"at": NOON, "action": "pin", "result": "refused", "telegram_id": 50},
]
_TICKET_EVENT: Rows = [
    {"at": NOON, "step": "filed", "text": ""},
    {"at": NOON, "step": "answered", "text": "Con gusto, ya quedó su correo nuevo."},
]


def sections(movements: int = 12) -> dict[str, Rows]:
    """Every section of the copy; `movements` of them."""
    return {
        "member": _MEMBER,
        "product": _PRODUCT,
        "withholding": _WITHHOLDING,
        "consent": _CONSENT,
        "credential": _CREDENTIAL,
        "authenticator": _AUTHENTICATOR,
        "binding": _BINDING,
        "session": _SESSION,
        "entry_attempt": _ENTRY_ATTEMPT,
        "profile_value": _PROFILE_VALUE,
        "profile_draft": _PROFILE_DRAFT,
        "profile_section": _PROFILE_SECTION,
        "ticket": _TICKET,
        "mail": _MAIL,
        "audit": _AUDIT,
        "movement": _movements(movements),
        "ticket_event": _TICKET_EVENT,
    }
