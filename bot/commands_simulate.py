"""`coopbot simulate credit` and `coopbot simulate cdat`: options in, JSON or a table out."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn, TypeVar

import typer

from bot import number_options as read
from bot.simulation_json import cdat_json, credit_json
from domain.clock import SystemClock, local_date
from domain.finance.cdats import Cdat, CdatYield, DayBase, work_out
from domain.finance.loans import Insurance, InsuranceBase, Loan, System, UnusableTerms
from domain.finance.periods import PER_YEAR, Period
from domain.finance.rates import Rate, RateKind
from domain.finance.rounding import Rounding
from domain.finance.schedules import Schedule, amortise, pay_steadily
from domain.finance.withholding import Withholding
from domain.money import Percent

_Result = TypeVar("_Result")
_PERIODIC = "periodic"


@dataclass(frozen=True, slots=True)
class CreditOptions:
    """The options of `simulate credit` as they were typed."""

    principal: str | None
    rate: str | None
    term: str | None
    rate_kind: str
    period: str
    system: str
    rounding: str
    insurance: str
    insurance_on: str
    payment: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class CdatOptions:
    """The options of `simulate cdat` as they were typed."""

    amount: str | None
    rate: str | None
    days: str | None
    rate_kind: str
    day_base: str
    settlement: str
    withholding: str
    rounding: str
    date: str | None


def simulate_credit(given: CreditOptions, *, as_json: bool) -> None:
    """Print the credit; status 2 and one sentence when it cannot be computed."""
    schedule = _or_refuse(lambda: _credit(given))
    if as_json:
        _print_json(credit_json(schedule))
        return
    from bot.simulation_tables import print_credit

    print_credit(schedule)


def simulate_cdat(given: CdatOptions, *, as_json: bool) -> None:
    """Print the CDAT; status 2 and one sentence when it cannot be computed."""
    outcome = _or_refuse(lambda: _cdat(given))
    if as_json:
        _print_json(cdat_json(outcome))
        return
    from bot.simulation_tables import print_cdat

    print_cdat(outcome)


def refuse_options(args: Sequence[str], error: Exception) -> NoReturn:
    """Options that the command does not have, or that lack their value."""
    name = getattr(error, "option_name", None) or " ".join(args)
    _refuse("option", option=name)


def _credit(given: CreditOptions) -> Schedule:
    period = read.choice("--period", given.period, PER_YEAR)
    loan = Loan(
        principal=read.amount("--principal", given.principal),
        rate=Rate(Percent(read.rate("--rate", given.rate)), _rate_kind(given.rate_kind, period)),
        term=read.count("--term", given.term),
        disbursed_on=_day(given.date),
        period=period,
        system=read.choice("--system", given.system, System),
        rounding=read.choice("--rounding", given.rounding, Rounding),
        insurance=_insurance(given),
    )
    if given.payment is None:
        return amortise(loan)
    return pay_steadily(loan, read.amount("--payment", given.payment))


def _insurance(given: CreditOptions) -> Insurance:
    base = read.choice("--insurance-on", given.insurance_on, InsuranceBase)
    return Insurance(base, read.rate("--insurance", given.insurance))


def _cdat(given: CdatOptions) -> CdatYield:
    settlement = read.choice("--settlement", given.settlement, Period)
    cdat = Cdat(
        amount=read.amount("--amount", given.amount),
        rate=Rate(Percent(read.rate("--rate", given.rate)), _rate_kind(given.rate_kind, None)),
        days=read.count("--days", given.days),
        opened_on=_day(given.date),
        day_base=read.choice("--day-base", given.day_base, DayBase),
        settlement=settlement,
        rounding=read.choice("--rounding", given.rounding, Rounding),
        withholding=Withholding(Percent(read.rate("--withholding", given.withholding))),
    )
    return work_out(cdat)


def _rate_kind(given: str, period: Period | None) -> RateKind:
    """`periodic` is the rate of the payment period itself."""
    if period is not None and given.strip().lower() == _PERIODIC:
        return RateKind(period.value)
    return read.choice("--rate-kind", given, RateKind)


def _day(given: str | None) -> date:
    return read.day("--date", given, local_date(SystemClock().now()))


def _or_refuse(work: Callable[[], _Result]) -> _Result:
    try:
        return work()
    except read.WrongOption as error:
        _refuse(error.problem, option=error.option, given=error.given, allowed=error.allowed)
    except UnusableTerms as error:
        _refuse(f"unusable.{error.field}")


def _refuse(problem: str, **params: Any) -> NoReturn:
    # Late: the catalog takes longer to load than a simulation does.
    from handlers.kit.texts import plain

    typer.echo(plain(f"simulate_command.{problem}", params), err=True)
    raise typer.Exit(2)


def _print_json(values: dict[str, Any]) -> None:
    typer.echo(json.dumps(values, indent=2))
