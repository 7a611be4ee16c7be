"""The steps of entering, and of choosing a forgotten PIN anew, together."""

from dataclasses import dataclass

from domain.access.check_code import CheckCode
from domain.access.check_pin import CheckPin
from domain.access.choose_pin import ChooseFirstPin
from domain.access.present_document import PresentDocument
from domain.access.request_code import RequestCode
from domain.access.reset_pin import CheckResetCode, ResetPin, SecondProof


@dataclass(frozen=True, slots=True)
class Doorway:
    documents: PresentDocument
    pins: CheckPin
    codes: RequestCode
    proofs: CheckCode
    first_pins: ChooseFirstPin


@dataclass(frozen=True, slots=True)
class ResetDoorway:
    documents: PresentDocument
    codes: RequestCode
    proofs: CheckResetCode
    second: SecondProof
    pins: ResetPin
