"""A paper made and written by a pool process, whole or not at all."""

import os
from hashlib import sha256
from pathlib import Path

from bot.workshop import make

UNFINISHED = ".part"


def write_paper(maker: str, values: tuple[object, ...], path: Path) -> str:
    """Write what the maker makes; the file's SHA-256. Killed meanwhile, no half file is left."""
    content = make(maker, values)
    unfinished = path.with_name(path.name + UNFINISHED)
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return sha256(content).hexdigest()


def digest_of_file(path: Path) -> str | None:
    """The SHA-256 of the file; None when there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None
