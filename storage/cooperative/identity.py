"""`[cooperative]`, `[data_processing]` and `[policies]`: who it is, and its limits of access."""

from datetime import timedelta
from itertools import starmap
from typing import Any

from domain.cooperative import DataProcessing, Policies
from storage.cooperative.model import Table, Text, Whole


class IdentityTable(Table):
    """Texts of the cooperative's own."""

    name: Text
    short_name: Text
    nit: Text
    address: Text
    city: Text
    phone: Text
    email: Text
    hours: Text
    website: Text


class DataProcessingTable(Table):
    """The personal-data policy that members authorise."""

    version: Text
    policy_address: Text
    contact: Text

    def value(self) -> DataProcessing:
        return DataProcessing(**self.model_dump())


class PoliciesTable(Table):
    """Limits of access; those that are left out are the program's own."""

    pin_tries: Whole | None = None
    code_tries: Whole | None = None
    codes_per_hour: Whole | None = None
    documents_per_day: Whole | None = None
    code_life_minutes: Whole | None = None
    attempt_life_minutes: Whole | None = None
    first_key_life_days: Whole | None = None
    session_idle_minutes: Whole | None = None
    session_total_minutes: Whole | None = None

    def value(self) -> Policies:
        return Policies(**dict(starmap(_policy, self.model_dump(exclude_none=True).items())))


def _policy(key: str, value: int) -> tuple[str, Any]:
    """`code_life_minutes = 5` is the policy `code_life` of five minutes; a count stays one."""
    name, _, unit = key.rpartition("_")
    return (name, timedelta(**{unit: value})) if unit in {"minutes", "days"} else (key, value)
