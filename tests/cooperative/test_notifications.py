"""What the cooperative pushes: its templates, checked line by line before the office opens."""

from datetime import date

import pytest

from bot.file_problems import sentences
from domain.notifications.categories import Category
from domain.notifications.settings import NotificationSettings, Occasions
from storage.cooperative_file import read_cooperative
from tests.cooperative.test_file import DEMO, changed, line_of, problems

FIRST = "[[template]]"
ASSEMBLY = line_of('id = "asamblea"')


def test_the_made_up_cooperative_has_templates():
    found = read_cooperative(DEMO).notifications
    assert set(found.templates) == {
        "cuota-extraordinaria",
        "credito-aprobado",
        "asamblea",
        "codigo",
    }
    assert found.templates["codigo"].category is Category.CODE
    assert found.link_hosts == {"eltablero.example"}
    assert date(2026, 12, 24) in found.closed_days
    assert found.occasions == Occasions()


def test_a_file_without_them_pushes_what_the_office_pushes_by_itself(tmp_path):
    path = tmp_path / "cooperativa.toml"
    whole = DEMO.read_text("utf-8")
    path.write_text(whole[: whole.index("[notifications]")], "utf-8")
    assert read_cooperative(path).notifications == NotificationSettings()


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("<b>Recordatorio</b>", "<b>Recordatorio", "text = ", "<b>"),
        ("<b>Recordatorio</b>", "<h1>Recordatorio</h1>", "text = ", "<h1>"),
        ('valor = "money", fecha = "date" }', 'fecha = "date" }', "text = ", "{valor}"),
        (", por {valor}, vence", ", vence", "params = ", "{valor}"),
        ('category = "reminder"', 'category = "spam"', "category = ", "code, security"),
        ('valor = "money"', 'valor = "pesos"', "params = ", "text, number, money"),
        ('opens = "credits"', 'opens = "vault"', "buttons = ", "menu, statement"),
        ("por {valor}, vence", "por {valor}, {, vence", "text = ", "{ }"),
    ],
)
def test_a_template_that_cannot_be_used_names_its_line(tmp_path, old, new, where, said):
    error = problems(changed(tmp_path, old, new))
    (sentence,) = sentences(error)
    assert f"línea {line_of(where, FIRST)}," in sentence
    assert said in sentence


@pytest.mark.parametrize(
    "link",
    [
        "http://www.eltablero.example/asamblea",
        "https://www.otra.example/asamblea",
        "https://www.eltablero.example/{lugar}",
    ],
)
def test_links_lead_to_the_cooperative_and_hold_no_places(tmp_path, link):
    error = problems(changed(tmp_path, "https://www.eltablero.example/asamblea", link))
    assert any("enlace" in sentence for sentence in sentences(error))


def test_ids_are_given_once(tmp_path):
    error = problems(changed(tmp_path, 'id = "asamblea"', 'id = "credito-aprobado"'))
    (sentence,) = sentences(error)
    assert f"línea {ASSEMBLY}," in sentence
    assert "credito-aprobado ya está" in sentence


def test_days_go_from_many_to_few(tmp_path):
    error = problems(changed(tmp_path, "[5, 1]", "[1, 5]"))
    (sentence,) = sentences(error)
    assert "de mayor a menor" in sentence


def test_a_text_must_fit_with_its_places_filled(tmp_path):
    error = problems(changed(tmp_path, "Si ya la pagó", "Ah, " * 930 + "si ya la pagó"))
    (sentence,) = sentences(error)
    assert "demasiado largo" in sentence
