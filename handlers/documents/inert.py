"""Cells that a spreadsheet takes for text."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def inert(cell: str) -> str:
    """The cell as text: a spreadsheet would run one that begins like a formula (ASVS 1.2.10)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
