"""How products, arrears and rates are said in plain words."""

from textwrap import shorten

from domain.money import Centavos
from domain.statement import Contribution, Credit, Product, Rate, Savings
from handlers.kit.screen import Phrase
from handlers.kit.texts import plural

_LONGEST_NAME = 40
_SHOWN_DIGITS = 4


def name_of(product: Product, width: int = _LONGEST_NAME) -> Phrase:
    """The product's name or credit line, with the end of its number to tell it from others."""
    match product:
        case Contribution():
            return named(product.name, width=width)
        case Credit():
            return named(product.line, product.number, width)
        case Savings():
            return named(product.name, product.number, width)


def named(name: str, number: str = "", width: int = _LONGEST_NAME) -> Phrase:
    """The name and the last characters of the number: enough to tell, too few to misuse."""
    if not number:
        return Phrase("statement.named.bare", {"name": brief(name, width)})
    ending = number[-_SHOWN_DIGITS:]
    return Phrase("statement.named.numbered", {"name": brief(name, width), "ending": ending})


def brief(text: str, width: int = _LONGEST_NAME) -> str:
    """The text in at most that many characters."""
    return text if len(text) <= width else shorten(text, width, placeholder="…") or text[:width]


def arrears_status(days: int, arrears: Centavos) -> Phrase:
    """Whether payments are up to date, else the days and the amount, if known."""
    if days == 0:
        return Phrase("statement.arrears.none")
    if arrears == 0:
        return Phrase(plural("statement.arrears.late", days), {"days": days})
    return Phrase(plural("statement.arrears.owing", days), {"days": days, "arrears": arrears})


def rate_phrase(rate: Rate | None) -> Phrase | None:
    """The rate and how it is quoted; None without one."""
    if rate is None:
        return None
    return Phrase(f"statement.rate.{rate.kind}", {"percent": rate.percent})
