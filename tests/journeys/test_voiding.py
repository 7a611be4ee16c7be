"""An employee voids a certificate that a member was given."""

import pytest
from sqlalchemy import select, update

from domain.staff.people import Role
from storage.schema import certificate, staff
from tests.certificates.rows import add_withholding, correct_withholding
from tests.journeys.employee import PEDRO, StaffPhone, at_phone
from tests.journeys.member import DOCUMENT
from tests.journeys.test_certificates import code_in, receive
from tests.journeys.test_helping import said


@pytest.fixture(autouse=True)
async def closed_year(world):
    async with world.database.unit() as connection:
        await add_withholding(connection, 1, amount=7_000_00)


@pytest.fixture
async def pedro(world) -> StaffPhone:
    phone = at_phone(world, PEDRO)
    await phone.join("Pedro Lápiz", Role.VERIFIER)
    return phone


@pytest.fixture
async def code(phone, world) -> str:
    """The code of the certificate that the member holds."""
    await phone.first_entry()
    return code_in((await receive(phone, world)).content)


async def row(world):
    async with world.database.unit() as connection:
        return (await connection.execute(select(certificate).order_by(certificate.c.id))).first()


async def test_from_the_code_to_void(pedro, phone, code, world):
    await pedro.tap("Anular un certificado")
    await pedro.say(code.lower().replace("-", " "))
    assert "Certificado de retención en la fuente" in pedro.screen
    assert "CC •••••123" in pedro.screen
    assert "7.000" not in pedro.screen
    await pedro.tap("Tiene un dato equivocado")
    assert "¿Anula este certificado?" in pedro.screen
    assert (await row(world)).voided_at is None
    await pedro.tap("Sí, anularlo")
    assert "Quedó anulado" in pedro.screen
    assert "Se anuló el" in pedro.screen
    assert (await row(world)).void_reason == "Tiene un dato equivocado"
    assert (await row(world)).voided_by == "Pedro Lápiz"
    await phone.say(f"/verificar {code}")
    assert "Certificado anulado" in phone.screen
    await world.post()
    letter = world.mails()[-1]
    assert "Anulamos un certificado suyo" in letter.subject
    assert "2026-000001" in letter.text
    assert DOCUMENT not in said(pedro)
    again = code_in((await receive(phone, world)).content)
    await phone.say(f"/verificar {again}")
    assert "Certificado válido" in phone.screen


async def test_by_folio_with_a_typed_reason(pedro, code, world):
    await pedro.tap("Anular un certificado")
    await pedro.say("2026-000001")
    await pedro.say("x" * 201)
    assert "El motivo es muy largo" in pedro.screen
    await pedro.say("Papel <b>perdido</b> en el bus")
    assert "Papel <b>perdido</b> en el bus" in pedro.screen
    await pedro.tap("Volver")
    await pedro.tap("Lo pidió el asociado")
    await pedro.tap("Sí, anularlo")
    assert (await row(world)).void_reason == "Lo pidió el asociado"
    await pedro.tap("Anular otro")
    await pedro.say("2026-000009")
    assert "Ningún certificado nuestro" in pedro.screen
    await pedro.say("2026-000001")
    assert "Certificado anulado" in pedro.screen
    await pedro.tap("Menú")
    assert "Hola, Pedro" in pedro.screen


async def test_one_that_was_replaced_says_so(pedro, phone, code, world):
    async with world.database.unit() as connection:
        await correct_withholding(connection, 1, 6_300_00)
    await receive(phone, world)
    await pedro.tap("Anular un certificado")
    await pedro.say(code)
    assert "Ya lo reemplaza el folio 2026-000002" in pedro.screen


async def test_somebody_else_was_faster(pedro, code, world):
    await pedro.tap("Anular un certificado")
    await pedro.say(code)
    await pedro.tap("Tiene un dato equivocado")
    async with world.database.unit() as connection:
        changed = {"voided_at": world.clock.now(), "voided_by": "Luz"}
        await connection.execute(update(certificate).values(changed))
    await pedro.tap("Sí, anularlo")
    assert "Otra persona ya lo había anulado" in pedro.screen
    assert (await row(world)).voided_by == "Luz"


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.AUDITOR, Role.BROADCASTER])
async def test_a_role_taken_away_counts_at_the_press(pedro, code, world, role):
    await pedro.tap("Anular un certificado")
    await pedro.say(code)
    await pedro.tap("Tiene un dato equivocado")
    async with world.database.unit() as connection:
        await connection.execute(update(staff).values(role=role.value))
    await pedro.tap("Sí, anularlo")
    assert (await row(world)).voided_at is None
    assert not [label for label in pedro.labels if "Anular" in label]


async def test_nobody_voids_their_own(world, phone, code):
    luz = at_phone(world, PEDRO)
    await luz.join("Luz Tiza", Role.ADMIN, f"CC {DOCUMENT}")
    await luz.tap("Anular un certificado")
    await luz.say(code)
    await luz.tap("Tiene un dato equivocado")
    await luz.tap("Sí, anularlo")
    assert "Por transparencia la debe atender otra persona" in luz.screen
    assert (await row(world)).voided_at is None
    await luz.tap("Menú")
    assert "Hola, Luz" in luz.screen
