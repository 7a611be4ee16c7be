"""A lead in plain words."""

from domain.leads.lead import Lead, Product, Wish
from handlers.kit.screen import Phrase
from handlers.simulation.wording import rate_phrase, term_phrase

KEY = "leads"


def wish_phrase(wish: Wish) -> Phrase:
    """What was simulated, without whose it is."""
    params = {
        "line": wish.line,
        "amount": wish.amount,
        "term": term_phrase(wish.product, wish.term),
        "every": Phrase(f"statement.period.{wish.period}"),
        "figure": wish.figure,
        "rate": rate_phrase(wish.rate),
        "day": wish.simulated_on,
    }
    return Phrase(f"{KEY}.wish.{wish.product}", params)


def brief_phrase(lead: Lead) -> Phrase:
    """One line of a list: its number and what it is about."""
    kind = "credit" if lead.wish.product is Product.CREDIT else "cdat"
    params = {"number": lead.number, "line": lead.wish.line, "amount": lead.wish.amount}
    return Phrase(f"{KEY}.brief.{kind}", params)
