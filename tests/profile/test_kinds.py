"""Every field of the form: what it takes, what it refuses, and why."""

from datetime import date

import pytest

from domain.profile.form import Field, Section
from domain.profile.kinds import (
    Amount,
    Choice,
    Day,
    DocumentNumber,
    Email,
    Municipality,
    Name,
    Nit,
    Share,
    Telephone,
    Words,
)
from domain.profile.reading import Problem, Unreadable
from domain.profile.sections import BENEFICIARIES, SECTIONS
from handlers.kit.texts import catalog
from handlers.profile.written import with_numbers

TODAY = date(2026, 11, 2)
FIELDS = [(section, field) for section in SECTIONS.values() for field in section.fields]
NAMES = [f"{section.name}.{field.name}" for section, field in FIELDS]
# Of each kind: what is typed and what is kept; what is typed and why it is refused.
GOOD = {
    Words: [(" Calle  20 # 9-90 ", "Calle 20 # 9-90"), ("Ñandú\u202e", "Ñandú")],
    Name: [("María  José O’Neill", "María José O’Neill"), ("Þórr", "Þórr")],
    Day: [("5/3/1962", "1962-03-05"), ("05-03-1962", "1962-03-05"), ("1962-03-05", "1962-03-05")],
    Amount: [
        ("2.500.000", "250000000"),
        ("$ 2'500.000", "250000000"),
        ("2500000", "250000000"),
        ("1.200,50", "120050"),
        ("0", "0"),
    ],
    Share: [("50", "5000"), ("33,33 %", "3333"), ("100", "10000"), ("0,5", "50")],
    Municipality: [("15001", "15001")],
    Email: [("María@Gmail.com", "María@gmail.com"), ("a.b@uptc.edu.co", "a.b@uptc.edu.co")],
    DocumentNumber: [("40.123.456", "40123456")],
    Nit: [("900123456-8", "900123456-8"), ("900.123.456", "900123456-8")],
}
BAD = {
    Words: [("", Problem.EMPTY), ("x" * 300, Problem.LONG)],
    Name: [("R2D2", Problem.NAME), ("<b>Ana</b>", Problem.NAME), ("a", Problem.SHORT)],
    Day: [
        ("31/2/1962", Problem.DAY),
        ("marzo", Problem.DAY),
        ("5/3/62", Problem.DAY),
        ("3/11/2026", Problem.DAY_AHEAD),
        ("5/3/1862", Problem.DAY_OLD),
    ],
    Amount: [
        ("mucho", Problem.AMOUNT),
        ("-5000", Problem.AMOUNT),
        ("1.2.3", Problem.AMOUNT),
        ("9" * 20, Problem.AMOUNT_HUGE),
    ],
    Share: [("0", Problem.SHARE), ("101", Problem.SHARE), ("la mitad", Problem.SHARE)],
    Municipality: [("Tunja", Problem.PLACE)],
    Email: [("maria", Problem.EMAIL), ("a@b", Problem.EMAIL), ("x" * 300, Problem.EMAIL)],
    DocumentNumber: [("12", Problem.DOCUMENT), ("abc", Problem.DOCUMENT)],
    Nit: [("123", Problem.NIT), ("900123456-1", Problem.NIT_DIGIT)],
}


def kept(section: Section, field: Field, typed: str) -> str:
    return section.read(field, typed, {"document_type": "CC"}, TODAY)


def good(field: Field) -> list[tuple[str, str]]:
    match field.kind:
        case Choice(options=options):
            return [(option, option) for option in options]
        case Telephone(mobile=True):
            return [("310 555 1234", "+573105551234"), ("+1 415 555 2671", "+14155552671")]
        case Telephone():
            return [("608 740 0000", "+576087400000"), ("3105551234", "+573105551234")]
        case Words(shortest=shortest):
            return [*GOOD[Words], ("x" * shortest, "x" * shortest)]
    return GOOD[type(field.kind)]


def bad(field: Field) -> list[tuple[str, Problem]]:
    match field.kind:
        case Choice():
            return [("nothing of these", Problem.CHOICE), ("", Problem.CHOICE)]
        case Telephone(mobile=True):
            wrong = ("608 740 0000", "310", "", "llámeme")
            return [(typed, Problem.MOBILE) for typed in wrong]
        case Telephone():
            return [(typed, Problem.PHONE) for typed in ("740 0000", "", "9" * 40)]
        case Words(shortest=shortest) if shortest > 1:
            return [*BAD[Words], ("x" * (shortest - 1), Problem.SHORT)]
    return BAD[type(field.kind)]


@pytest.mark.parametrize(("section", "field"), FIELDS, ids=NAMES)
def test_a_field_takes_what_is_right(section, field):
    longest = getattr(field.kind, "longest", 1000)
    for typed, wanted in good(field):
        if len(wanted) <= longest:
            assert kept(section, field, typed) == wanted


@pytest.mark.parametrize(("section", "field"), FIELDS, ids=NAMES)
def test_a_field_says_why_it_refuses_and_takes_the_right_one_after(section, field):
    for typed, problem in bad(field):
        with pytest.raises(Unreadable) as refused:
            kept(section, field, typed)
        assert refused.value.problem is problem
        assert f"profile.problem.{problem}" in catalog()
    typed, wanted = good(field)[-1]
    assert kept(section, field, typed) == wanted


@pytest.mark.parametrize(("section", "field"), FIELDS, ids=NAMES)
def test_a_field_is_named_and_asked_and_its_answers_have_labels(section, field):
    assert len(catalog()[f"profile.label.{section.name}.{field.name}"]) <= 20
    assert catalog()[f"profile.ask.{section.name}.{field.name}"].endswith((".", "?"))
    if isinstance(field.kind, Choice):
        for option in field.kind.options:
            assert catalog()[f"profile.option.{field.kind.words}.{option}"]


def test_a_document_is_judged_by_its_type():
    document = BENEFICIARIES.field("document")
    read = BENEFICIARIES.read
    assert read(document, "1.050.123.456", {"document_type": "TI"}, TODAY) == "1050123456"
    with pytest.raises(Unreadable):
        read(document, "40123456", {"document_type": "TI"}, TODAY)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("5 de marzo de 1962", "5/3/1962"),
        ("5 de Marzo del 1962", "5/3/1962"),
        ("5 mar 1962", "5/3/1962"),
        ("15 SEPTIEMBRE 2001", "15/9/2001"),
        ("5/3/1962", "5/3/1962"),
        ("el martes", "el martes"),
    ],
)
def test_months_may_be_words(typed, numbers):
    assert with_numbers(typed) == numbers


def test_hidden_questions_keep_no_answers():
    work = SECTIONS["work"]
    was = {"occupation": "pensioner", "employer": "Colegio", "grade": "14"}
    assert work.pruned(was) == {"occupation": "pensioner"}


def test_an_answer_makes_others_necessary():
    additional = SECTIONS["additional"]
    assert [f.name for f in additional.missing({"pep": "yes"})] == ["pep_post", "pep_since"]
    assert additional.missing({"pep": "no"}) == ()
    dates = {"pep_since": "2026-01-02", "pep_until": "2026-01-01"}
    assert [w.rule for w in additional.wrong((dates,))] == ["order"]
