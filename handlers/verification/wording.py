"""What is told of a certificate to whoever checks it."""

from dataclasses import dataclass

from domain.certificates.certificate import Certificate
from domain.certificates.check import Standing, Verdict
from handlers.kit.screen import Params, Phrase

KEY = "verification"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it stands for."""

    label: Phrase
    value: Phrase


def facts_of(verdict: Verdict) -> tuple[Fact, ...]:
    """What can be held against the paper, without saying whose it is."""
    certificate = verdict.certificate
    facts = identity_of(certificate)
    if certificate.total is None:
        return facts
    total = Phrase(f"{KEY}.total.{certificate.kind}")
    return (*facts, Fact(total, _plainly(certificate.total)))


def identity_of(certificate: Certificate) -> tuple[Fact, ...]:
    """Which certificate it is, without an amount."""
    said: dict[str, Phrase] = {"kind": Phrase(f"documents.certificate.{certificate.kind}.title")}
    if certificate.facts.year is not None:
        said["year"] = _plainly(certificate.facts.year)
    said |= {
        "folio": _plainly(certificate.folio),
        "issued": _plainly(certificate.issued_on),
        "document": _plainly(_masked(certificate)),
    }
    return tuple(Fact(Phrase(f"{KEY}.fact.{name}"), value) for name, value in said.items())


def standing_params(verdict: Verdict) -> Params:
    """The parameters of `verification.<standing>.note`."""
    match verdict.standing:
        case Standing.VOID if verdict.certificate.voided_at is not None:
            return {"moment": verdict.certificate.voided_at}
        case Standing.REPLACED if verdict.replacement is not None:
            newer = verdict.replacement
            return {"folio": newer.folio, "day": newer.issued_on}
    return {}


def _masked(certificate: Certificate) -> str:
    document = certificate.holder.document
    return f"{document.kind} {document.masked}"


def _plainly(value: object) -> Phrase:
    return Phrase(f"{KEY}.value", {"value": value})
