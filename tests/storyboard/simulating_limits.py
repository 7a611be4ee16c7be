"""Simulations that are refused, or lack a figure."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from unittest.mock import patch

from domain.money import Centavos, Percent
from domain.products.ranges import Validity
from domain.products.tables import TaxedProduct, WithholdingRule
from handlers.simulation.counters import CdatCounter, CreditCounter
from handlers.simulation.quoting import quoting
from tests.storyboard.actors import Actor
from tests.storyboard.simulating_leads import (
    USUAL,
    at_cdats,
    at_credits,
)
from tests.storyboard.studio import Studio

NEXT_YEAR = datetime(2027, 1, 12, 14, 30, tzinfo=UTC)


@contextmanager
def other_products(studio: Studio, **changed: object) -> Iterator[None]:
    """Simulators of a cooperative that offers something else."""
    other = quoting(replace(studio.world.cooperative.products, **changed))
    with (
        patch(
            "handlers.simulation.credit_flow.CreditCounter", lambda _, s: CreditCounter(other, s)
        ),
        patch("handlers.simulation.cdat_flow.CdatCounter", lambda _, s: CdatCounter(other, s)),
    ):
        yield


@contextmanager
def other_figures(studio: Studio, **changed: object) -> Iterator[None]:
    """Simulators whose dated tables say something else."""
    tables = replace(studio.world.cooperative.products.tables, **changed)
    with other_products(studio, tables=tables):
        yield


async def capacity(studio: Studio) -> None:
    maria = await studio.inside()
    await maria.tap("Simular un crédito")
    await maria.go(*USUAL, "Más opciones", "sueldo")
    await maria.shot("no salary on file")
    await maria.say("3 millones")
    await maria.shot("it fits")
    await maria.go("otros descuentos")
    await maria.shot("what the pay slip takes already")
    await maria.say("1.300.000")
    await maria.shot("it does not fit")
    luis = await studio.member("4917", salary=Centavos(400_000_00))
    await luis.proven()
    await luis.tap("Simular un crédito")
    await luis.go(*USUAL)
    await luis.shot("more than the salary on file has room for")
    await luis.go("Más opciones", "sueldo", "sí me cabe")
    await luis.shot("what fits")


async def refused(studio: Studio) -> None:
    ana = await studio.stranger()
    await at_credits(ana)
    await ana.go("Sobre aportes")
    await ana.shot("limits that depend on contributions")
    await at_credits(ana)
    await ana.go("Cupo rotativo")
    await ana.shot("limits of which one depends on contributions")
    await at_credits(ana)
    run = ana.phone.message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await ana.phone.send_data(f"{run.split(':')[0]}:slin:nada")
    await ana.shot("a line that is no longer there")
    maria = await studio.inside()
    await maria.tap("Simular un crédito")
    await maria.go("Sobre aportes")
    await maria.shot("contributions that reach for nothing")
    with other_figures(studio, usury={datetime(2026, 11, 1, tzinfo=UTC).date(): Percent(10)}):
        await at_credits(ana)
        await ana.go(*USUAL)
        await ana.shot("a rate above the cap")
    await at_credits(ana)
    await ana.go(*USUAL)
    with other_figures(studio, usury={}):
        await ana.say("bueno")
        await ana.shot("figures that went missing on the way")
        await ana.go("Empezar de nuevo", *USUAL)
        await ana.shot("no cap at all")


async def missing_figures(studio: Studio) -> None:
    ana = await studio.stranger()
    await _without_figures(studio, ana)
    await _without_lines(studio, ana)
    await _fixed_terms(studio, ana)
    studio.world.clock.instant = NEXT_YEAR
    await at_credits(ana)
    await ana.go("Libre inversión")
    await ana.shot("a year without its minimum wage")
    await ana.go("Educación", "1.000.000", "Cada mes", "12")
    await ana.shot("an older cap")


async def _without_figures(studio: Studio, ana: Actor) -> None:
    with other_figures(studio, withholding=()):
        await at_cdats(ana)
        await ana.phone.tap("CDAT")
        await ana.go("10.000.000", "360", "Cada mes")
        await ana.shot("no withholding rate")
    since = Validity(datetime(2026, 1, 1, tzinfo=UTC).date())
    rule = WithholdingRule(TaxedProduct.CDAT, Percent(7), since, Decimal("0.055"))
    with other_figures(studio, withholding=(rule,), uvt={}):
        await at_cdats(ana)
        await ana.phone.tap("CDAT")
        await ana.go("10.000.000", "360", "Cada mes")
        await ana.shot("no tax value unit")


async def _without_lines(studio: Studio, ana: Actor) -> None:
    cdats = studio.world.cooperative.products.cdats
    bare = tuple(replace(line, bands=line.bands[:1]) for line in cdats)
    with other_products(studio, cdats=bare):
        await at_cdats(ana)
        await ana.phone.tap("CDAT")
        await ana.go("10.000.000", "360", "Cada mes")
        await ana.shot("no rate for that term")
    with other_products(studio, cdats=(), credits=()):
        await at_cdats(ana)
        await ana.shot("no CDAT at all")
        await at_credits(ana)
        await ana.shot("no line of credit at all")


async def _fixed_terms(studio: Studio, ana: Actor) -> None:
    cdats = studio.world.cooperative.products.cdats
    fixed = tuple(replace(line, terms=replace(line.terms, only_usual=True)) for line in cdats)
    with other_products(studio, cdats=fixed):
        await at_cdats(ana)
        await ana.phone.tap("CDAT")
        await ana.tap("10.000.000")
        await ana.shot("fixed terms only")
        await ana.say("100 días")
        await ana.shot("another term than those")
    credits_ = studio.world.cooperative.products.credits
    chosen = tuple(replace(line, terms=replace(line.terms, only_usual=True)) for line in credits_)
    with other_products(studio, credits=chosen):
        await at_credits(ana)
        await ana.go("Turismo", "1.000.000")
        await ana.shot("fixed terms only, of a credit")
