"""What is on file: approved values, over those that the core system loads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.profile.applying import OF_THE_CORE
from domain.profile.places import Places
from domain.profile.reading import bare
from domain.profile.records import Entries, Profile
from domain.profile.sections import SECTIONS
from storage.dialect import upsert
from storage.profile.divipola import places
from storage.profile.forms import unpacked
from storage.schema import member, profile_confirmation, profile_value

MUNICIPALITY = "personal.municipality"
SALARY = "income.salary"
_CORE = select(member.c.salary, *(member.c[column] for column in OF_THE_CORE.values()))


class ProfileRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def on_file(self, member_id: int) -> Profile:
        """The member's data of record; LookupError without a member."""
        core = (await self._connection.execute(_CORE.where(member.c.id == member_id))).first()
        if core is None:
            raise LookupError(f"no member {member_id}")
        values = await self._values(member_id)
        if core.salary is not None:
            # The core system's figure is of a salary or a pension; what the member says of it wins.
            values.setdefault(SALARY, str(int(core.salary)))
        values |= _of_the_core(core, values.get(MUNICIPALITY), places())
        mine = profile_confirmation.c.member_id == member_id
        rows = await self._connection.execute(select(profile_confirmation).where(mine))
        return Profile(member_id, _entries(values), {row.section: row.at for row in rows})

    async def confirm(self, member_id: int, section: str, at: datetime) -> None:
        """The member says that the section is still right."""
        said = upsert(self._connection, profile_confirmation).values(
            member_id=member_id, section=section, at=at
        )
        key = [profile_confirmation.c.member_id, profile_confirmation.c.section]
        again = said.on_conflict_do_update(index_elements=key, set_={"at": at})
        await self._connection.execute(again)

    async def _values(self, member_id: int) -> dict[str, str]:
        mine = select(profile_value.c.field, profile_value.c.value).where(
            profile_value.c.member_id == member_id
        )
        return {row.field: row.value for row in await self._connection.execute(mine)}


def _of_the_core(core: Row[Any], code: str | None, known: Places) -> dict[str, str]:
    """The core system's columns by field; its municipality is a name, ours a code."""
    found = {f: getattr(core, column) for f, column in OF_THE_CORE.items()}
    found[MUNICIPALITY] = _code(core.municipality, code, known)
    return {field: value for field, value in found.items() if value}


def _code(name: str | None, approved: str | None, known: Places) -> str | None:
    """The municipality's code: the approved one while it has that name, else the only one."""
    place = known.named(approved or "")
    if name is None or (place is not None and bare(place.municipality) == bare(name)):
        return approved
    same = [p.code for p in known.by_code.values() if bare(p.municipality) == bare(name)]
    return same[0] if len(same) == 1 else None


def _entries(values: Mapping[str, str]) -> dict[str, Entries]:
    found: dict[str, Entries] = {}
    for section in SECTIONS.values():
        if section.repeats:
            if section.name in values:
                found[section.name] = unpacked(values[section.name])
            continue
        named = ((f.name, values.get(f"{section.name}.{f.name}")) for f in section.fields)
        found[section.name] = ({name: value for name, value in named if value is not None},)
    return found
