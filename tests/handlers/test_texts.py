"""The catalog and the code agree: every key exists and is used, no Spanish outside of it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from handlers.kit.texts import catalog
from storage.schema import metadata
from tests.handlers.reading import check_markup

ROOT = Path(__file__).parents[2]
SOURCES = [
    path
    for package in ("bot", "handlers", "domain", "storage")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "sandbox" not in path.parts
]
SPANISH = re.compile("[áéíóúñ¿¡ÁÉÍÓÚÑ]")
FORMS = {"one", "other"}
HOLE = r"\w+"


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SOURCES:
        yield path, ast.parse(path.read_text("utf-8"))


def docstrings(tree: ast.Module) -> set[int]:
    bodies = [getattr(node, "body", None) for node in ast.walk(tree)]
    firsts = [body[0] for body in bodies if isinstance(body, list) and body]
    return {id(first.value) for first in firsts if isinstance(first, ast.Expr)}


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def constants(tree: ast.Module) -> dict[str, str]:
    """Module-level names for strings: a prefix of keys may be one."""
    assigned = [n for n in tree.body if isinstance(n, ast.Assign)]
    return {
        target.id: node.value.value
        for node in assigned
        for target in node.targets
        if isinstance(target, ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def pattern(text: ast.JoinedStr, names: dict[str, str]) -> str:
    """An f-string as a regular expression, its holes standing for any part of a key."""
    parts = []
    for value in text.values:
        if isinstance(value, ast.Constant):
            parts.append(re.escape(str(value.value)))
        elif isinstance(value, ast.FormattedValue) and isinstance(value.value, ast.Name):
            known = names.get(value.value.id)
            parts.append(re.escape(known) if known else HOLE)
        else:
            parts.append(HOLE)
    return "".join(parts)


def roots() -> set[str]:
    return {key.split(".")[0] for key in catalog()}


@dataclass(frozen=True, slots=True)
class Uses:
    """Strings written out, and patterns of those put together: `whole` keys and `ends` of them."""

    written: set[str]
    whole: set[str]
    ends: set[str]

    def key(self, key: str) -> bool:
        """Whether the code can arrive at the key, all at once or from a longer beginning."""
        if key in self.written or any(re.fullmatch(p, key) for p in self.whole):
            return True
        dots = [at for at, sign in enumerate(key) if sign == "." and "." in key[:at]]
        return any(self.key(key[:at]) and self.end(key[at:]) for at in dots)

    def end(self, end: str) -> bool:
        return any(re.fullmatch(p, end) for p in self.ends)


def uses() -> Uses:
    written: set[str] = set()
    built: set[str] = set()
    for _, tree in trees():
        names = constants(tree)
        written |= {str(node.value) for node in literals(tree)}
        joined = (n for n in ast.walk(tree) if isinstance(n, ast.JoinedStr))
        built |= {pattern(node, names) for node in joined}
    begins = re.compile(rf"({'|'.join(roots())})\\\.")
    ends = {p.removeprefix(HOLE) for p in built if p.startswith(HOLE + r"\.")}
    return Uses(written, {p for p in built if begins.match(p)}, ends)


def base(key: str) -> str:
    """The key without its plural form."""
    stem, _, form = key.rpartition(".")
    return stem if form in FORMS else key


def test_every_text_is_used() -> None:
    found = uses()
    assert [k for k in catalog() if not (found.key(k) or found.key(base(k)))] == []


def test_every_key_in_the_code_exists() -> None:
    found = uses()
    looks_like_a_key = re.compile(rf"({'|'.join(roots())})(\.[a-z_]+)+")
    keys = {*catalog(), *map(base, catalog())}
    beginnings = {key[:at] for key in catalog() for at, sign in enumerate(key) if sign == "."}
    columns = {str(column) for table in metadata.tables.values() for column in table.columns}
    known = keys | beginnings | columns
    assert {k for k in found.written if looks_like_a_key.fullmatch(k)} - known == set()
    assert [p for p in found.whole if not any(re.match(p, key) for key in catalog())] == []


@pytest.mark.parametrize("key", sorted(catalog()))
def test_markup_is_closed_and_fits(key: str) -> None:
    check_markup(catalog()[key])
    assert len(catalog()[key]) <= 4096


def test_no_spanish_outside_the_catalog() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}"
        for path, tree in trees()
        for node in literals(tree)
        if id(node) not in docstrings(tree) and SPANISH.search(str(node.value))
    ]
    assert found == []
