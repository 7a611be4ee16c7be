"""Whoever writes to the database by hand, without the key."""

# ruff: noqa: S608 - only the names of columns are put in

from collections.abc import Sequence
from random import Random
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

COLUMNS = ("at", "action", "result", "telegram_id", "member_id", "staff_id", "object", "details")
_WORDS = ("action", "result", "object", "details")
_ALL = ", ".join(("id", *COLUMNS, "chain"))


async def drop_triggers(connection: AsyncConnection) -> None:
    """What the database's owner can do."""
    tables = ("audit", "audit_head")
    if connection.dialect.name == "postgresql":
        for table in tables:
            await connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return
    found = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    for table in tables:
        for name in list(await connection.scalars(found, {"table": table})):
            await connection.execute(text(f"DROP TRIGGER {name}"))


async def tamper(database: Database, *statements: str) -> None:
    """Change the trail by hand, for good."""
    async with database.unit() as connection:
        await drop_triggers(connection)
        for statement in statements:
            await connection.execute(text(statement))


class Tamperer:
    """Picks a way of tampering, and with what, by a seed; every way changes something."""

    def __init__(self, connection: AsyncConnection, seed: int) -> None:
        self._connection = connection
        self.random = Random(seed)

    async def act(self) -> str:
        """Tamper once; the name of what was done."""
        ways = sorted(name for name in dir(self) if name.startswith("do_"))
        way = self.random.choice(ways)
        await getattr(self, way)()
        return way

    async def do_edit(self) -> None:
        """One column of some entries; for example who it was, when, what came of it."""
        column = self.random.choice(COLUMNS)
        for row in await self._some(self.random.randint(1, 3)):
            new = self._other(column, row[column])
            await self._run(
                f"UPDATE audit SET {column} = :new WHERE id = :id", new=new, id=row["id"]
            )

    async def do_edit_chain_value(self) -> None:
        (row,) = await self._some(1)
        await self._run("UPDATE audit SET chain = :c WHERE id = :id", c=self._seal(), id=row["id"])

    async def do_forge_whole_entry(self) -> None:
        (row,) = await self._some(1)
        new = self._other("member_id", row["member_id"])
        await self._run(
            "UPDATE audit SET member_id = :m, chain = :c WHERE id = :id",
            **{"m": new, "c": self._seal(), "id": row["id"]},
        )

    async def do_remove(self) -> None:
        """From anywhere but the end."""
        rows = (await self._rows())[:-1]
        first = self.random.randrange(len(rows))
        for row in rows[first : first + self.random.randint(1, 4)]:
            await self._run("DELETE FROM audit WHERE id = :id", id=row["id"])

    async def do_remove_and_close_ranks(self) -> None:
        """The numbers after it move up, and the head with them."""
        rows = await self._rows()
        row = rows[self.random.randrange(len(rows) - 1)]
        await self._run("DELETE FROM audit WHERE id = :id", id=row["id"])
        for after in (each["id"] for each in rows if each["id"] > row["id"]):
            await self._run("UPDATE audit SET id = id - 1 WHERE id = :id", id=after)
        await self._run("UPDATE audit_head SET last_id = last_id - 1")

    async def do_swap(self) -> None:
        await self._swap(keep_chain=False)

    async def do_swap_contents(self) -> None:
        await self._swap(keep_chain=True)

    async def do_cut_off(self) -> None:
        await self._cut_off()

    async def do_cut_off_and_mend_head(self) -> None:
        """The head is made to fit what is left; its seal cannot be."""
        last = await self._cut_off()
        seal = self.random.choice(("seal", "NULL", f"'{self._seal()}'"))
        await self._run(
            f"UPDATE audit_head SET last_id = :id, last = :chain, seal = {seal}",
            **{"id": last["id"], "chain": last["chain"]},
        )

    async def do_add_at_end(self) -> None:
        """With the head left, or made to fit."""
        rows = await self._rows()
        new = dict(self.random.choice(rows)) | {"id": rows[-1]["id"] + 1}
        new["chain"] = self.random.choice((rows[-1]["chain"], self._seal()))
        await self._insert(new)
        if self.random.random() < 0.5:
            wanted = "UPDATE audit_head SET last_id = :id, last = :chain"
            await self._run(wanted, id=new["id"], chain=new["chain"])

    async def do_insert_between(self) -> None:
        rows = await self._rows()
        place = self.random.choice(rows)["id"]
        for after in reversed([each["id"] for each in rows if each["id"] >= place]):
            await self._run("UPDATE audit SET id = id + 1 WHERE id = :id", id=after)
        await self._insert(dict(self.random.choice(rows)) | {"id": place})
        await self._run("UPDATE audit_head SET last_id = last_id + 1")

    async def do_repeat_one_over_another(self) -> None:
        one, other = await self._some(2)
        sets = ", ".join(f"{name} = :{name}" for name in (*COLUMNS, "chain"))
        await self._run(f"UPDATE audit SET {sets} WHERE id = :place", **one, place=other["id"])

    async def do_edit_head(self) -> None:
        column = self.random.choice(("last_id", "last", "seal", "before_id", "before"))
        new = self.random.randint(200, 300) if column.endswith("id") else self._seal()
        await self._run(f"UPDATE audit_head SET {column} = :new", new=new)

    async def do_remove_head(self) -> None:
        await self._run("DELETE FROM audit_head")

    async def do_start_anew(self) -> None:
        """Nothing left, as if the office had never opened."""
        await self._run("DELETE FROM audit")
        await self._run("UPDATE audit_head SET last_id = before_id, last = before, seal = NULL")

    async def do_say_that_all_is_from_before(self) -> None:
        rows = await self._rows()
        await self._run("UPDATE audit SET chain = NULL")
        await self._run(
            "UPDATE audit_head SET before_id = :id, last_id = :id, last = before, seal = NULL",
            id=rows[-1]["id"],
        )

    async def _swap(self, keep_chain: bool) -> None:
        one, other = await self._some(2)
        names = COLUMNS if keep_chain else (*COLUMNS, "chain")
        if all(one[name] == other[name] for name in COLUMNS):
            names = ("chain",)
        sets = ", ".join(f"{name} = :{name}" for name in names)
        for given, place in ((one, other), (other, one)):
            values = {name: given[name] for name in names} | {"place": place["id"]}
            await self._run(f"UPDATE audit SET {sets} WHERE id = :place", **values)

    async def _cut_off(self) -> Any:
        """Remove the last few; the last one that is left."""
        rows = await self._rows()
        kept = rows[: -self.random.randint(1, len(rows) // 2)]
        await self._run("DELETE FROM audit WHERE id > :id", id=kept[-1]["id"])
        return kept[-1]

    async def _rows(self) -> Sequence[Any]:
        """All entries of the chain, in order."""
        found = text(f"SELECT {_ALL} FROM audit WHERE chain IS NOT NULL ORDER BY id")
        return (await self._connection.execute(found)).mappings().all()

    async def _some(self, count: int) -> list[Any]:
        return self.random.sample(list(await self._rows()), count)

    async def _insert(self, row: dict[str, Any]) -> None:
        holes = ", ".join(f":{name}" for name in row)
        await self._run(f"INSERT INTO audit ({', '.join(row)}) VALUES ({holes})", **row)

    async def _run(self, statement: str, **values: Any) -> None:
        await self._connection.execute(text(statement), values)

    def _other(self, column: str, value: Any) -> Any:
        """Something else than the value; one microsecond or one letter is enough."""
        if column in _WORDS:
            return self.random.choice((f"{value} ", "done" if value != "done" else "refused"))
        return self.random.choice(((value or 0) + 1, (value or 0) + self.random.randint(2, 10**9)))

    def _seal(self) -> str:
        return f"{self.random.getrandbits(256):064x}"
