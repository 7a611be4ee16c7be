"""The steps of entering, together."""

from dataclasses import dataclass

from domain.access.check_code import CheckCode
from domain.access.check_pin import CheckPin
from domain.access.choose_pin import ChooseFirstPin
from domain.access.present_document import PresentDocument
from domain.access.request_code import RequestCode


@dataclass(frozen=True, slots=True)
class Doorway:
    documents: PresentDocument
    pins: CheckPin
    codes: RequestCode
    proofs: CheckCode
    first_pins: ChooseFirstPin
