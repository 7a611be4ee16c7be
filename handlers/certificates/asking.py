"""What is being asked for, as the chat's data keeps it."""

from dataclasses import dataclass

from domain.certificates.facts import CertificateKind
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data
from handlers.kit.screen import Button


@dataclass(frozen=True, slots=True)
class ChooseKind(Callback):
    prefix = "cki"
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of certificate and, for those of a closed year, the year."""

    kind: CertificateKind
    year: int | None = None

    @property
    def complete(self) -> bool:
        return self.year is not None or not self.kind.annual

    @property
    def data(self) -> Data:
        """As the chat's data."""
        return {"kind": self.kind.value, "year": self.year}


def asked_in(data: Data) -> Asked | None:
    """What the data asks for; None before a kind was chosen."""
    kind = kind_named(data.get("kind"))
    return Asked(kind, data.get("year")) if kind else None


def kind_named(name: object) -> CertificateKind | None:
    """The kind of that name, for a client may send anything."""
    return next((kind for kind in CertificateKind if kind == name), None)


def kind_button(kind: CertificateKind) -> Button:
    """The button that asks for that kind."""
    return Button(f"certificates.kind.{kind}", ChooseKind(kind.value))
