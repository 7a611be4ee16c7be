"""Staging tables: what was read waits here, private to one connection, until it is merged.

Dates and rates wait as text, money as centavos; `line` is the file's own line number.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from storage.schema import member, movement, product, withholding, year_end
from storage.types import Money

staging = MetaData()
_WAITS: dict[type, type[TypeEngine[Any]]] = {Money: BigInteger, Integer: Integer}
_NOT_STAGED = frozenset(
    {"id", "member_id", "product_id", "as_of", "first_loaded_at", "search_name"}
)


def _waiting(column: Column[Any], default: str | None = None) -> Column[Any]:
    waits = _WAITS.get(type(column.type), Text)
    return Column(column.name, waits, server_default=default)


def _stage(name: str, like: Table, *extra: Column[str], kind: str | None = None) -> Table:
    return Table(
        f"stage_{name}",
        staging,
        Column("line", Integer, primary_key=True, autoincrement=False),
        *extra,
        *(
            _waiting(c, kind if c.name == "kind" else None)
            for c in like.columns
            if c.name not in _NOT_STAGED
        ),
        prefixes=["TEMPORARY"],
    )


def _member() -> Column[str]:
    return Column("member_number", Text)


members = _stage("members", member)
contributions = _stage("contributions", product, _member(), kind="contribution")
savings = _stage("savings", product, _member())
credits = _stage("credits", product, _member(), kind="credit")
movements = _stage("movements", movement, Column("kind", Text), Column("number", Text))
withholdings = _stage("withholdings", withholding, _member())
year_ends = _stage("year_ends", year_end, _member())

# `file` is the position in LAYOUTS; `subject` tells whose row it was, where that could be read.
findings = Table(
    "stage_findings",
    staging,
    Column("level", Text),
    Column("file", Integer),
    Column("line", Integer),
    Column("column", Text),
    Column("reason", Text),
    Column("detail", Text),
    Column("subject", Text),
    prefixes=["TEMPORARY"],
)
