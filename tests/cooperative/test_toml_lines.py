"""The lines on which keys stand."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.cooperative.toml_lines import key_lines

DEMO = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
TEXT = '''# a comment with [brackets] and = signs
a = 1
b."c.d" = """x
[no]
"quoted" \\""" y"""  # z
e = \'\'\'it's
[no]\'\'\'
[t]
u = [1, 2,
  3, # [
  {x = 1, y = "}"},
]
2026-01 = 24.36
when = 1979-05-27 07:32:00
[[credit]]
id = "a # no comment"
rates = [
  { p = 1, q = [1,2] },

  { p = 2 },
]
[credit.insurance]
base = 'x'
[[credit]]
id.part = 'b'
[[credit.rates]]
p = 3
[[credit.rates]]
p = 4'''
LINES = {
    ("a",): 2,
    ("b", "c.d"): 3,
    ("e",): 6,
    ("t",): 8,
    ("t", "u", 2): 10,
    ("t", "u", 3): 11,
    ("t", "u", 3, "y"): 11,
    ("t", "2026-01"): 13,
    ("t", "when"): 14,
    ("credit", 0): 15,
    ("credit", 0, "rates"): 17,
    ("credit", 0, "rates", 0, "p"): 18,
    ("credit", 0, "rates", 1, "p"): 20,
    ("credit", 0, "insurance"): 22,
    ("credit", 0, "insurance", "base"): 23,
    ("credit", 1): 24,
    ("credit", 1, "id", "part"): 25,
    ("credit", 1, "rates", 0, "p"): 27,
    ("credit", 1, "rates", 1): 28,
    ("credit", 1, "rates", 1, "p"): 29,
}


@pytest.mark.parametrize(("path", "line"), LINES.items(), ids=map(str, LINES))
def test_the_line_of_a_key(path, line):
    assert key_lines(TEXT)[path] == line


def test_windows_line_ends_count_once():
    assert key_lines(TEXT.replace("\n", "\r\n")) == key_lines(TEXT)


def paths(value, path=()):
    """Every path of a parsed value."""
    children = value.items() if isinstance(value, dict) else enumerate(value)
    for name, child in children:
        yield (*path, name)
        if isinstance(child, dict | list):
            yield from paths(child, (*path, name))


@pytest.mark.parametrize("text", [TEXT, DEMO.read_text("utf-8")], ids=["crafted", "demo"])
def test_every_key_has_a_line_that_names_it(text):
    lines, source = key_lines(text), text.splitlines()
    for path in paths(tomllib.loads(text)):
        assert 1 <= lines[path] <= len(source)
        if isinstance(path[-1], str):
            assert path[-1] in source[lines[path] - 1]


keys = st.from_regex(r"[a-z0-9_-]{1,6}", fullmatch=True)
scalars = st.one_of(st.integers(), st.booleans(), st.text("abc\"'#[]{}=,.\\ ", max_size=8))
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)
)


def written(value):
    match value:
        case bool():
            return str(value).lower()
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case list():
            return "[\n" + ",\n".join(map(written, value)) + "\n]"
        case dict():
            return "{" + ", ".join(f"{k} = {written(v)}" for k, v in value.items()) + "}"
    return str(value)


@given(st.dictionaries(keys, values, max_size=4))
def test_any_document_is_walked_to_its_end(document):
    text = "\n\n".join(f"{key} = {written(value)} # [x]" for key, value in document.items())
    assert tomllib.loads(text) == document
    assert set(key_lines(text)) == set(paths(document))
