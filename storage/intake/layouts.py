"""The files a core system hands over, column by column (docs/import-files.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Table

from storage.intake import rules, tables
from storage.intake.cells import text_up_to
from storage.intake.columns import (
    Column,
    Parser,
    amount,
    birth_day,
    day,
    ended_year,
    plain,
    positive_amount,
    rate,
)
from storage.intake.dates import year
from storage.intake.identity import document_text, email, identifier, mobile
from storage.intake.numbers import count
from storage.intake.rules import Rule
from storage.intake.vocabulary import (
    DOCUMENT_TYPES,
    INSTALMENT_PERIODS,
    PRODUCT_KINDS,
    RATE_KINDS,
    SAVINGS_KINDS,
    SETTLEMENT_PERIODS,
    STATUSES,
    one_of,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file: `subject` is the field that tells whose row it is, `unique` the key,
    `kinds` the kinds of product that it brings."""

    file: str
    stage: Table
    columns: tuple[Column, ...]
    subject: str
    unique: tuple[str, ...]
    rule: Rule | None = None
    kinds: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(c.field for c in self.columns)


def _text(header: str, field: str, longest: int) -> Column:
    return Column(header, field, plain(text_up_to(longest)))


def _key(header: str, field: str) -> Column:
    return Column(header, field, plain(identifier))


def _listed(header: str, field: str, words: Mapping[str, str]) -> Column:
    return Column(header, field, plain(one_of(words)), shown=True)


def _count(header: str, field: str) -> Column:
    return Column(header, field, plain(count), shown=True)


def _money(header: str, field: str) -> Column:
    return Column(header, field, positive_amount, numeric=True)


_optional = partial(Column, needed=False, filled=False)
_MEMBER = _key("numero_asociado", "member_number")


def _optional_text(header: str, field: str, parse: Parser) -> Column:
    return _optional(header, field, plain(parse))


def _optional_day(header: str, field: str) -> Column:
    return _optional(header, field, day, shown=True)


def _optional_money(header: str, field: str) -> Column:
    return _optional(header, field, positive_amount, numeric=True)


def _optional_listed(header: str, field: str, words: Mapping[str, str]) -> Column:
    return _optional(header, field, plain(one_of(words)), shown=True)


_RATE = (
    _optional("tasa", "rate", rate, numeric=True, shown=True),
    _optional_listed("tipo_tasa", "rate_kind", RATE_KINDS),
)

MEMBERS = Layout(
    "asociados.csv",
    tables.members,
    (
        _key("numero_asociado", "number"),
        _listed("tipo_documento", "document_type", DOCUMENT_TYPES),
        Column("numero_documento", "document_number", plain(document_text)),
        _text("nombres", "first_names", 80),
        Column("apellidos", "surnames", plain(text_up_to(80)), filled=False),
        Column("fecha_nacimiento", "birth_date", birth_day),
        _optional_text("correo", "email", email),
        _optional_text("celular", "mobile", mobile),
        _listed("estado", "status", STATUSES),
        _optional_day("fecha_ingreso", "joined_on"),
        _optional_text("municipio", "municipality", text_up_to(60)),
        _optional_money("ingreso_mensual", "salary"),
    ),
    subject="number",
    unique=("number",),
    rule=rules.member,
)
CONTRIBUTIONS = Layout(
    "aportes.csv",
    tables.contributions,
    (
        _MEMBER,
        _key("numero", "number"),
        _text("nombre", "name", 80),
        _money("saldo", "balance"),
        _optional_money("cuota", "instalment"),
        _optional_day("fecha_apertura", "opened_on"),
        _optional_day("fecha_cierre", "closed_on"),
    ),
    subject="number",
    unique=("kind", "number"),
    rule=rules.contribution,
    kinds=("contribution",),
)
SAVINGS = Layout(
    "ahorros.csv",
    tables.savings,
    (
        _MEMBER,
        _listed("tipo", "kind", SAVINGS_KINDS),
        _key("numero", "number"),
        _text("nombre", "name", 80),
        _money("saldo", "balance"),
        *_RATE,
        _optional_money("cuota", "instalment"),
        _optional_money("intereses_causados", "accrued_interest"),
        _optional_day("fecha_apertura", "opened_on"),
        _optional_day("fecha_vencimiento", "matures_on"),
        _optional_listed("periodo_liquidacion", "period", SETTLEMENT_PERIODS),
        _optional_day("fecha_cierre", "closed_on"),
    ),
    subject="number",
    unique=("kind", "number"),
    rule=rules.savings,
    kinds=tuple(SAVINGS_KINDS.values()),
)
CREDITS = Layout(
    "creditos.csv",
    tables.credits,
    (
        _MEMBER,
        _key("numero", "number"),
        _text("linea", "name", 80),
        _money("desembolsado", "disbursed"),
        _money("saldo", "balance"),
        *_RATE,
        _money("cuota", "instalment"),
        _listed("periodicidad", "period", INSTALMENT_PERIODS),
        _optional_day("fecha_desembolso", "opened_on"),
        _optional_day("proxima_cuota", "next_due_on"),
        _count("cuotas_pagadas", "instalments_paid"),
        _count("cuotas_total", "instalments_total"),
        _count("dias_mora", "days_past_due"),
        _money("valor_mora", "arrears"),
        _optional_day("fecha_cierre", "closed_on"),
    ),
    subject="number",
    unique=("kind", "number"),
    rule=rules.credit,
    kinds=("credit",),
)
MOVEMENTS = Layout(
    "movimientos.csv",
    tables.movements,
    (
        _listed("tipo", "kind", PRODUCT_KINDS),
        _key("numero", "number"),
        _key("referencia", "reference"),
        Column("fecha", "booked_on", day, shown=True),
        _text("descripcion", "description", 120),
        Column("valor", "amount", amount, numeric=True),
        _optional("saldo", "balance", amount, numeric=True),
    ),
    subject="number",
    unique=("kind", "number", "reference"),
)
WITHHOLDINGS = Layout(
    "retenciones.csv",
    tables.withholdings,
    (
        _MEMBER,
        Column("ano", "year", plain(year), shown=True),
        _text("concepto", "concept", 80),
        _money("base", "base"),
        Column("tarifa", "rate", rate, numeric=True, shown=True),
        _money("valor", "amount"),
    ),
    subject="member_number",
    unique=("member_number", "year", "concept"),
    rule=rules.withholding,
)
YEAR_ENDS = Layout(
    "cierres_anuales.csv",
    tables.year_ends,
    (
        _MEMBER,
        Column("ano", "year", ended_year, shown=True),
        _listed("tipo", "kind", PRODUCT_KINDS),
        _key("numero", "number"),
        _text("nombre", "name", 80),
        _money("saldo", "balance"),
        _optional_money("rendimientos", "yields"),
        _optional_money("gmf", "tax_on_movements"),
        _optional_money("revalorizacion", "revaluation"),
        _optional_money("intereses_corrientes", "interest"),
        _optional_money("intereses_mora", "default_interest"),
        _optional_money("intereses_vivienda", "housing_interest"),
    ),
    subject="member_number",
    unique=("year", "kind", "number"),
    rule=rules.year_end,
)
PRODUCTS = (CONTRIBUTIONS, SAVINGS, CREDITS)
LAYOUTS = (MEMBERS, *PRODUCTS, MOVEMENTS, WITHHOLDINGS, YEAR_ENDS)
