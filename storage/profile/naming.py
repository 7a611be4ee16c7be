"""How a member is named to those who need not know the whole name."""


def masked_name(first_names: str, surnames: str) -> str:
    """`María P.`: the first name and the first letter of the surname."""
    first, rest = first_names.split()[:1], surnames.split()[:1]
    words = [word.capitalize() if word.isupper() else word for word in first]
    return " ".join([*words, *(f"{word[:1]}." for word in rest)])
