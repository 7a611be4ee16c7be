"""Who may help: nobody themselves, nobody else's roles, nobody with forged buttons."""

import pytest
from sqlalchemy import select, update

from domain.staff.people import Role
from storage.schema import audit, credential, member, staff_act
from tests.journeys.employee import as_member, at_phone, forged
from tests.journeys.member import DOCUMENT
from tests.journeys.test_asking_for_help import ask
from tests.journeys.test_contact_changes import NEW_MAIL
from tests.journeys.test_helping import count, elena, pedro

__all__ = ["elena", "pedro"]


async def test_nobody_helps_themselves(world, phone):
    """The employee is a member: by the document of the invitation, or by entering as one."""
    luz = at_phone(world, 2003)
    await luz.join("Luz Tiza", Role.ADMIN, f"CC {DOCUMENT}")
    for act, reason in (("Desbloquear", "Vino"), ("Restablecer", "Vino"), ("Desactivar", "pidió")):
        await luz.help("nanez", act, reason)
        assert "Esa cuenta es suya" in luz.screen
    await luz.find("nanez")
    await luz.tap("Cambiar correo o celular")
    await luz.tap("El correo")
    await luz.say(NEW_MAIL)
    assert "Esa cuenta es suya" in luz.screen
    assert await count(world, staff_act) == 0
    refused = (audit.c.result == "refused", audit.c.details.like("%own_account%"))
    assert await count(world, audit, *refused) == 4
    await luz.help("50000002", "Desbloquear", "Vino a la oficina")
    assert "puede intentar otra vez" in luz.screen


async def test_nor_whoever_entered_as_that_member_once(elena, world):
    await elena.say("/salir")
    world.clock.forward(minutes=1)
    await as_member(elena).first_entry()
    await elena.enter()
    await elena.help("nanez", "Desbloquear", "Vino a la oficina")
    assert "Esa cuenta es suya" in elena.screen


async def test_members_cannot_press_employees_buttons(phone, world, elena):
    await phone.inside()
    await ask_in_second_chat(world)
    before = await everything(world)
    standing = ("-:tkt:1", "-:chr:1", "-:chn:1", "-:tkt:99999")
    inside = ("sfd:unlock", "sfb:seen", "smo:1", "stk:claim", "shm:staff_members", "scd:confirm")
    for data in (*standing, *[await forged(world, phone, each) for each in inside]):
        await phone.phone.send_data(data)
        assert "Ñáñez Peña, María" not in phone.screen
    assert await everything(world) == before
    await phone.say("/menu")
    assert "Hola, María" in phone.screen


async def ask_in_second_chat(world) -> None:
    other = world.member(70)
    await ask(other)
    await other.tap("No entiendo")


async def everything(world) -> list[int]:
    done = (audit.c.result == "done",)
    return [await count(world, staff_act), await count(world, audit, *done)]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.VERIFIER, Role.BROADCASTER])
async def test_other_roles_see_no_buttons_and_forged_ones_do_nothing(world, role):
    luz = at_phone(world, 2003)
    await luz.join("Luz Tiza", role)
    if role is Role.BROADCASTER:
        assert luz.labels == ["📣 Comunicados", "🚪 Salir"]
        await luz.say("nanez")
        await luz.phone.send_data(await forged(world, luz, "shm:staff_members"))
        assert "Ñáñez" not in luz.screen
        assert luz.labels == ["📣 Comunicados", "🚪 Salir"]
        return
    await luz.find("nanez")
    assert not any("Desbloquear" in label for label in luz.labels)
    for act in ("unlock", "reset", "deactivate"):
        await luz.phone.send_data(await forged(world, luz, f"sfd:{act}"))
        assert "¿Por qué lo hace?" not in luz.screen
    assert await count(world, staff_act) == 0
    await luz.tap("Ver documento completo")
    assert DOCUMENT in luz.screen


async def test_barred_meanwhile_is_told_and_the_file_is_shown(elena, pedro, world):
    await elena.find("nanez")
    await elena.tap("Desbloquear")
    await pedro.help("nanez", "Desactivar", "Hay sospecha de fraude")
    await elena.tap("Vino a la oficina")
    assert "para devolvérselo use «Reactivar el acceso»" in elena.screen
    await elena.tap("Reactivar")
    await pedro.tap("Reactivar")
    await pedro.tap("Vino a la oficina")
    await elena.tap("Vino a la oficina")
    assert "ya no estaba bloqueado" in elena.screen
    async with world.database.unit() as connection:
        barred = select(credential.c.locked_at).where(credential.c.member_id == 1)
        assert await connection.scalar(barred) is None


async def test_a_role_of_the_core_system_is_shown(elena, world):
    async with world.database.unit() as connection:
        await connection.execute(update(member).where(member.c.id == 1).values(status="inactive"))
    await elena.find("nanez")
    assert "inactivo" in elena.screen
