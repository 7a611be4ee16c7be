"""Issuing: what is asked for becomes a numbered certificate, kept as it was issued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from domain.access.inside import insider
from domain.access.journal import Action, Journal, Result
from domain.certificates.certificate import Certificate, Channel, Draft
from domain.certificates.facts import CertificateKind, Facts, Refusal, refusal
from domain.clock import local_date
from domain.conversation import Visit
from domain.statements import Holder

YEARS_OFFERED = 6


class NotIssued(Exception):
    """The certificate cannot be issued, and why."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


class Records(Protocol):
    """What the core system loaded; every read names the member inside its SQL."""

    async def years(self, member_id: int, kind: CertificateKind) -> tuple[int, ...]:
        """The closed years of which that annual certificate can speak, newest first."""

    async def facts(self, member_id: int, kind: CertificateKind, year: int | None) -> Facts:
        """What the certificate would certify; LookupError without a member."""

    async def holder(self, member_id: int) -> Holder:
        """Whose certificate it is; LookupError without a member."""


class Register(Protocol):
    """The certificates that were issued."""

    def digest(self, draft: Draft) -> str:
        """The digest of its holder and facts, as the certificate will keep it."""

    async def newest(
        self, member_ids: Sequence[int], kind: CertificateKind, year: int | None
    ) -> Mapping[int, Certificate]:
        """Each member's newest of that kind and year, voided or not; the members stay locked."""

    async def enter(self, drafts: Sequence[Draft]) -> list[Certificate]:
        """Number and keep them, in that order."""

    async def own(self, member_id: int, certificate_id: int) -> Certificate | None:
        """The member's own certificate of that id: another member's is never found."""


@dataclass(frozen=True, slots=True)
class Issuing:
    """Whoever asks for the same figures again is given the certificate that there is."""

    register: Register

    async def issue(self, drafts: Sequence[Draft], *, any_day: bool = False) -> list[Certificate]:
        """A certificate for each draft, all of one kind and year, in their order.

        One that says the same and is not void is given again: of any day, or only of the draft's.
        """
        if not drafts:
            return []
        facts = drafts[0].facts
        members = [draft.member_id for draft in drafts]
        earlier = await self.register.newest(members, facts.kind, facts.year)
        kept = {
            draft.member_id: found
            for draft in drafts
            if (found := earlier.get(draft.member_id)) and self._serves(found, draft, any_day)
        }
        new = [self._after(d, earlier.get(d.member_id)) for d in drafts if d.member_id not in kept]
        kept |= {made.member_id: made for made in await self.register.enter(new)}
        return [kept[member_id] for member_id in members]

    def _serves(self, found: Certificate, draft: Draft, any_day: bool) -> bool:
        says_it = found.voided_at is None and found.digest == self.register.digest(draft)
        return says_it and (any_day or found.issued_on == draft.issued_on)

    def _after(self, draft: Draft, earlier: Certificate | None) -> Draft:
        """The draft, naming the one it replaces: of a closed year, voided or corrected since."""
        if earlier is None or not draft.facts.kind.annual:
            return draft
        corrected = earlier.digest != self.register.digest(draft)
        outdated = corrected or earlier.voided_at is not None
        return replace(draft, replaces=earlier.folio) if outdated else draft


@dataclass(frozen=True, slots=True)
class IssueCertificate:
    """What a member who has entered may ask for."""

    records: Records
    issuing: Issuing
    journal: Journal

    async def years(self, visit: Visit, kind: CertificateKind) -> list[int]:
        """The newest closed years on file."""
        this_year = local_date(visit.now).year
        years = await self.records.years(insider(visit).member_id, kind)
        return [year for year in years if this_year - YEARS_OFFERED <= year < this_year]

    async def facts(self, visit: Visit, kind: CertificateKind, year: int | None) -> Facts:
        """What it would certify; NotIssued for a year that is not offered."""
        if kind.annual and year not in await self.years(visit, kind):
            raise NotIssued(Refusal.YEAR_NOT_CLOSED)
        of_year = year if kind.annual else None
        return await self.records.facts(insider(visit).member_id, kind, of_year)

    async def issue(self, visit: Visit, kind: CertificateKind, year: int | None) -> Certificate:
        """The member's certificate; NotIssued says why there is none."""
        facts = await self.facts(visit, kind, year)
        why = refusal(facts)
        if why is not None:
            raise NotIssued(why)
        member_id, account = insider(visit).member_id, visit.telegram_id
        holder = await self.records.holder(member_id)
        draft = Draft(member_id, holder, facts, visit.now, Channel.CHAT, account)
        (certificate,) = await self.issuing.issue([draft])
        told = f"{kind} {certificate.folio}"
        await self.journal.write(visit, Action.CERTIFICATE, Result.DONE, member_id, told)
        return certificate

    async def issued(self, visit: Visit, certificate_id: int) -> Certificate:
        """The member's own certificate of that id; LookupError when there is none."""
        found = await self.issuing.register.own(insider(visit).member_id, certificate_id)
        if found is None:
            raise LookupError(f"no certificate {certificate_id} of this member")
        return found
