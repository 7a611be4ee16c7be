"""What the intake has to say about a file: rejected rows, broken files, warnings."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is: a file that was not read, a row that was not loaded, a notice."""

    ERROR = "error"
    REJECTED = "rejected"
    WARNING = "warning"


class Reason(StrEnum):
    """Why; the texts are `intake.reason.<value>` and may use `{detail}`."""

    # files
    FILE_MISSING = "file_missing"
    ENCODING = "encoding"
    NO_HEADER = "no_header"
    COLUMN_MISSING = "column_missing"
    COLUMN_REPEATED = "column_repeated"
    AMOUNTS_CONTRADICT = "amounts_contradict"
    MANIFEST = "manifest"
    CUT_OFF_MISSING = "cut_off_missing"
    CUT_OFF_FUTURE = "cut_off_future"
    COLUMN_UNKNOWN = "column_unknown"
    # rows
    BROKEN_QUOTES = "broken_quotes"
    CELL_COUNT = "cell_count"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_LISTED = "not_listed"
    NUMBER = "number"
    NUMBER_AMBIGUOUS = "number_ambiguous"
    NUMBER_DECIMALS = "number_decimals"
    NUMBER_RANGE = "number_range"
    NEGATIVE = "negative"
    DATE = "date"
    IDENTIFIER = "identifier"
    DOCUMENT = "document"
    CHECK_DIGIT = "check_digit"
    BIRTH_DATE = "birth_date"
    EMAIL = "email"
    MOBILE = "mobile"
    NEEDED_BY_CDAT = "needed_by_cdat"
    MATURITY_ORDER = "maturity_order"
    RATE_KIND = "rate_kind"
    CLOSED_BALANCE = "closed_balance"
    INSTALMENTS = "instalments"
    ARREARS = "arrears"
    BASE_EXCEEDED = "base_exceeded"
    YEAR_NOT_ENDED = "year_not_ended"
    NOT_OF_KIND = "not_of_kind"
    HOUSING_EXCEEDED = "housing_exceeded"
    NOT_ON_THE_FORM = "not_on_the_form"
    UNFIT_VALUE = "unfit_value"
    # references
    DUPLICATE = "duplicate"
    DUPLICATE_DOCUMENT = "duplicate_document"
    DOCUMENT_TAKEN = "document_taken"
    MEMBER_UNKNOWN = "member_unknown"
    PRODUCT_UNKNOWN = "product_unknown"
    OWNER_CHANGED = "owner_changed"
    # approvals
    OLDER_THAN_APPROVAL = "older_than_approval"
    OTHER_THAN_APPROVAL = "other_than_approval"
    # absences
    MEMBER_ABSENT = "member_absent"
    MEMBER_INACTIVATED = "member_inactivated"
    PRODUCT_ABSENT = "product_absent"
    PRODUCT_CLOSED = "product_closed"
    FULL_NOT_APPLIED = "full_not_applied"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `line` is the physical line of the file, counted from 1."""

    level: Level
    file: str
    line: int | None
    column: str | None
    reason: Reason
    detail: str | None = None


class Unacceptable(ValueError):
    """A cell or a file that cannot be used, with the reason and one detail of it."""

    def __init__(self, reason: Reason, detail: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class FileUnusable(Unacceptable):
    """A whole file that cannot be read."""

    def __init__(
        self,
        reason: Reason,
        detail: str | None = None,
        *,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        super().__init__(reason, detail)
        self.line = line
        self.column = column
