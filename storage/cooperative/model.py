"""The kinds of values that the tables share."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.products.ranges import Validity
from storage.cooperative.problems import Fault


class Table(BaseModel):
    """A table of the file: every key is known, and none is changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


PATH = "path"
Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
Whole = Annotated[int, Field(strict=True, ge=1)]
Flag = Annotated[bool, Field(strict=True)]
Positive = Annotated[Decimal, Field(gt=0)]
NotNegative = Annotated[Decimal, Field(ge=0)]
RatePercent = Annotated[Decimal, Field(ge=0, le=1000)]
Share = Annotated[Decimal, Field(ge=0, le=100)]
TermPair = tuple[Whole, Whole]
AmountPair = tuple[Positive, Positive]


def fault(kind: Fault, *path: str | int, **details: Any) -> PydanticCustomError:
    """The error of a check over several keys; it is reported at that path below the table."""
    return PydanticCustomError(kind.value, "", {PATH: path, **details})


def in_order(key: str, pair: tuple[Any, Any] | None) -> None:
    """Refuse a pair whose first value is above its second."""
    if pair is not None and pair[0] > pair[1]:
        raise fault(Fault.ORDER, key)


class Dated(Table):
    """Something that is valid from a day on, perhaps until another one (included)."""

    since: date
    until: date | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> "Dated":
        if self.until is not None and self.until < self.since:
            raise fault(Fault.DATES_ORDER, "until")
        return self

    @property
    def validity(self) -> Validity:
        return Validity(self.since, self.until)
