"""`coopbot simulate`: the options; the work is in `commands_simulate`, loaded when it is needed.

Needs no settings, no database and no network.
"""

from typing import Annotated, Any

import typer
from typer.core import TyperCommand
from typer.exceptions import TyperException

app = typer.Typer(
    name="simulate",
    help="Work out a credit or a CDAT exactly as members see it.",
    no_args_is_help=True,
    add_completion=False,
)


class _Spoken(TyperCommand):
    """A command that answers misspelt options with one sentence of the catalog."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            from bot.commands_simulate import refuse_options

            refuse_options(given, error)


def _option(help_text: str) -> Any:
    return typer.Option(help=help_text)


@app.command(cls=_Spoken)
def credit(
    principal: Annotated[str | None, _option("Amount lent, in pesos.")] = None,
    rate: Annotated[str | None, _option("Rate in percent: 1.1 or 1,1.")] = None,
    term: Annotated[str | None, _option("Number of instalments.")] = None,
    rate_kind: Annotated[
        str, _option("effective_annual, monthly, nominal_monthly, … or periodic.")
    ] = "effective_annual",
    period: Annotated[
        str, _option("fortnightly, monthly, bimonthly, quarterly, semiannual or annual.")
    ] = "monthly",
    system: Annotated[str, _option("level, constant_principal or bullet.")] = "level",
    rounding: Annotated[str, _option("truncate, half_up or none.")] = "none",
    insurance: Annotated[str, _option("Insurance in per mille a month.")] = "0",
    insurance_on: Annotated[str, _option("Its base: balance, initial or none.")] = "balance",
    payment: Annotated[
        str | None, _option("Pay this much each time, insurance included, until it is paid.")
    ] = None,
    date: Annotated[str | None, _option("Day of the disbursement; today if not given.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """A credit: its instalments, cost and schedule."""
    from bot.commands_simulate import CreditOptions, simulate_credit

    given = CreditOptions(
        principal, rate, term, rate_kind, period, system, rounding, insurance, insurance_on,
        payment, date,
    )  # fmt: skip
    simulate_credit(given, as_json=json)


@app.command(cls=_Spoken)
def cdat(
    amount: Annotated[str | None, _option("Amount deposited, in pesos.")] = None,
    rate: Annotated[str | None, _option("Rate in percent: 9.5 or 9,5.")] = None,
    days: Annotated[str | None, _option("Term in days.")] = None,
    rate_kind: Annotated[
        str, _option("effective_annual, monthly, nominal_monthly, …")
    ] = "effective_annual",
    day_base: Annotated[str, _option("Days of a year: 360 or 365.")] = "360",
    settlement: Annotated[
        str, _option("at_maturity, monthly, bimonthly, quarterly, semiannual, …")
    ] = "at_maturity",
    withholding: Annotated[str, _option("Percent withheld from each payment.")] = "0",
    rounding: Annotated[str, _option("truncate, half_up or none.")] = "none",
    date: Annotated[str | None, _option("Day of the opening; today if not given.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """A CDAT: its interest, what is withheld, and when it is paid."""
    from bot.commands_simulate import CdatOptions, simulate_cdat

    given = CdatOptions(
        amount, rate, days, rate_kind, day_base, settlement, withholding, rounding, date
    )
    simulate_cdat(given, as_json=json)
