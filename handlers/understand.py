"""Typed words as functions: spelled as they sound, with slips, in any order."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from rapidfuzz.distance import OSA

from handlers.kit import texts
from handlers.kit.flow import Input, Leave, Outcome, SignOut
from handlers.kit.navigation import MENU, navigate
from handlers.kit.screen import Phrase

# In order of preference when the words name several functions equally well.
FUNCTIONS: Mapping[str, Outcome] = {
    "later": Leave("menu", notice=Phrase("understand.later")),
    "lending": Leave("credit_simulation", {"aim": "payment"}),
    "credit_simulation": Leave("credit_simulation"),
    "cdat_simulation": Leave("cdat_simulation"),
    "simulators": Leave("simulators"),
    "verify": Leave("verification"),
    "withholding": Leave("certificates", {"kind": "withholding"}),
    "tax_return": Leave("certificates", {"kind": "tax_return"}),
    "good_standing": Leave("certificates", {"kind": "good_standing"}),
    "membership": Leave("certificates", {"kind": "membership"}),
    "credit_report": Leave("certificates", {"kind": "credit"}),
    "certificates": Leave("certificates"),
    "requests": Leave("requests"),
    "profile": Leave("profile"),
    "print": Leave("printing"),
    "movements": Leave("products", {"group": "all"}),
    "credits": Leave("products", {"group": "credits"}),
    "savings": Leave("products", {"group": "savings"}),
    "contributions": Leave("products", {"group": "contributions"}),
    "statement": Leave("statement"),
    "robbery": Leave("robbery"),
    "forgot": Leave("forgot"),
    "pin": Leave("pin"),
    "authenticator": Leave("authenticator"),
    "devices": Leave("devices"),
    "privacy": Leave("privacy"),
    "security": Leave("security"),
    "notifications": Leave("notifications"),
    "assistance": Leave("assistance"),
    "help": Leave("help"),
    "menu": MENU,
    "thanks": Leave("menu", notice=Phrase("understand.welcome")),
    "leave": SignOut(Phrase("menu.goodbye")),
}
LOST = Leave("menu", notice=Phrase("understand.lost"))

Words = frozenset[str]

# One slip in six letters, two in twelve: chosen against the phrases in tests/handlers.
_ALIKE = 0.82
_LONGEST = 200
# Leaving by mistake costs a new entry: it is only understood when little else is said.
_FAREWELL_WORDS = 5
_SOUNDS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        ("qu|c(?![eih])", "k"),
        ("[zx]|c(?=[ei])", "s"),
        ("v", "b"),
        ("ll", "y"),
        ("h", ""),
    )
)


def wander(given: Input, back: Outcome = MENU) -> Outcome | None:
    """Where "Volver", "Menú" or typed words lead; None when the input is another button."""
    return understand(given) if isinstance(given, str) else navigate(given, back)


def understand(said: str) -> Outcome:
    """The function that the words name, or the menu with a kind notice."""
    name = function_named(said)
    return FUNCTIONS[name] if name else LOST


def function_named(said: str) -> str | None:
    """The name of the function that the words name, if any."""
    heard = _words(said[:_LONGEST])
    named = [
        (len(phrase), name)
        for name, phrases in _phrases().items()
        for phrase in phrases
        if _says(heard, phrase) and (name != "leave" or len(heard) <= _FAREWELL_WORDS)
    ]
    # max keeps the first of equals, which is the preferred function
    return max(named, key=lambda found: found[0], default=(0, None))[1]


def _says(heard: Words, phrase: Words) -> bool:
    return all(any(_alike(word, said) for said in heard) for word in phrase)


def _alike(word: str, said: str) -> bool:
    """The same word, or a slip of it; a word known by itself is no slip of another."""
    if word == said:
        return True
    return said not in _vocabulary() and OSA.normalized_similarity(word, said) >= _ALIKE


@cache
def _phrases() -> Mapping[str, tuple[Words, ...]]:
    lines = {name: texts.plain(f"understand.words.{name}").splitlines() for name in FUNCTIONS}
    return {name: tuple(map(_words, phrases)) for name, phrases in lines.items()}


@cache
def _vocabulary() -> Words:
    return frozenset(w for phrases in _phrases().values() for phrase in phrases for w in phrase)


def _words(said: str) -> Words:
    """The words without case, accents or signs, written as they sound."""
    bare = unicodedata.normalize("NFKD", said.casefold())
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return frozenset(map(_sound, re.findall(r"[a-z]+", letters)))


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word
