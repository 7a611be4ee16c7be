"""Employees: members' files and what is done for them."""

from datetime import timedelta

from sqlalchemy import delete, insert, update

from domain.access.journal import Action, Result
from domain.access.totp import Holder, Seed
from domain.staff.files import SHOWN
from domain.staff.people import Role
from handlers.kit.texts import catalog
from storage.access.totp import AuthenticatorRepository
from storage.audit import aside
from storage.audit.aside import Entry
from storage.schema import (
    authenticator,
    contact_change,
    credential,
    lead,
    profile_request,
    staff_act,
    ticket,
)
from tests.journeys.member import PIN
from tests.storyboard.actors import Actor
from tests.storyboard.studio import SECRETS, Studio

SEED = Seed("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")


async def clerk(studio: Studio, name: str, role: Role = Role.SUPPORT, **columns: object) -> Actor:
    """An enrolled employee at work."""
    actor = await studio.employee(name, role=role.value, **columns)
    async with studio.world.database.unit() as connection:
        kept, now = AuthenticatorRepository(connection, SECRETS.seeds), studio.world.clock.now()
        holder = Holder(staff_id=actor.phone.id)
        await kept.begin(holder, SEED, now)
        await kept.confirm(holder, 1, now)
    await actor.say("/menu")
    return actor


async def clean_desk(studio: Studio) -> None:
    """Nothing of earlier scenes waits any more."""
    async with studio.world.database.unit() as connection:
        now = studio.world.clock.now()
        closed = {"state": "closed", "closed_at": now, "announced_at": now}
        await connection.execute(update(ticket).values(closed))
        waiting = contact_change.c.closed_at.is_(None)
        ended = {"closed_at": now, "outcome": "lapsed"}
        await connection.execute(update(contact_change).where(waiting).values(ended))
        await connection.execute(update(profile_request).values(closed_at=now))
        await connection.execute(update(lead).values(state="closed", closed_at=now))


async def finding(studio: Studio) -> None:
    await clean_desk(studio)
    elena = await clerk(studio, "Elena Prueba")
    for first_names in ("Ana", "Berta", "Carla", "Dora", "Eva", "Flor", "Gema"):
        await studio.member(surnames="Lápiz Rojo", first_names=first_names)
    await studio.member(surnames="Regla Corta", first_names="Rosa", status="inactive")
    barred = {"locked_at": studio.world.clock.now(), "lock_reason": "staff"}
    await studio.member(None, barred, surnames="Regla Larga", first_names="Raúl")
    await elena.tap("Buscar un asociado")
    await elena.shot("what can be searched for")
    await elena.say("ab")
    await elena.shot("too little to search for")
    await elena.say("nadie asi")
    await elena.shot("nobody of that name")
    await elena.say("regla")
    await elena.shot("found by a surname")
    await elena.say("lapiz")
    await elena.shot("too many for one page")
    await elena.tap("Siguientes")
    await elena.shot("the last page")


async def files(studio: Studio) -> None:
    await clean_desk(studio)
    elena, now = await clerk(studio, "Elena Prueba"), studio.world.clock.now()
    fresh = await studio.member(surnames="Tiza Blanca")
    await open_file(elena, fresh, "never entered")
    await elena.tap("Ver documento completo")
    await elena.shot("the whole document, once asked for")
    old = now - timedelta(days=40)
    none = {"email": None, "mobile": None}
    late = await studio.member(surnames="Tiza Vieja", first_loaded_at=old, **none)
    await open_file(elena, late, "the first key came too late, and nowhere to write to")
    tried = {"bound": True, "bound_at": now, "failures_bound": 2, "failures_unbound": 1}
    maria = await studio.member(PIN, tried, surnames="Tiza Gris")
    await with_trail(studio, maria)
    await open_file(elena, maria, "some wrong PINs")
    out = {"failures_bound": 5, "failures_unbound": 5}
    await open_file(elena, await studio.member(PIN, out, surnames="Tiza Azul"), "locked out")
    for reason in ("robbery", "stranger"):
        lock = {"locked_at": now, "lock_reason": reason, "reset_required_at": now}
        barred = await studio.member(PIN, lock, surnames=f"Tiza {reason}")
        await open_file(elena, barred, f"barred: {reason}")


async def past_acts(studio: Studio) -> None:
    """All that employees may have done to a member, some to each."""
    elena, now = await clerk(studio, "Elena Prueba"), studio.world.clock.now()
    done = [key.rpartition(".")[2] for key in catalog() if key.startswith("staff_file.did.")]
    for place in range(0, len(done), SHOWN):
        whose = await studio.member(PIN, surnames=f"Tiza {place}")
        by = {"staff_id": elena.phone.id, "telegram_id": elena.phone.id, "at": now}
        rows = [by | {"member_id": whose.member_id, "action": act} for act in done[place:][:SHOWN]]
        async with studio.world.database.unit() as connection:
            await connection.execute(insert(staff_act), rows)
        await open_file(elena, whose, "what employees did")


async def open_file(elena: Actor, whose: Actor, title: str) -> None:
    await elena.say("/menu")
    await elena.say(whose.document)
    await elena.tap("1. ")
    await elena.shot(f"a file: {title}")


async def with_trail(studio: Studio, whose: Actor) -> None:
    """One try of each kind in the audit trail."""
    now = studio.world.clock.now()
    tries = (
        (Action.ENTRY, Result.DONE),
        (Action.BLOCK, Result.DONE),
        (Action.LOCK, Result.REFUSED),
        (Action.PIN, Result.REFUSED),
        (Action.CODE, Result.REFUSED),
    )
    more = ((Action.ENTRY, Result.REFUSED), (Action.RESET, Result.REFUSED))
    async with studio.world.database.unit() as connection:
        for place, (action, result) in enumerate(tries):
            at = now - timedelta(hours=place)
            entry = Entry(at, action.value, result.value, member_id=whose.member_id)
            aside.put(connection, entry)
    other = await studio.member(PIN, {"pin_serves_from": None}, surnames="Tiza Verde")
    async with studio.world.database.unit() as connection:
        for action, result in more:
            entry = Entry(now, action.value, result.value, member_id=other.member_id)
            aside.put(connection, entry)
    await open_file(await clerk(studio, "Luz Tiza"), other, "not let in, and no new PIN")


async def helping(studio: Studio) -> None:
    await clean_desk(studio)
    elena = await clerk(studio, "Elena Prueba")
    maria = await studio.member(PIN, {"failures_bound": 5}, surnames="Tiza Roja")
    await open_file(elena, maria, "before any help")
    await elena.say("hola")
    await elena.shot("typed into a file")
    await help_with(elena, "Desbloquear", "Vino a la oficina")
    await maria.mail("unlocked by an employee", "volver a entrar")
    await help_with(elena, "Restablecer", "Cambió de teléfono")
    await elena.tap("Volver")
    await elena.shot("the file, with the number")
    await maria.mail("a reset by an employee", "PIN nuevo")
    await enrol_app(studio, maria)
    await open_file(elena, maria, "with an authenticator")
    mine = authenticator.c.member_id == maria.member_id
    async with studio.world.database.unit() as connection:
        spent = {"failures_own": 10, "failures_others": 10}
        await connection.execute(update(authenticator).where(mine).values(spent))
    await open_file(elena, maria, "with wrong codes of the authenticator")
    await help_with(elena, "Quitar el autenticador", "Lo comprobé")
    await help_with(elena, "Desactivar", "El asociado lo pidió")
    await maria.mail("deactivated by an employee", "Desactivamos")
    await help_with(elena, "Reactivar", "Lo pidió en una solicitud")
    await used(studio, elena, maria)
    await beaten(studio, elena, maria)


async def help_with(elena: Actor, act: str, reason: str) -> None:
    await elena.tap(act)
    await elena.shot(f"what it does, and why it is done: {act}")
    await elena.tap(reason)
    await elena.shot(f"done: {act}")


async def used(studio: Studio, elena: Actor, maria: Actor) -> None:
    """The member has used the number that the screen shows."""
    async with studio.world.database.unit() as connection:
        mine = update(credential).where(credential.c.member_id == maria.member_id)
        await connection.execute(mine.values(reset_granted_until=None))
    await elena.say("hola")
    await elena.shot("a number that was used")
    await elena.tap("Volver")


async def enrol_app(studio: Studio, whose: Actor) -> None:
    async with studio.world.database.unit() as connection:
        kept, now = AuthenticatorRepository(connection, SECRETS.seeds), studio.world.clock.now()
        holder = Holder(member_id=whose.member_id)
        await kept.begin(holder, SEED, now)
        await kept.confirm(holder, 1, now)


async def beaten(studio: Studio, elena: Actor, maria: Actor) -> None:
    """What somebody else did between the screen and the press."""
    await enrol_app(studio, maria)
    await open_file(elena, maria, "before somebody else acts")
    await elena.tap("Quitar el autenticador")
    async with studio.world.database.unit() as connection:
        mine = authenticator.c.member_id == maria.member_id
        await connection.execute(delete(authenticator).where(mine))
    await elena.tap("Vino a la oficina")
    await elena.shot("the authenticator is gone already")
    await elena.tap("Desbloquear")
    await lock(studio, maria, studio.world.clock.now())
    await elena.tap("Vino a la oficina")
    await elena.shot("barred by somebody else meanwhile")
    await elena.tap("Reactivar")
    await lock(studio, maria, None)
    await elena.tap("Vino a la oficina")
    await elena.shot("given back by somebody else meanwhile")


async def lock(studio: Studio, whose: Actor, at: object) -> None:
    async with studio.world.database.unit() as connection:
        mine = credential.c.member_id == whose.member_id
        values = {"locked_at": at, "lock_reason": "staff" if at else None}
        await connection.execute(update(credential).where(mine).values(values))
