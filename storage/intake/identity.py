"""Document numbers, e-mail addresses and mobiles."""

import re

from domain.contact import LONGEST_EMAIL, BadContact, read_email, read_mobile
from domain.members import DocumentType
from domain.nit import check_digit
from storage.intake.findings import Reason, Unacceptable

_IDENTIFIER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/-]{0,29}")
_DIGITS = re.compile(r"[0-9]{5,15}")
_PASSPORT = re.compile(r"[0-9A-Z]{5,12}")
_NIT = re.compile(r"([0-9]{5,15})(?:-([0-9]))?")
_UNPADDED = frozenset({DocumentType.CC, DocumentType.CE, DocumentType.PPT, DocumentType.NIT})
_LONGEST_DOCUMENT = 30


def identifier(text: str) -> str:
    """A member's, product's or movement's number: text of up to 30 letters, digits, `.-_/`."""
    if not _IDENTIFIER.fullmatch(text):
        raise Unacceptable(Reason.IDENTIFIER)
    return text


def document_text(text: str) -> str:
    """A document number without points and spaces, in capitals; its type judges the rest."""
    if len(text) > _LONGEST_DOCUMENT:
        raise Unacceptable(Reason.TOO_LONG, str(_LONGEST_DOCUMENT))
    return text.replace(".", "").replace(" ", "").upper()


def document_number(kind: str, text: str) -> str:
    """The number as that type of document has it; Unacceptable when it cannot be one."""
    if kind == DocumentType.PA:
        return _matching(_PASSPORT, text)
    if kind == DocumentType.NIT:
        text = _without_check_digit(text)
    # Some core systems pad to a fixed width; a type whose numbers may begin with 0 keeps it.
    return _matching(_DIGITS, text.lstrip("0") if kind in _UNPADDED else text)


def email(text: str) -> str:
    """The address in its normal form; nobody is asked whether it exists."""
    if len(text) > LONGEST_EMAIL:
        raise Unacceptable(Reason.TOO_LONG, str(LONGEST_EMAIL))
    try:
        return read_email(text)
    except BadContact:
        raise Unacceptable(Reason.EMAIL) from None


def mobile(text: str) -> str:
    """A Colombian mobile, or a foreign one written with `+`, as `+573…`."""
    try:
        return read_mobile(text)
    except BadContact:
        raise Unacceptable(Reason.MOBILE) from None


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise Unacceptable(Reason.DOCUMENT)
    return text


def _without_check_digit(text: str) -> str:
    found = _NIT.fullmatch(text)
    if found is None:
        raise Unacceptable(Reason.DOCUMENT)
    if found[2] and int(found[2]) != check_digit(found[1]):
        raise Unacceptable(Reason.CHECK_DIGIT)
    return found[1]
