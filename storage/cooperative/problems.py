"""What is wrong with a cooperative file: where, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """Why; the texts are `cooperative_file.fault.<value>` and may use the problem's details."""

    ABSENT = "absent"
    UNREADABLE = "unreadable"
    NOT_TEXT = "not_text"
    NOT_TOML = "not_toml"
    MISSING = "missing"
    UNKNOWN = "unknown"
    TEXT = "text"
    TOO_LONG = "too_long"
    SPELLING = "spelling"
    NUMBER = "number"
    WHOLE = "whole"
    ABOVE = "above"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    YES_OR_NO = "yes_or_no"
    DATE = "date"
    LIST = "list"
    EMPTY_LIST = "empty_list"
    PAIR = "pair"
    TABLE = "table"
    NOT_LISTED = "not_listed"
    UNUSABLE = "unusable"
    NIT = "nit"
    PICTURE = "picture"
    # what only several keys together show
    ORDER = "order"
    DATES_ORDER = "dates_order"
    NO_LIMIT = "no_limit"
    LIMITS_ORDER = "limits_order"
    USUAL_OUTSIDE = "usual_outside"
    PERIOD_UNUSED = "period_unused"
    REPEATED = "repeated"
    OVERLAP = "overlap"
    GAP = "gap"
    CAP_CONTRADICTS = "cap_contradicts"
    ABOVE_CAP = "above_cap"
    MARKUP = "markup"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_UNUSED = "place_unused"
    DESCENDING = "descending"


Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the key at `path`; `line` is counted from 1, None for the file as a whole."""

    fault: Fault
    path: Path = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None


class CooperativeFileError(ValueError):
    """The cooperative file cannot be used; all that is wrong with it, in the order of its lines."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{file}: {len(problems)} problems, first {problems[0]}")
        self.file = file
        self.problems = problems
