"""Employees: the link, the code, their home, members' files and what is done for them."""

import pyotp
from sqlalchemy import Text, cast, update

from domain.access.totp import Seed
from domain.staff.people import Role
from storage.schema import (
    staff,
)
from storage.staff.roster import Roster
from tests.journeys.employee import KEY
from tests.journeys.member import PIN
from tests.storyboard.actors import Actor
from tests.storyboard.staff_members import (
    clean_desk,
    clerk,
    files,
    finding,
    helping,
    open_file,
    past_acts,
)
from tests.storyboard.studio import SECRETS, Studio


async def link(studio: Studio, name: str, role: Role = Role.SUPPORT) -> str:
    """What the operator's command prints, as it is opened in the chat."""
    async with studio.world.database.unit() as connection:
        await connection.execute(
            update(staff)
            .where(staff.c.name == name)
            .values(name=staff.c.name + " " + cast(staff.c.id, Text))
        )
        token = await Roster(connection, SECRETS).invite(name, role, None, studio.world.clock.now())
    return f"/start {token}"


def app_code(actor: Actor) -> str:
    """What the app shows for the key on the screen."""
    found = KEY.search(actor.screen)
    assert found, actor.screen
    return pyotp.TOTP(found[1].replace(" ", "")).at(actor.world.clock.now())


async def joining(studio: Studio) -> None:
    elena = await studio.stranger()
    await elena.say(await link(studio, "Elena Prueba"))
    await elena.shot("the link of an invitation")
    await elena.say("hola")
    await elena.shot("typed instead of tapped")
    await elena.tap("Sí, soy yo")
    await elena.world.deliver()
    await elena.shot("the key of the app, and its picture")
    await elena.say("000000")
    await elena.shot("a first code that is wrong")
    await elena.say("hola")
    await elena.shot("that is no code")
    await elena.say(app_code(elena))
    await elena.shot("enrolled, and in")
    await elena.say(await link(studio, "Pedro Ensayo", Role.ADMIN))
    await elena.tap("Sí, soy yo")
    await elena.shot("a link for another person")
    pedro = await studio.stranger()
    update_ = await pedro.phone.say(await link(studio, "Pedro Ensayo", Role.ADMIN))
    studio.world.clock.forward(minutes=11)
    await studio.world.sandbox.redeliver(update_)
    await pedro.shot("a link that was left open for too long")


async def entering(studio: Studio) -> None:
    nobody = await studio.stranger()
    await nobody.say("/empleado")
    await nobody.shot("/empleado of somebody else")
    elena = await studio.stranger()
    await elena.say(await link(studio, "Elena Prueba"))
    await elena.tap("Sí, soy yo")
    code = app_code(elena)
    seed = Seed(KEY.search(elena.screen)[1].replace(" ", ""))  # type: ignore[index]
    await elena.say(code)
    await elena.tap("Salir")
    await elena.shot("an employee has left")
    await elena.tap("Entrar como empleado")
    await elena.shot("the code of the app")
    await elena.say(code)
    await elena.shot("a code that has served")
    await elena.say("123")
    await elena.shot("that is no code either")
    studio.world.clock.forward(seconds=30)
    await elena.say(pyotp.TOTP(seed.secret).at(studio.world.clock.now()))
    await elena.shot("at work again")
    await elena.say("/salir")
    await elena.say("/empleado")
    for _ in range(10):
        await elena.say("000000")
    await elena.shot("a wrong code")
    await elena.say("000000")
    await elena.shot("too many wrong codes")


async def homes(studio: Studio) -> None:
    await clean_desk(studio)
    for role in Role:
        luz = await clerk(studio, "Luz Tiza", role)
        await luz.shot(f"the home of a role: {role.value}")


async def own_account(studio: Studio) -> None:
    maria = await studio.member(PIN, surnames="Tiza Propia")
    hers = await clerk(studio, "María Tiza", Role.ADMIN, member_id=maria.member_id)
    await open_file(hers, maria, "the employee's own")
    await hers.tap("Desbloquear")
    await hers.tap("Vino a la oficina")
    await hers.shot("nobody helps themselves")


SCENES = (joining, entering, homes, finding, files, past_acts, helping, own_account)
