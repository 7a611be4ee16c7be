"""Looking for what was edited, removed, moved, added or cut off in the audit trail."""

from dataclasses import dataclass
from hashlib import sha256

from domain.access.seals import same
from storage.audit.chain import Chain, Head, add_to
from storage.audit.findings import Finding, Flaw, Noted, Verdict
from storage.audit.reading import AuditReading, Sealed
from storage.audit.suspects import Suspect, Suspects


@dataclass(frozen=True, slots=True)
class Verification:
    """Streams: a trail of any length takes the same memory."""

    reading: AuditReading
    chain: Chain

    async def verify(self, noted: Noted | None = None) -> Verdict:
        """All that is wrong, by entry number; an intact trail has no findings."""
        found = await self.reading.head()
        if found is None:
            return Verdict((Finding(Flaw.HEAD_MISSING),))
        head, highest = found
        walk = _Walk(self.chain, head, noted)
        async for entry in self.reading.entries(max(head.last_id, head.before_id)):
            walk.meet(entry)
        walk.end(highest)
        return Verdict(
            tuple(sorted(walk.findings, key=lambda each: (each.first, each.last))),
            max(head.last_id - head.before_id, 0),
            walk.before,
            f"{head.last_id}:{head.seal}" if self.chain.is_sealed(head) else None,
        )


class _Walk:
    """The way through the trail, from the first entry to the head."""

    def __init__(self, chain: Chain, head: Head, noted: Noted | None) -> None:
        self.before = 0
        self.findings: list[Finding] = []
        self._chain, self._head, self._noted = chain, head, noted
        self._suspects = Suspects()
        self._early = sha256()
        self._begun = False
        self._expected, self._reached = head.before_id + 1, head.before
        # What the next entry may have been sealed after.
        self._befores = {head.before}

    def meet(self, entry: Sealed) -> None:
        """The next entry by number."""
        if entry.id <= self._head.before_id:
            self.before += 1
            add_to(self._early, entry.values)
            return
        self._begin()
        if entry.id > self._expected:
            # It cannot be judged: what it was sealed after is gone.
            self.findings.append(Finding(Flaw.MISSING, self._expected, entry.id - 1))
            self._befores = {entry.chain or ""}
        else:
            self._judge(entry)
        self._expected, self._reached = entry.id + 1, entry.chain or ""
        self._compare_noted(entry.id)

    def end(self, highest: int) -> None:
        """After the last entry up to the head; `highest`: the last one that there is."""
        self._begin()
        self.findings += self._suspects.findings(self._chain)
        last = self._head.last_id
        if self._expected <= last:
            self.findings.append(Finding(Flaw.CUT_OFF, self._expected, last))
        if highest > max(last, self._head.before_id):
            self.findings.append(Finding(Flaw.ADDED, last + 1, highest))
        if self._chain.has_not_begun(self._head):
            self.findings.append(Finding(Flaw.NOT_BEGUN))
        elif not (self._chain.is_sealed(self._head) and same(self._reached, self._head.last)):
            self.findings.append(Finding(Flaw.HEAD_ALTERED, last, last))
        if self._noted and self._noted.number > last:
            self.findings.append(Finding(Flaw.SHORTER_THAN_NOTED, last, self._noted.number))

    def _begin(self) -> None:
        """Where the chain begins: after a digest of what was written before it."""
        if self._begun:
            return
        self._begun, before = True, self._early.hexdigest()
        if not same(before, self._head.before):
            self.findings.append(Finding(Flaw.BEFORE, 1, self._head.before_id))
            self._befores.add(before)
        self._compare_noted(self._head.before_id)

    def _judge(self, entry: Sealed) -> None:
        right = {self._chain.link(before, entry.values) for before in self._befores}
        if entry.chain in right:
            self._befores = {entry.chain}
            return
        chain = entry.chain or ""
        self._suspects.add(Suspect(entry.id, entry.values, chain, frozenset(self._befores)))
        self._befores = right | {chain}

    def _compare_noted(self, number: int) -> None:
        if self._noted is None or self._noted.number != number:
            return
        there = Head(self._head.before_id, self._head.before, number, self._reached)
        if not same(self._chain.seal(there), self._noted.seal):
            self.findings.append(Finding(Flaw.OTHER_THAN_NOTED, number, number))
