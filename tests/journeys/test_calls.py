"""Every call that the office makes is one that the published Bot API knows."""

from tests.sandbox import reference


async def test_each_call_and_answer_of_a_journey_is_as_published(phone, world):
    assert reference.methods()
    await phone.first_entry()
    await phone.tap("Mi estado de cuenta")
    await phone.tap("Ver gráfica")
    await world.deliver()
    await phone.tap("Imprimir")
    await phone.tap("Todo el año")
    await world.deliver()
    await phone.say("/salir")
    calls = world.sandbox.ledger.calls
    assert {"sendMessage", "editMessageText", "sendDocument", "sendPhoto", "deleteMessages"} <= {
        call.method for call in calls
    }
    for call in calls:
        assert reference.call_misfits(call.method, call.params) == []
        if call.outcome == "ok":
            assert reference.answer_misfits(call.method, call.result) == []
