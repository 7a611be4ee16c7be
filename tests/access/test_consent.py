"""The authorisation of Ley 1581: its proof, and what a "no" leaves."""

from hashlib import sha256

from handlers.kit.texts import html
from storage.schema import (
    allowance,
    audit,
    chat_message,
    consent,
    conversation,
    document_tried,
    entry_attempt,
    mail,
    outbox,
)
from tests.access.world import COOPERATIVE, World

ME = 77
TRACES = (
    *(allowance, audit, chat_message, consent, conversation, document_tried, entry_attempt),
    *(mail, outbox),
)


async def test_a_yes_is_kept_with_its_proof(world: World) -> None:
    member_id = await world.enrol()
    rosa = world.person(ME)
    await rosa.say("/start")
    await rosa.tap("Entrar")
    assert rosa.view
    shown = html(rosa.view.screen.text, rosa.view.screen.params)
    assert COOPERATIVE.name in shown
    assert COOPERATIVE.data_processing.policy_address in shown
    await rosa.tap("Sí, autorizo")
    (proof,) = await world.rows(consent)
    assert proof.text_sha256 == sha256(shown.encode()).hexdigest()
    assert (proof.telegram_id, proof.version) == (ME, "2026-1")
    assert proof.given_at == world.clock.now()
    await rosa.enter("40123123")
    (proof,) = await world.rows(consent)
    assert proof.member_id == member_id


async def test_a_no_ends_kindly_and_leaves_nothing(world: World) -> None:
    person = world.person(ME)
    await person.say("/start")
    await person.tap("Entrar")
    await person.tap("No autorizo")
    assert "No guardamos ningún dato" in person.screen
    for table in TRACES:
        assert await world.rows(table) == [], table.name


async def test_only_the_first_time_and_for_each_new_version(world: World) -> None:
    rosa = world.person(ME)
    await rosa.authorise()
    await rosa.say("/start")
    await rosa.tap("Entrar")
    assert "¿Qué documento tiene?" in rosa.screen
    await world.change(consent, version="2025-1")
    await rosa.say("/start")
    await rosa.tap("Entrar")
    assert "Sus datos personales" in rosa.screen
    await rosa.say("sí")
    assert "toque uno de los dos botones" in rosa.screen
    await rosa.tap("Sí, autorizo")
    assert len(await world.rows(consent)) == 2
