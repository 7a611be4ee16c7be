"""Databases of any size, filled by the engine itself, with members who have entered."""

import asyncio
import time
from contextlib import AsyncExitStack

from storage.database import Database
from storage.migrate import migrate
from tests.benchmarks.fast_telegram import FIRST_CHAT, LIVE

RUN = "bench"
SHOW_AGAIN = f"{RUN}:sgrp:all"
_HOURS = 3_600_000_000
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
_MEMBERS = """
INSERT INTO member (id, number, document_type, document_number, first_names, surnames,
  birth_date, email, status, as_of, first_loaded_at)
{numbers} SELECT i, 'A' || i, 'CC', 50000000 + i || '', 'María Eugenia', 'Ñáñez Peña',
  '1958-04-12', 'm' || i || '@correo.example', 'active', '2026-10-31', {now} FROM n"""
_PRODUCTS = """
INSERT INTO product (member_id, kind, number, name, balance, {columns})
{numbers} SELECT i, '{kind}', '77' || i, '{name}', 123456700 + i, {values} FROM n"""
_KINDS = (
    ("contribution", "Aportes sociales", "instalment", "7200000"),
    ("demand", "Ahorro a la vista", "rate, rate_kind", "'1.50', 'effective_annual'"),
    (
        "cdat",
        "CDAT",
        "rate, rate_kind, opened_on, matures_on, period",
        "'9.20', 'effective_annual', '2026-08-05', '2027-02-05', 'quarterly'",
    ),
    (
        "credit",
        "Libre inversión",
        "disbursed, rate, rate_kind, instalment, period, opened_on, next_due_on,"
        " instalments_paid, instalments_total, days_past_due, arrears",
        "1200000000, '1.45', 'monthly', 43210000, 'monthly', '2025-10-20', '2026-11-28',"
        " 12, 36, 0, 0",
    ),
)
_SESSIONS = """
INSERT INTO session (id, member_id, chat_id, telegram_id, started_at)
{numbers} SELECT 's' || i, 1 + (i - 1) * {stride}, {chat} + i - 1, {chat} + i - 1, {now} FROM n"""
_CONVERSATIONS = """
INSERT INTO conversation (chat_id, flow, version, step, data, run, session_id, live_message_id,
  recent_updates, expires_at)
{numbers} SELECT {chat} + i - 1, 'statement', 1, 'summary', '{{}}', '{run}', 's' || i, {live},
  '[]', {now} + 10 * {hours} FROM n"""


def fill(url: str, members: int, people: int) -> None:
    """`members` with four products each; so many `people` of them, evenly spread, in session."""
    asyncio.run(_fill(url, members, people))


async def _fill(url: str, members: int, people: int) -> None:
    async with AsyncExitStack() as stack:
        database = Database(url)
        stack.push_async_callback(database.close)
        await migrate(database)
        async with database.unit() as connection:
            for statement in _statements(members, people):
                await connection.exec_driver_sql(statement)
        async with database.unit() as connection:
            await connection.exec_driver_sql("ANALYZE")


def _statements(members: int, people: int) -> list[str]:
    all_, some = _NUMBERS.format(count=members), _NUMBERS.format(count=people)
    now = int(time.time() * 1_000_000)
    entered = {"chat": FIRST_CHAT, "now": now, "numbers": some}
    products = [
        _PRODUCTS.format(numbers=all_, kind=kind, name=name, columns=columns, values=values)
        for kind, name, columns, values in _KINDS
    ]
    return [
        _MEMBERS.format(numbers=all_, now=now),
        *products,
        _SESSIONS.format(stride=members // people, **entered),
        _CONVERSATIONS.format(run=RUN, live=LIVE, hours=_HOURS, **entered),
    ]
