"""Which certificate, and of which year."""

from dataclasses import dataclass

from domain.certificates.facts import CertificateKind
from domain.certificates.issue import IssueCertificate
from domain.conversation import Visit
from handlers.certificates.asking import Asked, ChooseKind, asked_in, kind_button, kind_named
from handlers.certificates.offer import Offer
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Screen
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class ChooseYear(Callback):
    prefix = "cye"
    year: int


@dataclass(frozen=True, slots=True)
class YearChoice:
    visit: Visit
    certificates: IssueCertificate

    async def show(self, data: Data) -> Screen:
        """A button for each closed year, two a row; a kind word when there is none."""
        asked = asked_in(data)
        years = await self.certificates.years(self.visit, asked.kind) if asked else []
        if asked is None or not years:
            return Screen("certificates.no_years", rows=footer())
        buttons = [Button("certificates.year", ChooseYear(y), {"year": y}) for y in years]
        pairs = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
        return Screen(f"certificates.years.{asked.kind}", rows=(*pairs, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """That year's certificate, or back to the kinds."""
        asked = asked_in(data)
        if isinstance(given, ChooseYear) and asked is not None:
            return Go("offer", Asked(asked.kind, given.year).data)
        return wander(given, Go("kinds")) or Go("years", data)


@dataclass(frozen=True, slots=True)
class KindChoice:
    """Words may have named a kind already: then its years, or the certificate, come first."""

    years: YearChoice
    offer: Offer

    async def show(self, data: Data) -> Screen:
        """A button for each kind."""
        named = self._named(data)
        if named is not None:
            return await named.show(data)
        kinds = tuple((kind_button(kind),) for kind in CertificateKind)
        return Screen("certificates.kinds", rows=(*kinds, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """On to the years of that kind, or to the certificate itself."""
        named = self._named(data)
        if named is not None:
            return await named.answer(data, given)
        kind = kind_named(given.kind) if isinstance(given, ChooseKind) else None
        if kind is not None:
            return Go("years" if kind.annual else "offer", Asked(kind).data)
        return wander(given) or Go("kinds")

    def _named(self, data: Data) -> YearChoice | Offer | None:
        asked = asked_in(data)
        if asked is None:
            return None
        return self.offer if asked.complete else self.years
