"""Updating one's own data, and what becomes of it."""

from sqlalchemy import select, update

from handlers.kit import texts
from storage.schema import (
    member,
    profile_request,
    profile_section,
)
from tests.storyboard.actors import Actor
from tests.storyboard.frames import Frame
from tests.storyboard.profile_form import (
    every_question,
    open_form,
    open_section,
    wrong_answers,
)
from tests.storyboard.profile_moving import moving
from tests.storyboard.profile_papers import papers
from tests.storyboard.profile_queue import empty_queue, lists, look_after, queue, simple_request
from tests.storyboard.studio import Studio


async def withdrawing(studio: Studio) -> None:
    luis = await studio.employee("Luis Rojas")
    maria = await simple_request(studio)
    await maria.world.deliver()
    await luis.go("Abrir la solicitud")
    await maria.go("Mis solicitudes", "Ver ACT", "Retirar")
    await maria.shot("once more before it is taken back")
    await maria.go("Sí, retirarla")
    await maria.shot("taken back")
    await maria.world.deliver()
    await luis.note("a request that was taken back", "la retiró")
    await luis.go("Aprobar")
    await luis.shot("taken back meanwhile")
    rosa = await simple_request(studio)
    await rosa.go("Volver")
    await rosa.shot("a section waits")
    await open_section(rosa, "beneficiaries")
    await rosa.shot("a section that waits can only be read")
    await rosa.go("Volver", "Mis solicitudes", "Ver ACT", "Retirar")
    async with studio.world.database.unit() as connection:
        mine = profile_section.c.member_id == rosa.member_id
        withdrawn = {"state": "withdrawn"}
        await connection.execute(update(profile_section).where(mine).values(withdrawn))
    await rosa.go("Sí, retirarla")
    await rosa.shot("too late to take it back")


async def quiet_things(studio: Studio) -> None:
    """Confirming, an empty review, reminders."""
    maria = await open_form(studio)
    await open_section(maria, "work")
    await maria.tap("Todo sigue igual")
    await maria.shot("one section is the same")
    await maria.tap("Confirmar")
    await maria.shot("confirmed")
    for name in ("income", "references"):
        await open_section(maria, name)
        await maria.tap("Todo sigue igual")
    await maria.tap("Confirmar")
    await maria.shot("more than one confirmed")
    await maria.tap("Mis solicitudes")
    await maria.shot("no requests yet")
    await maria.go("Volver")
    await open_section(maria, "personal")
    await maria.tap("Dirección")
    await maria.say("Calle 1 # 2-3")
    await maria.go("Revisar y enviar")
    studio.world.clock.forward(days=31)
    await look_after(studio)
    await maria.shot("a draft ran out", "(nota)")
    async with studio.world.database.unit() as connection:
        mine = member.c.id == maria.member_id
        long_ago = {"first_loaded_at": studio.world.clock.now().replace(year=2020)}
        await connection.execute(update(member).where(mine).values(long_ago))
    studio.world.clock.forward(days=400)
    await look_after(studio)
    await maria.shot("once a year", "(nota)")


async def days_later(studio: Studio) -> None:
    marta = await studio.employee("Marta Ruiz", role="admin")
    maria = await simple_request(studio)
    studio.world.clock.forward(days=3, minutes=5)
    await look_after(studio)
    await studio.at_work(marta)
    await marta.shot("three days without a decision", "(nota)")
    await marta.go("Abrir la solicitud", "No aprobar", "Debe hacerse en la oficina")
    await marta.shot("refused, to be done at the office")
    await studio.world.deliver()
    await maria.shot("to be done at the office", "(nota)")


async def own_and_gone(studio: Studio) -> None:
    maria = await simple_request(studio)
    hers = await studio.employee("María Ñáñez", member_id=maria.member_id)
    await hers.phone.send_data("-:vfn:99999")
    await hers.shot("a request that is not there")
    await hers.go("Volver")
    await hers.go("ACT-")
    await hers.shot("a request about one's own data")
    await maria.world.deliver()
    mine = max(int(data) for data in await requests_of(studio, maria))
    await hers.phone.send_data(f"-:vfn:{mine}")
    await hers.shot("a note about one's own data")
    group = texts.plain("notes.group")
    studio.frames.append(Frame("what the staff group is told", "(grupo)", group))


async def requests_of(studio: Studio, maria: Actor) -> list[int]:
    async with studio.world.database.unit() as connection:
        mine = profile_request.c.member_id == maria.member_id
        return list(await connection.scalars(select(profile_request.c.id).where(mine)))


SCENES = (
    every_question,
    wrong_answers,
    moving,
    papers,
    withdrawing,
    quiet_things,
    queue,
    lists,
    days_later,
    own_and_gone,
    empty_queue,
)
