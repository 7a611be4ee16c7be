"""An issued certificate, and the code under which anyone can check it."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.access.seals import Seal, same
from domain.certificates.facts import CertificateKind, Facts
from domain.clock import local_date
from domain.money import Centavos
from domain.statements import Holder

# Crockford's base 32: no letter that looks like a digit.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_BITS = 5
_FOLIO_SIGNS, _SEAL_SIGNS, _GROUP = 6, 10, 4
_FOLIO = re.compile(
    r"(?:folio\s*)?(?P<year>20[0-9]{2})\s*-\s*(?P<number>[0-9]{1,7})", re.IGNORECASE
)
_FIRST_YEAR, _YEAR_BITS, _NUMBER_BITS = 2000, 7, 23


@dataclass(frozen=True, slots=True, order=True)
class Folio:
    """The number of a certificate within the year of its issue: `2026-000123`."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:06}"

    @classmethod
    def parse(cls, text: str) -> "Folio":
        """The folio that `str` wrote."""
        year, _, number = text.partition("-")
        return cls(int(year), int(number))


class Channel(StrEnum):
    """Where a certificate was asked for."""

    CHAT = "chat"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Draft:
    """A certificate about to be issued; `telegram_id` of the account that asked, if any.

    `replaces`: the folio whose figures were corrected since, or which was voided.
    """

    member_id: int
    holder: Holder
    facts: Facts
    issued_at: datetime
    channel: Channel
    telegram_id: int | None = None
    replaces: Folio | None = None

    @property
    def issued_on(self) -> date:
        """The day of issue in Colombia."""
        return local_date(self.issued_at)


@dataclass(frozen=True, slots=True)
class Certificate:
    """As issued, whatever happened to the figures since; `digest` is that of holder and facts.

    `issued_at` in UTC. `intact` is False when the stored facts do not have that digest.
    """

    id: int
    folio: Folio
    member_id: int
    holder: Holder
    facts: Facts
    digest: str
    issued_at: datetime
    replaces: Folio | None = None
    voided_at: datetime | None = None
    intact: bool = True

    @property
    def kind(self) -> CertificateKind:
        return self.facts.kind

    @property
    def total(self) -> Centavos | None:
        return self.facts.total

    @property
    def issued_on(self) -> date:
        """The day of issue in Colombia."""
        return local_date(self.issued_at)


def code_of(certificate: Certificate, seal: Seal) -> str:
    """The certificate's public code: its folio and 50 bits of a keyed seal over what it says."""
    folio = certificate.folio
    parts = (str(folio), certificate.kind, certificate.facts.year or 0, certificate.digest)
    sealed = seal.of(*parts, certificate.issued_at.isoformat(), certificate.total or 0)
    signature = int(sealed, 16) >> (4 * len(sealed) - _BITS * _SEAL_SIGNS)
    signs = _written(_packed(folio), _FOLIO_SIGNS) + _written(signature, _SEAL_SIGNS)
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def folio_in(code: str) -> Folio | None:
    """The folio that a typed code names, be the code genuine or not; None when it is no code."""
    signs = _bare(code)
    if len(signs) != _FOLIO_SIGNS + _SEAL_SIGNS or not set(signs) <= set(_ALPHABET):
        return None
    packed = 0
    for sign in signs[:_FOLIO_SIGNS]:
        packed = packed << _BITS | _ALPHABET.index(sign)
    year, number = divmod(packed, 1 << _NUMBER_BITS)
    return Folio(_FIRST_YEAR + year, number)


def typed_folio(text: str) -> Folio | None:
    """The folio that somebody typed (`2026-000123`, `folio 2026-123`); None when it is none."""
    found = _FOLIO.fullmatch(text.strip())
    return Folio(int(found["year"]), int(found["number"])) if found else None


def is_code_of(code: str, certificate: Certificate, seal: Seal) -> bool:
    """Whether the typed code is this certificate's, and the certificate says what it said."""
    genuine = same(_bare(code), _bare(code_of(certificate, seal)))
    return genuine and certificate.intact


def _packed(folio: Folio) -> int:
    """The folio in 30 bits; OverflowError beyond the year 2127 or 8,388,607 in a year."""
    year = folio.year - _FIRST_YEAR
    if not (0 <= year < 1 << _YEAR_BITS and 0 <= folio.number < 1 << _NUMBER_BITS):
        raise OverflowError(f"no code for folio {folio}")
    return year << _NUMBER_BITS | folio.number


def _written(number: int, signs: int) -> str:
    places = range(_BITS * (signs - 1), -1, -_BITS)
    return "".join(_ALPHABET[number >> place & 31] for place in places)


def _bare(code: str) -> str:
    """The code's signs, however they were typed."""
    return "".join(filter(str.isalnum, code.upper())).translate(_LOOKALIKES)
