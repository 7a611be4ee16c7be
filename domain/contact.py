"""E-mail addresses and mobiles as people write them."""

from enum import StrEnum

import phonenumbers
from email_validator import EmailNotValidError, validate_email

LONGEST_EMAIL, LONGEST_MOBILE = 254, 30
COUNTRY, CALLING_CODE = "CO", 57


class ContactField(StrEnum):
    """Where a member is reached."""

    EMAIL = "email"
    MOBILE = "mobile"


class BadContact(ValueError):
    """What was typed cannot be an address, or a mobile."""


def read_contact(field: ContactField, typed: str) -> str:
    """The address or mobile in its normal form; BadContact."""
    return read_email(typed) if field is ContactField.EMAIL else read_mobile(typed)


def read_email(typed: str) -> str:
    """The address in its normal form; nobody is asked whether it exists. BadContact."""
    try:
        return validate_email(
            typed.strip()[: LONGEST_EMAIL + 1], check_deliverability=False
        ).normalized
    except EmailNotValidError:
        raise BadContact from None


def read_mobile(typed: str) -> str:
    """A Colombian mobile, or a foreign one written with `+`, as `+573…`. BadContact."""
    try:
        number = phonenumbers.parse(typed.strip()[:LONGEST_MOBILE], COUNTRY)
    except phonenumbers.NumberParseException:
        raise BadContact from None
    colombian = number.country_code == CALLING_CODE
    national = str(number.national_number)
    if not phonenumbers.is_valid_number(number) or (colombian and not national.startswith("3")):
        raise BadContact
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
