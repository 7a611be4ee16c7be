"""Certificates: chosen, proven, received here or by e-mail, and checked by anyone."""

import re

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cooperative import Policies
from domain.money import Centavos
from storage.schema import closed_year, member
from tests.certificates.rows import (
    correct_withholding,
)
from tests.statement_rows import add_product
from tests.storyboard.actors import Actor
from tests.storyboard.certificates_void import _newest_codes, closed_years, void, voiding_one
from tests.storyboard.studio import Studio

STEP_UP = re.compile(r"para seguir es: (\d{6})\b")


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


async def _correct_and_void(studio: Studio, maria: Actor, codes: list[str]) -> None:
    async with studio.world.database.unit() as connection:
        await correct_withholding(connection, maria.member_id, 100_000_00)
    await void(studio, codes[2])
    await maria.say("retención")
    await maria.tap("2025")
    await maria.tap("Recibirlo aquí")


SCENES = (choosing, refused, proving, without_address, checking, voiding_one)
