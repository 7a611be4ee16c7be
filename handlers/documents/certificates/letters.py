"""The certificates of how a member stands today: membership, good standing, credits."""

from domain.certificates.facts import CreditFacts, GoodStandingFacts, MembershipFacts
from domain.money import total
from domain.nit import with_check_digit
from domain.statement import Credit
from handlers.documents import words
from handlers.documents.certificates import frame
from handlers.documents.certificates.paper import CertificatePaper
from handlers.documents.glyphs import tidy
from handlers.documents.grid import Column, draw
from handlers.documents.movement_tables import moved
from handlers.documents.product_tables import credit_columns
from handlers.kit.format import day
from handlers.kit.texts import plain

KEY = "documents.certificate"


def membership(paper: CertificatePaper, facts: MembershipFacts) -> bytes:
    """That somebody is a member, and since when."""
    sheet = frame.begin(paper)
    since = plain(f"{KEY}.since", {"day": day(facts.joined_on)}) if facts.joined_on else ""
    params = _introduced(paper) | {"since": since}
    frame.paragraph(sheet, plain(f"{KEY}.membership.certifies", params))
    return frame.finish(sheet, paper)


def good_standing(paper: CertificatePaper, facts: GoodStandingFacts) -> bytes:
    """That nothing is overdue, and what is owed though up to date."""
    key = f"{KEY}.good_standing"
    sheet = frame.begin(paper)
    params = _introduced(paper) | {"as_of": day(facts.as_of)}
    if facts.credits:
        frame.paragraph(sheet, plain(f"{key}.current", params))
        draw(sheet, _debt_columns(key, facts.credits))
        sheet.ln(4)
        frame.spelled_out(sheet, plain(f"{key}.total"), facts.owed)
    else:
        frame.paragraph(sheet, plain(f"{key}.clear", params))
    return frame.finish(sheet, paper)


def credit(paper: CertificatePaper, facts: CreditFacts) -> bytes:
    """Every open credit as it stands, and its movements of the last year."""
    key = f"{KEY}.credit"
    sheet = frame.begin(paper)
    params = _introduced(paper) | {"as_of": day(facts.as_of)}
    frame.paragraph(sheet, plain(f"{key}.certifies", params))
    draw(sheet, credit_columns(facts.credits))
    sheet.ln(4)
    frame.spelled_out(sheet, plain(f"{key}.total"), facts.total)
    first, last = day(facts.since), day(facts.as_of)
    sheet.section(plain(f"{key}.movements", {"first": first, "last": last}))
    booked = [(loan, rows) for loan, rows in zip(facts.credits, facts.movements, strict=True)]
    for loan, rows in booked:
        if rows:
            moved(sheet, loan, rows)
    if not any(rows for _, rows in booked):
        frame.paragraph(sheet, plain(f"{key}.no_movements"))
    return frame.finish(sheet, paper)


def _introduced(paper: CertificatePaper) -> dict[str, object]:
    """Who certifies, and of whom."""
    coop, holder = paper.cooperative, paper.certificate.holder
    return {
        "cooperative": coop.name,
        "nit": with_check_digit(coop.nit),
        "name": frame.holder_of(paper),
        "document": frame.document_of(paper),
        "number": tidy(holder.number, words.LONGEST_NUMBER),
    }


def _debt_columns(key: str, loans: tuple[Credit, ...]) -> list[Column]:
    amounts = [loan.balance for loan in loans]
    *balances, whole = words.figures([*amounts, total(amounts)], "")
    names = [words.label(loan) for loan in loans]
    return [
        Column(plain(f"{key}.column.credit"), names, plain(f"{KEY}.sum"), "L", words=True),
        Column(plain(f"{key}.column.next_due"), [words.short_date(c.next_due_on) for c in loans]),
        Column(plain(f"{key}.column.status"), [words.status(loan) for loan in loans]),
        Column(plain(f"{key}.column.balance"), balances, whole),
    ]
