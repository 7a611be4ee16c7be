"""`[cooperative]`, `[data_processing]` and `[policies]`: who it is, and its limits of access."""

from dataclasses import fields
from datetime import timedelta
from itertools import starmap
from typing import Any, Self

from pydantic import create_model, field_validator, model_validator

from domain.cooperative import DataProcessing, Policies
from domain.nit import with_check_digit
from storage.cooperative.model import Table, Text, Whole, fault
from storage.cooperative.problems import Fault

_UNITS = ("seconds", "minutes", "hours", "days")


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

    @field_validator("nit")
    @classmethod
    def _is_nit(cls, nit: str) -> str:
        try:
            with_check_digit(nit)
        except ValueError as error:
            raise fault(Fault.NIT) from error
        return nit


class DataProcessingTable(Table):
    """The personal-data policy that members authorise."""

    version: Text
    policy_address: Text
    contact: Text

    def value(self) -> DataProcessing:
        return DataProcessing(**self.model_dump())


class _Policies(Table):
    @model_validator(mode="after")
    def _once(self) -> Self:
        names: set[str] = set()
        for key, value in self.model_dump(exclude_none=True).items():
            name, _ = _policy(key, value)
            if name in names:
                raise fault(Fault.REPEATED, key, detail=name)
            names.add(name)
        return self


def _policy_keys() -> dict[str, Any]:
    """A count has its own name, a span of time one for each unit: `code_life_minutes`."""
    keys: list[str] = []
    for policy in fields(Policies):
        spans = (f"{policy.name}_{unit}" for unit in _UNITS)
        keys += spans if policy.type is timedelta else (policy.name,)
    return dict.fromkeys(keys, (Whole | None, None))


# Made from the policies themselves: a new one needs no word here.
PoliciesTable: type[Table] = create_model("PoliciesTable", __base__=_Policies, **_policy_keys())


def policies(table: Table) -> Policies:
    """Limits of access; those that are left out are the program's own."""
    return Policies(**dict(starmap(_policy, table.model_dump(exclude_none=True).items())))


def _policy(key: str, value: int) -> tuple[str, Any]:
    name, _, unit = key.rpartition("_")
    return (name, timedelta(**{unit: value})) if unit in _UNITS else (key, value)
