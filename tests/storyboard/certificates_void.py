"""Certificates that an employee voids."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.seals import Seal
from domain.certificates.certificate import Folio, code_of
from domain.money import Centavos
from domain.staff.people import Role
from storage.certificates.desk import voiding
from storage.certificates.register import RegisterRepository
from storage.schema import member
from tests.certificates.rows import (
    add_withholding,
    add_year_end,
    close_years,
    correct_withholding,
)
from tests.statement_rows import add_product
from tests.storyboard.actors import Actor
from tests.storyboard.staff import clerk
from tests.storyboard.studio import SECRETS, Studio


async def closed_years(connection: AsyncConnection, member_id: int) -> None:
    """Withheld in 2025, nothing in 2024; the figures for the tax return; since 2003."""
    await add_withholding(connection, member_id, amount=132_299_00)
    await close_years(connection, 2024)
    await add_year_end(connection, member_id, "contribution", 18_249_000_00)
    await add_year_end(connection, member_id, "credit", 9_876_543_00, interest=Centavos(1_000_00))
    joined = update(member).where(member.c.id == member_id)
    await connection.execute(joined.values(joined_on=member.c.birth_date))
    await add_product(connection, member_id, member_id * 10, "credit", balance=Centavos(987_654_00))


async def _newest_codes(studio: Studio, count: int) -> list[str]:
    """The codes of the certificates issued last, oldest first."""
    async with studio.world.database.unit() as connection:
        register = RegisterRepository(connection)
        found = [await register.by_folio(Folio(2026, number)) for number in range(1, 100)]
    issued = [each for each in found if each is not None]
    return [code_of(each, Seal(SECRETS.certificates)) for each in issued][-count:]


async def voiding_one(studio: Studio) -> None:
    maria = await studio.inside(closed_years)
    for kind in ("constancia", "paz y salvo"):
        await maria.say(kind)
        await maria.tap("Recibirlo aquí")
    await maria.world.deliver()
    first, second = await _newest_codes(studio, 2)
    pedro = await clerk(studio, "Pedro Ensayo", Role.ADMIN)
    await pedro.tap("Anular un certificado")
    await pedro.shot("which certificate is to be voided")
    await pedro.say("6G00-3VC5-PA5K-BKMN")
    await pedro.shot("no certificate of ours")
    await pedro.say(first)
    await pedro.shot("the certificate, and why")
    await pedro.say("x" * 201)
    await pedro.shot("too long a reason")
    await pedro.tap("equivocado")
    await pedro.shot("whether that is meant")
    await pedro.tap("Sí, anularlo")
    await pedro.shot("the certificate is void")
    await maria.mail("a certificate was voided", "Anulamos")
    await pedro.go("Anular otro")
    await pedro.say(second)
    await pedro.tap("Lo pidió el asociado")
    await void(studio, second)
    await pedro.tap("Sí, anularlo")
    await pedro.shot("a colleague was faster")
    await replaced(studio, pedro)


async def replaced(studio: Studio, pedro: Actor) -> None:
    maria = await studio.inside(closed_years)
    for amount in (132_299_00, 90_000_00):
        async with studio.world.database.unit() as connection:
            await correct_withholding(connection, maria.member_id, amount)
        await maria.say("retención")
        await maria.tap("2025")
        await maria.tap("Recibirlo aquí")
    old, _ = await _newest_codes(studio, 2)
    await pedro.tap("Anular otro")
    await pedro.say(old)
    await pedro.shot("a certificate with corrected figures")


async def void(studio: Studio, code: str) -> None:
    async with studio.world.database.unit() as connection:
        await voiding(connection, SECRETS).void(code, "prueba", "elena", studio.world.clock.now())
