"""What may be shown of an address."""


def mask_email(address: str) -> str:
    """`maria@gmail.com` as `m•••@g•••.com`."""
    user, _, host = address.rpartition("@")
    site, _, ending = host.rpartition(".")
    return f"{user[:1]}•••@{site[:1]}•••.{ending}"
