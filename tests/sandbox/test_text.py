"""Formatted text: what Telegram makes of it, what it refuses, how it counts."""

import pytest

from bot.sandbox import Phone
from bot.sandbox.errors import ApiError
from bot.sandbox.text import formatted
from tests.sandbox import reference
from tests.sandbox.caller import Caller


def entities(source: str) -> list[tuple[str, int, int]]:
    found = formatted(source, "HTML", []).entities
    return [(each["type"], each["offset"], each["length"]) for each in found]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("<b>hi</b>", "hi", [("bold", 0, 2)]),
        ("<B>hi</B>", "hi", [("bold", 0, 2)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<u>a</u><s>b</s>", "ab", [("underline", 0, 1), ("strikethrough", 1, 1)]),
        ("\U0001f600<b>x</b>", "\U0001f600x", [("bold", 2, 1)]),
        ("<code>/no</code> /yes", "/no /yes", [("code", 0, 3), ("bot_command", 4, 4)]),
        ("<pre><code class='language-py'>x</code></pre>", "x", [("pre", 0, 1)]),
        ("<span class='tg-spoiler'>x</span>", "x", [("spoiler", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<a href="https://a.co/?b=1&amp;c=2">x</a>', "x", [("text_link", 0, 1)]),
        ("<a>not a link</a>", "not a link", []),
        ("1 &lt; 2 &amp;&amp; &#51; &nbsp;", "1 < 2 && 3 &nbsp;", []),
        ("  <b> x </b> ", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<code><b>x</b></code>", "x", [("code", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("go to https://a.co/b.", "go to https://a.co/b.", [("url", 6, 14)]),
        ("a@b.co @some_one", "a@b.co @some_one", [("email", 0, 6), ("mention", 7, 9)]),
    ],
)
def test_html_becomes_entities(source: str, text: str, found: list[tuple[str, int, int]]) -> None:
    assert formatted(source, "HTML", []).text == text
    assert entities(source) == found


def test_links_keep_their_address() -> None:
    link = formatted('<a href="https://a.co/?b=1&amp;c=2">x</a>', "HTML", []).entities[0]
    assert link["url"] == "https://a.co/?b=1&c=2"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("\u00f1 <3", "Unclosed start tag at byte offset 3"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_bad_html_is_refused_in_telegrams_words(
    source: str, sentence: str, api: Caller, ana: Phone
) -> None:
    refusal = await api.refused("sendMessage", chat_id=ana.id, text=source, parse_mode="HTML")
    assert refusal.description == f"Bad Request: can't parse entities: {sentence}"


def test_other_parse_modes_are_refused_rather_than_half_done() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        formatted("*x*", "MarkdownV2", [])


def test_given_entities_are_kept_and_follow_the_trimming() -> None:
    bold = {"type": "bold", "offset": 2, "length": 3}
    assert formatted("  one ", "", [bold]).entities == [{**bold, "offset": 0}]


async def test_text_length_counts_after_entities(api: Caller, ana: Phone) -> None:
    most = reference.load("limits.json")["sendMessage.text"][1]
    fits = {"chat_id": ana.id, "parse_mode": "HTML"}
    await api("sendMessage", text=f"<b>{'x' * most}</b>", **fits)
    refusal = await api.refused("sendMessage", text="x" * (most + 1), **fits)
    assert refusal.description == "Bad Request: message is too long"
    empty = await api.refused("sendMessage", text="<b> </b>", **fits)
    assert empty.description == "Bad Request: message text is empty"


async def test_caption_length_counts_after_entities(api: Caller, ana: Phone) -> None:
    most = reference.load("limits.json")["sendDocument.caption"][1]
    sent = await api.send_file(
        "sendDocument",
        "document",
        "a.txt",
        b"x",
        chat_id=ana.id,
        caption=f"<i>{'y' * most}</i>",
        parse_mode="HTML",
    )
    again = {"chat_id": ana.id, "document": sent["document"]["file_id"]}
    refusal = await api.refused("sendDocument", caption="y" * (most + 1), **again)
    assert refusal.description == "Bad Request: message caption is too long"
