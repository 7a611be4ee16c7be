"""How people are written for employees."""

_MOBILE_SHOWN = 4


def person(surnames: str, first_names: str) -> str:
    """`Ñáñez Peña, María Eugenia`; core systems often write names in capitals."""
    return ", ".join(filter(None, (_cased(surnames), _cased(first_names))))


def masked_mobile(number: str | None) -> str | None:
    """The mobile's last digits; None without one."""
    return f"•••{number[-_MOBILE_SHOWN:]}" if number else None


def _cased(name: str) -> str:
    return name.title() if name.isupper() else name
