"""From what a program asks for to a message: all flaws named, nothing half right let through."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Centavos, Percent
from domain.notifications.buttons import Opener, Opens
from domain.notifications.categories import Category
from domain.notifications.editing import CODE_LIFE, Editor
from domain.notifications.flaws import Flawed
from domain.notifications.messages import Priority, Request
from domain.notifications.settings import NotificationSettings
from domain.notifications.templates import Kind, Template
from handlers.kit.texts import filled

NOW = datetime(2026, 11, 4, 15, tzinfo=UTC)
QUOTA = Template(
    "special",
    Category.REMINDER,
    "Su cuota de <b>{line}</b> por {amount} vence el {day}. Tasa {rate}, van {paid}.",
    {
        "line": Kind.TEXT,
        "amount": Kind.MONEY,
        "day": Kind.DATE,
        "rate": Kind.PERCENT,
        "paid": Kind.NUMBER,
    },
    (Opener(Opens.CREDITS),),
)
SETTINGS = NotificationSettings({"special": QUOTA}, frozenset({"eltablero.example"}))
EDITOR = Editor(SETTINGS, filled)
PARAMS = {
    "line": "Libre <inversión>",
    "amount": "1234567.89",
    "day": "2026-11-05",
    "rate": "1.45",
    "paid": 12,
}


def flaws(request: Request) -> dict[str, str]:
    with pytest.raises(Flawed) as caught:
        EDITOR.edit(request, NOW)
    return {flaw.field: flaw.code for flaw in caught.value.flaws}


def test_a_template_is_filled_formatted_and_escaped():
    message = EDITOR.edit(Request(template="special", params=PARAMS), NOW)
    text = message.html.replace("\N{NO-BREAK SPACE}", " ")
    assert text == (
        "Su cuota de <b>Libre &lt;inversión&gt;</b> por $ 1.234.567,89 vence el "
        "5 de noviembre de 2026. Tasa 1,45 %, van 12."
    )
    assert message.category is Category.REMINDER
    assert message.buttons == (Opener(Opens.CREDITS),)


def test_all_flaws_are_named_at_once():
    wrong = PARAMS | {"amount": 12.5, "day": "5/11/2026", "rate": "uno", "extra": 1}
    del wrong["line"]
    found = flaws(
        Request(
            template="special",
            params=wrong,
            category=Category.COMMERCIAL,
            buttons=(("nowhere", ""),),
            expires_at=NOW - timedelta(hours=1),
        )
    )
    assert found == {
        "params.amount": "malformed",
        "params.day": "malformed",
        "params.rate": "malformed",
        "params.line": "missing",
        "params.extra": "unknown",
        "category": "differs",
        "buttons.0.opens": "unknown",
        "expires_at": "too_early",
    }


@pytest.mark.parametrize(
    ("request_", "field", "code"),
    [
        (Request(), "text", "one_of"),
        (Request(template="special", text="x", params=PARAMS), "text", "one_of"),
        (Request(template="nope"), "template", "unknown"),
        (Request(text="hola"), "category", "missing"),
        (Request(text="<x>", category=Category.OPERATION), "text", "markup"),
        (Request(text="a" * 3937, category=Category.OPERATION), "text", "too_long"),
        (
            Request(text="a" * 865, category=Category.OPERATION, attachment=1),
            "text",
            "too_long",
        ),
        (
            Request(text="hola", params={"a": 1}, category=Category.OPERATION),
            "params",
            "not_used",
        ),
        (
            Request(text="x", category=Category.OPERATION, not_before=NOW + timedelta(days=367)),
            "not_before",
            "too_far",
        ),
        (
            Request(text="x", category=Category.OPERATION, buttons=(("menu", ""),) * 4),
            "buttons",
            "too_many",
        ),
        (
            Request(text="x", category=Category.OPERATION, buttons=(("menu", "y" * 31),)),
            "buttons.0.label",
            "too_long",
        ),
    ],
)
def test_each_flaw(request_, field, code):
    assert flaws(request_)[field] == code


def test_the_longest_text_still_fits():
    text = "ñ" * 3936
    assert EDITOR.edit(Request(text=text, category=Category.OPERATION), NOW).html == text


def test_a_code_is_urgent_and_soon_over():
    message = EDITOR.edit(Request(text="Código 1", category=Category.CODE), NOW)
    assert message.priority is Priority.URGENT
    assert message.expires_at == NOW + CODE_LIFE


@pytest.mark.parametrize(
    ("kind", "given_value", "value"),
    [
        (Kind.MONEY, "1234567.89", Centavos(123_456_789)),
        (Kind.MONEY, 1500, Centavos(150_000)),
        (Kind.MONEY, "-3.5", Centavos(-350)),
        (Kind.PERCENT, "7.5", Percent("7.5")),
        (Kind.NUMBER, "12", 12),
        (Kind.DATE, "2026-02-28", date(2026, 2, 28)),
        (Kind.TEXT, "  dos\n líneas ", "dos líneas"),
    ],
)
def test_values_that_are_read(kind, given_value, value):
    template = Template("t", Category.OPERATION, "{x}", {"x": kind})
    read = template.values({"x": given_value})["x"]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "given_value"),
    [
        (Kind.MONEY, 12.5),
        (Kind.MONEY, "1.234,50"),
        (Kind.MONEY, "1e5"),
        (Kind.MONEY, True),
        (Kind.MONEY, "9" * 14),
        (Kind.MONEY, "١٢"),
        (Kind.NUMBER, "1.5"),
        (Kind.NUMBER, None),
        (Kind.PERCENT, "1.23456"),
        (Kind.DATE, "2026-02-30"),
        (Kind.DATE, "20260228"),
        (Kind.DATE, 20260228),
        (Kind.TEXT, ""),
        (Kind.TEXT, "x" * 201),
        (Kind.TEXT, 5),
        (Kind.TEXT, ["x"]),
    ],
)
def test_values_that_are_refused(kind, given_value):
    template = Template("t", Category.OPERATION, "{x}", {"x": kind})
    with pytest.raises(Flawed):
        template.values({"x": given_value})


@given(st.integers(-(10**14), 10**14))
def test_money_is_exact_to_the_centavo(centavos):
    sign = "-" if centavos < 0 else ""
    text = f"{sign}{abs(centavos) // 100}.{abs(centavos) % 100:02}"
    template = Template("t", Category.OPERATION, "{x}", {"x": Kind.MONEY})
    if abs(Decimal(centavos)) <= 10**14:
        assert template.values({"x": text})["x"] == centavos


@given(st.text(max_size=100))
def test_no_value_brings_markup_with_it(value):
    template = Template("t", Category.OPERATION, "<b>{x}</b>", {"x": Kind.TEXT})
    editor = Editor(NotificationSettings({"t": template}), filled)
    try:
        html = editor.edit(Request(template="t", params={"x": value}), NOW).html
    except Flawed:
        return
    assert html.startswith("<b>")
    assert html.count("<") == 2
