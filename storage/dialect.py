"""The one place where SQLite and PostgreSQL are written differently."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def upsert(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can say ON CONFLICT, for the connection's engine."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_or_ignore(
    connection: AsyncConnection, table: Table, values: Mapping[str, Any]
) -> Insert:
    """An INSERT that leaves a row that is already there as it is."""
    return upsert(connection, table).values(dict(values)).on_conflict_do_nothing()
