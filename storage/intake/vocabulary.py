"""The listed words that a cell may hold and what they are called here."""

from collections.abc import Callable, Mapping

from domain.members import DocumentType, MemberStatus
from domain.statement import Period, RateKind, SavingsKind
from storage.intake.cells import keyword
from storage.intake.findings import Reason, Unacceptable

DOCUMENT_TYPES = {
    "cc": DocumentType.CC,
    "cedula_de_ciudadania": DocumentType.CC,
    "ce": DocumentType.CE,
    "cedula_de_extranjeria": DocumentType.CE,
    "ti": DocumentType.TI,
    "tarjeta_de_identidad": DocumentType.TI,
    "rc": DocumentType.RC,
    "registro_civil": DocumentType.RC,
    "pa": DocumentType.PA,
    "pasaporte": DocumentType.PA,
    "ppt": DocumentType.PPT,
    "nit": DocumentType.NIT,
}
STATUSES = {"activo": MemberStatus.ACTIVE, "inactivo": MemberStatus.INACTIVE}
SAVINGS_KINDS = {
    "a_la_vista": SavingsKind.DEMAND,
    "permanente": SavingsKind.PERMANENT,
    "programado": SavingsKind.PROGRAMMED,
    "cdat": SavingsKind.CDAT,
}
PRODUCT_KINDS = {"aporte": "contribution", **SAVINGS_KINDS, "credito": "credit"}
RATE_KINDS = {
    "ea": RateKind.EFFECTIVE_ANNUAL,
    "mv": RateKind.MONTHLY,
    "nmv": RateKind.NOMINAL_MONTHLY,
}
INSTALMENT_PERIODS = {
    "quincenal": Period.FORTNIGHTLY,
    "mensual": Period.MONTHLY,
    "bimestral": Period.BIMONTHLY,
    "trimestral": Period.QUARTERLY,
    "semestral": Period.SEMIANNUAL,
    "anual": Period.ANNUAL,
}
SETTLEMENT_PERIODS = {**INSTALMENT_PERIODS, "al_vencimiento": Period.AT_MATURITY}


def one_of(words: Mapping[str, str]) -> Callable[[str], str]:
    """A parser of one of those words, forgiving in case, accents and points."""
    exact = {word: str(value) for word, value in words.items()}

    def parse(text: str) -> str:
        found = exact.get(text) or exact.get(keyword(text))
        if found is None:
            raise Unacceptable(Reason.NOT_LISTED)
        return found

    return parse
