"""The cooperative file: TOML in, a `Cooperative` out."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.cooperative import Cooperative
from storage.cooperative.documents import read_picture
from storage.cooperative.problems import CooperativeFileError, Fault, Problem
from storage.cooperative.toml_lines import key_lines
from storage.cooperative.validation import validate

__all__ = ["CooperativeFileError", "read_cooperative"]


def read_cooperative(path: Path) -> Cooperative:
    """The cooperative of that file; CooperativeFileError has all that is wrong, line by line."""
    text = _text(path)
    try:
        parsed = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise _refused(path, Problem(Fault.NOT_TOML, details={"detail": str(error)})) from error
    found = validate(parsed)
    if isinstance(found, Cooperative):
        return replace(found, logo=_logo(path, parsed, text))
    raise _refused(path, *_located(found, text))


def _logo(path: Path, parsed: dict[str, Any], text: str) -> bytes | None:
    """The picture that the file names, which lies beside it."""
    named = parsed.get("documents", {}).get("logo")
    if named is None:
        return None
    content = read_picture(path.parent / named)
    if content is None:
        raise _refused(path, *_located((Problem(Fault.PICTURE, ("documents", "logo")),), text))
    return content


def _text(path: Path) -> str:
    try:
        # Windows' Notepad begins a file with a mark that TOML does not know.
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise _refused(path, Problem(Fault.ABSENT)) from error
    except OSError as error:
        raise _refused(path, Problem(Fault.UNREADABLE)) from error
    except UnicodeDecodeError as error:
        raise _refused(path, Problem(Fault.NOT_TEXT)) from error


def _located(problems: tuple[Problem, ...], text: str) -> list[Problem]:
    lines = key_lines(text)
    found = [replace(problem, line=_line(problem, lines)) for problem in problems]
    return sorted(found, key=lambda problem: problem.line or 0)


def _line(problem: Problem, lines: dict[tuple[str | int, ...], int]) -> int | None:
    """The line of the key, or of the innermost table or list that should hold it."""
    known = (problem.path[:size] for size in range(len(problem.path), 0, -1))
    return next((lines[path] for path in known if path in lines), None)


def _refused(path: Path, *problems: Problem) -> CooperativeFileError:
    return CooperativeFileError(str(path), problems)
