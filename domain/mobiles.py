"""Mobile numbers."""

import phonenumbers

_LONGEST = 30
_COLOMBIA, _MOBILES = 57, "3"


class MalformedMobile(ValueError):
    """What was written is no mobile number."""


def read_mobile(text: str) -> str:
    """A Colombian mobile, or a foreign number written with `+`, as `+573…`; MalformedMobile."""
    try:
        number = phonenumbers.parse(text[:_LONGEST], "CO")
    except phonenumbers.NumberParseException:
        raise MalformedMobile from None
    colombian = number.country_code == _COLOMBIA
    if not phonenumbers.is_valid_number(number):
        raise MalformedMobile
    if colombian and not str(number.national_number).startswith(_MOBILES):
        raise MalformedMobile
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
