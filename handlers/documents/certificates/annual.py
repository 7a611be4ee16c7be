"""The certificates of a closed year: withholdings, and the figures for the tax return."""

from collections.abc import Callable, Sequence

from domain.certificates.facts import TaxReturnFacts, WithholdingFacts, YearEnd
from domain.money import Centavos, total
from domain.nit import with_check_digit
from domain.statements import Nature
from handlers.documents.certificates import frame
from handlers.documents.certificates.paper import CertificatePaper
from handlers.documents.glyphs import tidy
from handlers.documents.grid import Column, draw
from handlers.documents.sheet import Sheet
from handlers.documents.words import LONGEST_NAME, LONGEST_NUMBER, figures, nothing
from handlers.kit.format import percent
from handlers.kit.texts import plain

KEY = "documents.certificate"
Amount = Callable[[YearEnd], Centavos]


def withholding(paper: CertificatePaper, facts: WithholdingFacts) -> bytes:
    """What was withheld, with the contents of E.T. art. 381; or that nothing was."""
    key = f"{KEY}.withholding"
    sheet = frame.begin(paper)
    frame.table_of(sheet, _agent_and_withheld(paper))
    names = {"cooperative": paper.cooperative.name, "year": facts.year}
    if facts.lines:
        frame.paragraph(sheet, plain(f"{key}.certifies", names))
        draw(sheet, _withheld_columns(key, facts))
        sheet.ln(4)
        frame.spelled_out(sheet, plain(f"{key}.base"), facts.base)
    else:
        who = {"name": frame.holder_of(paper), "document": frame.document_of(paper)}
        frame.paragraph(sheet, plain(f"{key}.nothing", names | who))
    frame.spelled_out(sheet, plain(f"{key}.total"), facts.total)
    return frame.finish(sheet, paper, plain(f"{key}.legend"))


def tax_return(paper: CertificatePaper, facts: TaxReturnFacts) -> bytes:
    """What was owned and owed on 31 December, and what it earned and cost in the year."""
    key = f"{KEY}.tax_return"
    sheet = frame.begin(paper)
    frame.table_of(sheet, _issuer_and_holder(paper))
    names = {"cooperative": paper.cooperative.name, "year": facts.year}
    frame.paragraph(sheet, plain(f"{key}.certifies", names))
    owned = facts.of(Nature.CONTRIBUTION, Nature.SAVINGS)
    if owned:
        _table(sheet, key, "owned", owned, _OWNED)
        frame.spelled_out(sheet, plain(f"{key}.total"), facts.total)
    owed = facts.of(Nature.CREDIT)
    if owed:
        _table(sheet, key, "owed", owed, _OWED)
    withheld = plain(f"{key}.withheld", {"year": facts.year})
    frame.spelled_out(sheet, withheld, facts.withheld)
    return frame.finish(sheet, paper, plain(f"{key}.legend"))


def _agent_and_withheld(paper: CertificatePaper) -> list[tuple[str, str]]:
    """Who withheld and from whom, with all that E.T. art. 381 wants to know of them."""
    coop = paper.cooperative
    said = {
        "agent": coop.name,
        "nit": with_check_digit(coop.nit),
        "address": coop.address,
        "city": coop.city,
        "withheld_from": frame.holder_of(paper),
        "document": frame.capital(frame.document_of(paper)),
    }
    return [(plain(f"{KEY}.withholding.party.{name}"), value) for name, value in said.items()]


def _issuer_and_holder(paper: CertificatePaper) -> list[tuple[str, str]]:
    coop = paper.cooperative
    where = {"address": coop.address, "city": coop.city}
    said = {
        "issuer": coop.name,
        "nit": with_check_digit(coop.nit),
        "address": plain("documents.address", where),
        "holder": frame.holder_of(paper),
        "document": frame.capital(frame.document_of(paper)),
    }
    return [(plain(f"{KEY}.tax_return.party.{name}"), value) for name, value in said.items()]


def _withheld_columns(key: str, facts: WithholdingFacts) -> list[Column]:
    *bases, whole = figures([*(x.base for x in facts.lines), facts.base], "")
    *amounts, withheld = figures([*(x.amount for x in facts.lines), facts.total], "")
    concepts = [tidy(line.concept, LONGEST_NAME) for line in facts.lines]
    rates = [percent(line.rate) for line in facts.lines]
    return [
        Column(plain(f"{key}.column.concept"), concepts, plain(f"{KEY}.sum"), "L", words=True),
        Column(plain(f"{key}.column.base"), bases, whole),
        Column(plain(f"{key}.column.rate"), rates),
        Column(plain(f"{key}.column.amount"), amounts, withheld),
    ]


_OWNED: tuple[tuple[str, Amount], ...] = (
    ("balance", lambda line: line.balance),
    ("yields", lambda line: line.yields),
    ("revaluation", lambda line: line.revaluation),
    ("tax", lambda line: line.tax_on_movements),
)
_OWED: tuple[tuple[str, Amount], ...] = (
    ("balance", lambda line: line.balance),
    ("interest", lambda line: line.interest),
    ("housing", lambda line: line.housing_interest),
    ("default", lambda line: line.default_interest),
)


def _table(
    sheet: Sheet,
    key: str,
    part: str,
    lines: Sequence[YearEnd],
    amounts: tuple[tuple[str, Amount], ...],
) -> None:
    names = [_label(line) for line in lines]
    columns = [Column(plain(f"{key}.{part}.product"), names, plain(f"{KEY}.sum"), "L", words=True)]
    for name, amount in amounts:
        column = [amount(line) for line in lines]
        *cells, whole = figures([*column, total(column)], nothing())
        columns.append(Column(plain(f"{key}.{part}.{name}"), cells, whole))
    draw(sheet, columns, plain(f"{key}.{part}.title"))
    sheet.ln(4)


def _label(line: YearEnd) -> str:
    params = {"name": tidy(line.name, LONGEST_NAME), "number": tidy(line.number, LONGEST_NUMBER)}
    return plain(f"{KEY}.product", params)
