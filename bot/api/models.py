"""The bodies of requests, as they are documented and checked."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from domain.access.identity import MalformedDocument, read_document
from domain.members import DocumentType
from domain.notifications.acceptance import Addressee
from domain.notifications.buttons import LONGEST_LABEL, MOST, Opens
from domain.notifications.categories import Category
from domain.notifications.flaws import flawed
from domain.notifications.messages import Priority, Request
from domain.notifications.segments import LONGEST_NAME, MOST_DAYS, MOST_NAMES, Segment

LONGEST_ID = 100
NAME = r"^[\x21-\x7e]+$"
ExternalId = Annotated[str, StringConstraints(strict=True, pattern=NAME, max_length=LONGEST_ID)]
MemberNumber = Annotated[str, StringConstraints(pattern=r"^[\w./-]{1,30}$")]
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


def _written_out(given: object) -> object:
    """A number would be taken for seconds since 1970."""
    if isinstance(given, str) and re.match(r"\d{4}-\d\d-\d\d[Tt ]", given):
        return given
    raise ValueError("must be a moment with its offset, like 2026-11-05T08:00:00-05:00")


def _of_our_time(at: datetime) -> datetime:
    if not _FIRST_YEAR <= at.year < _LAST_YEAR:
        raise ValueError(f"must lie between the years {_FIRST_YEAR} and {_LAST_YEAR}")
    return at.astimezone(UTC)


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_of_our_time)]
Days = Annotated[int, Field(strict=True, ge=0, le=MOST_DAYS)]
Flag = Annotated[bool, Field(strict=True)]


def _single(given: object) -> object:
    if isinstance(given, list | dict):
        raise ValueError("must be a text or a whole number")
    return given


ParamValue = Annotated[
    Any,
    AfterValidator(_single),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
]


class Body(BaseModel):
    """Every field is known, and none is guessed from another type."""

    model_config = ConfigDict(extra="forbid")


class PriorityName(StrEnum):
    URGENT = "urgent"
    NORMAL = "normal"
    LOW = "low"


class ButtonBody(Body):
    """Opens a screen of the office; without a label it has the usual one."""

    opens: Opens = Field(examples=["credits"])
    label: Annotated[str, StringConstraints(max_length=LONGEST_LABEL)] = Field(
        "", examples=["Ver mi cuenta"]
    )


class MessageBody(Body):
    """What is said: a template with its parameters, or a text with its category."""

    template: Annotated[str, StringConstraints(max_length=40)] | None = Field(
        None, description="Id of a template of the cooperative file.", examples=["credito-aprobado"]
    )
    params: dict[str, ParamValue] = Field(
        default_factory=dict,
        description="Values of the template's places. Money and percentages are texts with exact"
        ' digits ("1234567.89") or whole numbers, dates are "2026-11-05".',
        examples=[{"linea": "Vivienda", "valor": "5000000", "fecha": "2026-11-05"}],
    )
    text: Annotated[str, StringConstraints(max_length=8_000)] | None = Field(
        None,
        description="Text instead of a template. Allowed: <b> <i> <u> <s> <code> <pre>"
        " <blockquote> and <a href> to the hosts of the cooperative file.",
    )
    category: Category | None = Field(
        None, description="Of a text; a template has its own. It decides when it may be sent."
    )
    buttons: list[ButtonBody] = Field(default_factory=list, max_length=MOST)
    attachment: Annotated[int, Field(strict=True, ge=1, lt=1 << 63)] | None = Field(
        None, description="The number of a file sent to /v1/files; the text is then its caption."
    )
    not_before: Moment | None = Field(None, examples=["2026-11-05T08:00:00-05:00"])
    expires_at: Moment | None = Field(None, description="Not sent after this moment.")
    priority: PriorityName = Field(
        PriorityName.NORMAL, description="urgent overtakes what waits for the same member."
    )
    silent: Flag | None = Field(
        None, description="true: without a sound. Else as the member chose."
    )

    def request(self) -> Request:
        """What is asked for, still unchecked."""
        return Request(
            template=self.template,
            params=self.params,
            text=self.text,
            category=self.category,
            buttons=tuple((button.opens.value, button.label) for button in self.buttons),
            attachment=self.attachment,
            not_before=self.not_before,
            expires_at=self.expires_at,
            priority=Priority[self.priority.name],
            silent=self.silent,
        )


class NotificationBody(MessageBody):
    """A message to one member, named by number or by document."""

    external_id: ExternalId = Field(
        description="Your own name for it, unique for ever: the same one is never sent twice.",
        examples=["desembolso-2026-004711"],
    )
    member_number: MemberNumber | None = Field(None, examples=["A00001"])
    document_type: DocumentType | None = None
    document_number: Annotated[str, StringConstraints(max_length=20)] | None = None

    def addressee(self) -> Addressee:
        """Whom it is for; Flawed unless there is exactly one name."""
        by_document = self.document_type is not None or self.document_number is not None
        if (self.member_number is not None) == by_document:
            detail = "give member_number, or document_type and document_number"
            raise flawed("member_number", "one_of", detail)
        if self.member_number is not None:
            return self.member_number
        if self.document_type is None or self.document_number is None:
            missing = "document_type" if self.document_type is None else "document_number"
            raise flawed(missing, "missing", "a document has a type and a number")
        try:
            return read_document(self.document_type, self.document_number)
        except MalformedDocument as error:
            detail = f"is no number of a {self.document_type}"
            raise flawed("document_number", "malformed", detail) from error


class Acknowledgement(Body):
    """Up to where the updates of members' data have arrived."""

    position: Annotated[int, Field(strict=True, ge=0, lt=1 << 63)] = Field(examples=[1234])


class PastDueBody(Body):
    """How late the member's worst credit is."""

    min_days: Days = 1
    max_days: Days = MOST_DAYS


class ProductKind(StrEnum):
    CONTRIBUTION = "contribution"
    DEMAND = "demand"
    PERMANENT = "permanent"
    PROGRAMMED = "programmed"
    CDAT = "cdat"
    CREDIT = "credit"


class SegmentBody(Body):
    """Active members; all filters that are given must hold."""

    all: Flag = Field(False, description="Every active member, without filters.")
    products: list[ProductKind] = Field(
        default_factory=list, max_length=6, description="Who hold one of these, open."
    )
    past_due: PastDueBody | None = None
    municipalities: list[Annotated[str, StringConstraints(max_length=LONGEST_NAME)]] = Field(
        default_factory=list, max_length=MOST_NAMES, examples=[["Tunja", "Duitama"]]
    )
    entered_within_days: Days | None = Field(None, description="Who entered the office lately.")
    away_for_days: Days | None = Field(None, description="Who did not, or never.")

    def segment(self) -> Segment:
        late = self.past_due
        return Segment(
            products=frozenset(kind.value for kind in self.products),
            past_due=(late.min_days, late.max_days) if late else None,
            municipalities=frozenset(self.municipalities),
            entered_within=self.entered_within_days,
            away_for=self.away_for_days,
        )


class BroadcastBody(MessageBody):
    """A message to all members of a segment."""

    external_id: ExternalId = Field(examples=["asamblea-2026"])
    segment: SegmentBody
