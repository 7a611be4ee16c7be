"""A database of an earlier version keeps what it holds."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from storage.database import Database
from storage.migrate import MIGRATIONS, migrate

MEMBER = """INSERT INTO member (id, number, document_type, document_number, first_names, surnames,
    birth_date, status, as_of, first_loaded_at)
    VALUES (1, 'A1', 'CC', '41789123', 'MARIA', 'DEMO', '1958-04-12', 'active', '2026-10-31', 0)"""
SESSION = """INSERT INTO session (id, member_id, chat_id, telegram_id, started_at)
    VALUES ('s1', 1, 7, 7, 0)"""
CHAT = """INSERT INTO conversation (chat_id, version, data, run, session_id, recent_updates)
    VALUES (7, 1, '{}', 'r', 's1', '[]')"""


def up_to(version: str):
    def upgrade(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, version)

    return upgrade


@pytest.fixture
async def old(empty_database_url):
    """A database from before there were employees, with a member inside."""
    opened = Database(empty_database_url)
    async with opened.unit() as connection:
        await connection.run_sync(up_to("0003_conversation"))
        for statement in (MEMBER, SESSION, CHAT):
            await connection.execute(text(statement))
    yield opened
    await opened.close()


async def test_sessions_survive_the_coming_of_employees(old):
    await migrate(old)
    async with old.unit() as connection:
        held = "SELECT s.member_id FROM conversation c JOIN session s ON s.id = c.session_id"
        assert (await connection.execute(text(held))).scalar_one() == 1


async def test_references_are_checked_again_after_a_migration(old):
    await migrate(old)
    orphan = "UPDATE conversation SET session_id = 'nobody'"
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with old.unit() as connection:
            await connection.execute(text(orphan))


async def test_a_session_is_somebodys(old):
    await migrate(old)
    nobody = "INSERT INTO session (id, chat_id, telegram_id, started_at) VALUES ('s2', 7, 7, 0)"
    with pytest.raises(Exception, match="one_person"):
        async with old.unit() as connection:
            await connection.execute(text(nobody))


CHANGES = """INSERT INTO contact_change (id, member_id, field, old_value, new_value, reason,
    requested_by, requested_from, requested_at, confirmed_by, confirmed_from, confirmed_at,
    serves_at, closed_at, outcome) VALUES (1, 1, 'email', NULL, 'b@x.example', 'carta', 1, 1, 0,
    2, 2, 0, 86400000000, 86400000000, 'applied'), (2, 1, 'email', 'b@x.example', 'c@x.example',
    'carta', 1, 1, 0, 2, 2, 0, 86400000000, 86400000000, 'applied')"""
STAFF = """INSERT INTO staff (id, name, role, telegram_id, created_at)
    VALUES (1, 'Elena', 'support', 1, 0), (2, 'Pedro', 'admin', 2, 0)"""
HELD = """INSERT INTO profile_hold (member_id, "column", previous, approved, since)
    VALUES (1, 'email', 'b@x.example', 'c@x.example', 0), (1, 'municipality', 'Tunja', 'Cali', 0)"""


async def test_what_a_late_load_may_not_bring_is_remembered(empty_database_url):
    opened = Database(empty_database_url)
    async with opened.unit() as connection:
        await connection.run_sync(up_to("0016_profile"))
        for statement in (MEMBER, STAFF, CHANGES, HELD):
            await connection.execute(text(statement))
    await migrate(opened)
    async with opened.unit() as connection:
        found = await connection.execute(text('SELECT "column", previous FROM outdated_value'))
        kept = {tuple(row) for row in found}
        count = await connection.execute(text("SELECT count(*) FROM contact_change"))
        assert count.scalar_one() == 2
    assert kept == {("email", ""), ("email", "b@x.example"), ("municipality", "Tunja")}
    with pytest.raises(Exception, match="two_people"):
        async with opened.unit() as connection:
            await connection.execute(text("UPDATE contact_change SET confirmed_by = 1"))
    await opened.close()
