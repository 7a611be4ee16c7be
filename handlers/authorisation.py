"""The authorisation to process personal data, word for word as it is given and kept."""

from domain.cooperative import Cooperative
from handlers.kit.screen import Phrase

AUTHORISATION = "welcome.authorisation.text"


def authorisation_of(cooperative: Cooperative) -> Phrase:
    """What members say yes to; the proof on file is of exactly this text."""
    terms = cooperative.data_processing
    params = {
        "cooperative": cooperative.name,
        "nit": cooperative.nit,
        "policy": terms.policy_address,
        "contact": terms.contact,
        "version": terms.version,
    }
    return Phrase(AUTHORISATION, params)
