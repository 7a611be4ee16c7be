"""What arrived in a storm, read and counted."""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.sandbox import Sandbox

TAG = re.compile(r"Aviso (n(\d+)-(\d+))\.")


AGAIN = "otra vez"


@dataclass(frozen=True, slots=True)
class Copy:
    """One delivery: what was read, and whether the answer about it was spoilt on purpose."""

    text: str
    spoilt: bool


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What arrived, by tag, and each member's tags in the order of their first arrival."""

    copies: dict[str, list[Copy]]
    order: dict[int, list[int]]

    @classmethod
    def of(cls, sandbox: Sandbox) -> "Deliveries":
        copies: dict[str, list[Copy]] = {}
        order: dict[int, list[int]] = {}
        for call in sandbox.ledger.of("sendMessage", outcome="ok"):
            found = TAG.search(str(call.params["text"]))
            assert found
            if found[1] not in copies:
                order.setdefault(int(found[2]), []).append(int(found[3]))
            copies.setdefault(found[1], []).append(Copy(str(call.params["text"]), bool(call.fault)))
        return cls(copies, order)

    def problems_of(self, row: Any) -> list[str]:
        """Lost, ended otherwise, or repeated without saying so."""
        copies = self.copies.get(row.external_id, [])
        problems = []
        if row.state != "sent":
            problems.append(f"{row.external_id} is {row.state}")
        if not copies:
            problems.append(f"{row.external_id} never arrived")
        if any(row.reference not in copy.text for copy in copies):
            problems.append(f"{row.external_id} has another reference")
        if any(AGAIN not in copy.text for copy in copies[1:]):
            problems.append(f"{row.external_id} came twice without saying so")
        return problems

    def out_of_order(self) -> list[str]:
        return [
            f"member {member}: arrived as {turns}"
            for member, turns in self.order.items()
            if turns != sorted(turns)
        ]
