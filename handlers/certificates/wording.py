"""What a certificate would say, in plain words."""

from collections.abc import Mapping

from domain.certificates.facts import (
    CertificateKind,
    CreditFacts,
    Facts,
    GoodStandingFacts,
    MembershipFacts,
    Refusal,
    TaxReturnFacts,
    WithholdingFacts,
)
from domain.money import total
from domain.statement import Credit
from domain.statements import Nature
from handlers.kit.screen import Params, Phrase
from handlers.kit.texts import plural
from handlers.statement.wording import brief

INSTEAD: Mapping[Refusal, tuple[CertificateKind, ...]] = {
    Refusal.ARREARS: (CertificateKind.CREDIT, CertificateKind.MEMBERSHIP),
    Refusal.NO_CREDITS: (CertificateKind.GOOD_STANDING, CertificateKind.MEMBERSHIP),
}
KEY = "certificates.says"


def description(facts: Facts) -> Phrase:
    """What it certifies."""
    match facts:
        case WithholdingFacts(lines=()):
            return Phrase(f"{KEY}.nothing_withheld", {"year": facts.year})
        case WithholdingFacts():
            params = {"year": facts.year, "total": facts.total, "base": facts.base}
            return Phrase(f"{KEY}.withholding", params)
        case TaxReturnFacts():
            return Phrase(f"{KEY}.tax_return", _year_in_figures(facts))
        case MembershipFacts(joined_on=None):
            return Phrase(f"{KEY}.membership.plain")
        case MembershipFacts():
            return Phrase(f"{KEY}.membership.since", {"day": facts.joined_on})
        case GoodStandingFacts(credits=()):
            return Phrase(f"{KEY}.good_standing.clear", {"as_of": facts.as_of})
        case GoodStandingFacts():
            dated = {"as_of": facts.as_of, "total": facts.owed}
            return Phrase(f"{KEY}.good_standing.current", dated)
        case CreditFacts():
            count = len(facts.credits)
            dated = {"as_of": facts.as_of, "total": facts.total}
            return Phrase(plural(f"{KEY}.credit", count), dated | {"count": count})


def refused(facts: Facts) -> Params:
    """What to tell of the facts that certify nothing."""
    if isinstance(facts, GoodStandingFacts):
        lines = tuple(map(_overdue, facts.overdue))
        return {"as_of": facts.as_of, "arrears": facts.arrears, "lines": lines}
    return {}


def _year_in_figures(facts: TaxReturnFacts) -> Params:
    owed = total(line.balance for line in facts.of(Nature.CREDIT))
    return {"year": facts.year, "owned": facts.total, "owed": owed, "withheld": facts.withheld}


def _overdue(credit: Credit) -> Phrase:
    days = credit.days_past_due
    params = {"line": brief(credit.line), "days": days, "arrears": credit.arrears}
    return Phrase(plural("certificates.overdue", days), params)
