"""What the papers of a simulation need to be printed; plain values for a pool process."""

from dataclasses import dataclass
from datetime import datetime

from domain.cooperative import Cooperative
from domain.products.cdat_quotes import CdatQuote
from domain.products.credit_quotes import CreditQuote


@dataclass(frozen=True, slots=True)
class CreditPaper:
    """A simulated credit; it names nobody. `issued_at` is aware (UTC)."""

    cooperative: Cooperative
    quote: CreditQuote
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class CdatPaper:
    """A simulated CDAT; it names nobody. `issued_at` is aware (UTC)."""

    cooperative: Cooperative
    quote: CdatQuote
    issued_at: datetime
