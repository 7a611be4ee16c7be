"""Certificates: chosen, proven, received here or by e-mail, and checked by anyone."""

import re

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.seals import Seal
from domain.certificates.certificate import Folio, code_of
from domain.cooperative import Policies
from domain.money import Centavos
from domain.staff.people import Role
from storage.certificates.desk import voiding
from storage.certificates.register import RegisterRepository
from storage.schema import closed_year, member
from tests.certificates.rows import (
    add_withholding,
    add_year_end,
    close_years,
    correct_withholding,
)
from tests.statement_rows import add_product
from tests.storyboard.staff import clerk
from tests.storyboard.studio import SECRETS, Actor, Studio

STEP_UP = re.compile(r"para seguir es: (\d{6})\b")


async def closed_years(connection: AsyncConnection, member_id: int) -> None:
    """Withheld in 2025, nothing in 2024; the figures for the tax return; since 2003."""
    await add_withholding(connection, member_id, amount=132_299_00)
    await close_years(connection, 2024)
    await add_year_end(connection, member_id, "contribution", 18_249_000_00)
    await add_year_end(connection, member_id, "credit", 9_876_543_00, interest=Centavos(1_000_00))
    joined = update(member).where(member.c.id == member_id)
    await connection.execute(joined.values(joined_on=member.c.birth_date))
    await add_product(connection, member_id, member_id * 10, "credit", balance=Centavos(987_654_00))


async def new_here(connection: AsyncConnection, member_id: int) -> None:
    """A member since this year."""
    own = update(member).where(member.c.id == member_id)
    await connection.execute(own.values(joined_on=member.c.as_of))


async def late(connection: AsyncConnection, member_id: int) -> None:
    """One day late with a credit, 45 with another."""
    for number, (days, name) in enumerate(((1, "Educación"), (45, "Libre inversión"))):
        owed = {"arrears": Centavos(123_456_00), "days_past_due": days, "name": name}
        balance = Centavos(987_654_00)
        key = member_id * 10 + number
        await add_product(connection, member_id, key, "credit", balance=balance, **owed)


async def choosing(studio: Studio) -> None:
    maria = await studio.inside(closed_years)
    await maria.tap("Certificados")
    await maria.shot("which certificate")
    await maria.tap("Retención")
    await maria.shot("which year")
    await maria.tap("2025")
    await maria.shot("something was withheld")
    await maria.tap("Recibirlo aquí")
    await maria.shot("the certificate is on its way")
    await maria.world.deliver()
    await maria.shot("the certificate has come")
    await maria.tap("Volver")
    await maria.tap("2024")
    await maria.shot("nothing was withheld")
    await maria.say("declaración de renta")
    await maria.shot("which year, asked for with words")
    await maria.tap("2025")
    await maria.shot("the figures for the tax return")
    for words in ("constancia", "paz y salvo", "extracto de crédito"):
        await maria.say(words)
        await maria.shot(f"asked for with words: {words}")
    await maria.tap("Enviarlo a")
    await maria.shot("sent by e-mail")
    await maria.mail("the certificate", "certificado que pidió")
    for _ in range(5):
        await maria.tap("Enviarlo a")
    await maria.shot("a sixth by e-mail in an hour")


async def refused(studio: Studio) -> None:
    eva = await studio.inside(new_here)
    await eva.say("retención")
    await eva.shot("no closed year")
    maria = await studio.inside()
    await maria.say("constancia")
    await maria.shot("a member of unknown date")
    await maria.say("paz y salvo")
    await maria.shot("nothing is owed")
    await maria.say("extracto de crédito")
    await maria.shot("no credit to speak of")
    rosa = await studio.inside(late)
    await rosa.say("paz y salvo")
    await rosa.shot("something is overdue")
    await rosa.tap("Extracto de crédito")
    await rosa.shot("the credits instead")
    elena = await studio.inside(closed_years)
    await elena.say("retención")
    await _forget_years(studio)
    await elena.tap("2025")
    await elena.shot("a year that is no longer there")


async def _forget_years(studio: Studio) -> None:
    async with studio.world.database.unit() as connection:
        await connection.execute(closed_year.delete())


async def proving(studio: Studio) -> None:
    maria = await studio.inside(closed_years)
    studio.world.clock.forward(minutes=3)
    await maria.say("constancia")
    await maria.tap("Recibirlo aquí")
    await maria.shot("three minutes after entering", step="certificates.proof")
    await maria.mail("the code of the proof", "código de comprobación")
    await maria.say("12")
    await maria.shot("not six digits")
    for title in ("a wrong code", "a wrong code again", "the code is dead"):
        await maria.say("000000")
        await maria.shot(title)
    await maria.tap("Enviar otro código")
    await maria.shot("another code")
    for _ in range(4):
        await maria.tap("Enviar otro código")
    await maria.shot("a sixth code in an hour")
    await maria.world.post()
    await maria.say(_code(maria))
    await maria.shot("proven")
    rosa = await studio.inside()
    studio.world.clock.forward(minutes=3)
    await rosa.say("constancia")
    async with studio.world.database.unit() as connection:
        own = update(member).where(member.c.id == rosa.member_id)
        await connection.execute(own.values(email=None))
    await rosa.tap("Enviarlo a")
    await rosa.shot("no address on file to prove by")


def _code(actor: Actor) -> str:
    written = [mail.text for mail in actor.world.mails(actor.email)]
    return [found[1] for found in map(STEP_UP.search, written) if found][-1]


async def without_address(studio: Studio) -> None:
    maria = await studio.inside()
    await maria.say("constancia")
    async with studio.world.database.unit() as connection:
        own = update(member).where(member.c.id == maria.member_id)
        await connection.execute(own.values(email=None))
    await maria.tap("Enviarlo a")
    await maria.shot("no address on file to send to")


async def checking(studio: Studio) -> None:
    maria = await studio.inside(closed_years)
    for kind in ("retención", "declaración de renta"):
        await maria.say(kind)
        await maria.tap("2025")
        await maria.tap("Recibirlo aquí")
    for kind in ("constancia", "paz y salvo", "extracto de crédito"):
        await maria.say(kind)
        await maria.tap("Recibirlo aquí")
    await maria.world.deliver()
    await maria.shot("one of each kind has come")
    codes = await _newest_codes(studio, 5)
    employer = await studio.stranger()
    await employer.say("/verificar")
    await employer.shot("a stranger with a paper in hand")
    await employer.say("6G00-3VC5-PA5K-BKMN")
    await employer.shot("a made-up code")
    for code in codes:
        await employer.say(code)
        await employer.shot("a valid certificate")
    await _correct_and_void(studio, maria, codes)
    for code, title in ((codes[0], "figures corrected since"), (codes[2], "voided since")):
        await employer.say(f"/verificar {code}")
        await employer.shot(title)
    for _ in range(Policies().checks_per_hour):
        await employer.say(f"/verificar {codes[1]}")
    await employer.shot("too many checks in an hour")


async def _newest_codes(studio: Studio, count: int) -> list[str]:
    """The codes of the certificates issued last, oldest first."""
    async with studio.world.database.unit() as connection:
        register = RegisterRepository(connection)
        found = [await register.by_folio(Folio(2026, number)) for number in range(1, 100)]
    issued = [each for each in found if each is not None]
    return [code_of(each, Seal(SECRETS.certificates)) for each in issued][-count:]


async def _correct_and_void(studio: Studio, maria: Actor, codes: list[str]) -> None:
    async with studio.world.database.unit() as connection:
        await correct_withholding(connection, maria.member_id, 100_000_00)
    await void(studio, codes[2])
    await maria.say("retención")
    await maria.tap("2025")
    await maria.tap("Recibirlo aquí")


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


SCENES = (choosing, refused, proving, without_address, checking, voiding_one)
