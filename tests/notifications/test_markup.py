"""Texts of the cooperative: what is let through, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.notifications.categories import Category
from domain.notifications.markup import (
    MarkupError,
    checked,
    is_allowed,
    read_markup,
    telegram_length,
)
from domain.notifications.messages import Content
from handlers.kit.texts import html
from handlers.notifications.wording import Told, screen
from tests.handlers.reading import check_markup

HOSTS = {"eltablero.example"}


@pytest.mark.parametrize(
    ("given_text", "html_text"),
    [
        ("Hola", "Hola"),
        ("<b>Hola</b> <i>y</i> <u>a</u><s>b</s>", "<b>Hola</b> <i>y</i> <u>a</u><s>b</s>"),
        ("<strong>a</strong><em>b</em>", "<b>a</b><i>b</i>"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
        ("&lt;b&gt; &amp; &#225; &ntilde;", "&lt;b&gt; &amp; á ñ"),
        ("uno\r\ndos", "uno\ndos"),
        ("<B>GRITO</B>", "<b>GRITO</b>"),
        (
            '<a href="https://www.eltablero.example/a?b=1&c=2">ver</a>',
            '<a href="https://www.eltablero.example/a?b=1&amp;c=2">ver</a>',
        ),
        ("A\u202eB\u0000C", "ABC"),
        ("👩\u200d🏫 maestra", "👩\u200d🏫 maestra"),
    ],
)
def test_what_is_allowed_is_written_anew(given_text, html_text):
    assert read_markup(given_text, HOSTS).html == html_text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x>",
        "<b>sin cerrar",
        "<b><i>cruzado</b></i>",
        "</b>",
        "<b><b>dos veces</b></b>",
        "<br>",
        "<b/>",
        "<b onclick='x'>a</b>",
        "<!-- nada -->hola",
        "<!DOCTYPE html>hola",
        "<?php ?>hola",
        "<tg-emoji emoji-id='1'>x</tg-emoji>",
        '<a href="http://eltablero.example">x</a>',
        '<a href="https://eltablero.example.evil.test">x</a>',
        '<a href="https://evil.test/eltablero.example">x</a>',
        '<a href="https://eltablero.example@evil.test">x</a>',
        '<a href="https://eltablero.example:8443/">x</a>',
        '<a href="tg://user?id=1">x</a>',
        '<a href="javascript:alert(1)">x</a>',
        '<a name="x">x</a>',
        "<a>x</a>",
        "&bogus; cosa",
        "",
        "   \n ",
        "<b> </b>",
    ],
)
def test_what_is_not_allowed_says_why(text):
    with pytest.raises(MarkupError, match=r"\w"):
        read_markup(text, HOSTS)


def test_links_lead_to_the_allowed_hosts_and_their_own():
    assert is_allowed("https://eltablero.example/x", HOSTS)
    assert is_allowed("https://asociados.eltablero.example/x", HOSTS)
    assert not is_allowed("https://noeltablero.example/x", HOSTS)
    assert not is_allowed("https://[bad", HOSTS)
    assert not is_allowed("https://eltablero.example\\@evil.test", HOSTS)


def test_length_is_counted_as_telegram_counts():
    assert telegram_length("ñandú") == 5
    assert telegram_length("💳") == 2


@given(st.text(max_size=60))
def test_whatever_is_accepted_is_sound(text):
    try:
        markup = read_markup(text, HOSTS)
    except MarkupError:
        return
    check_markup(markup.html)
    assert read_markup(markup.html, HOSTS).html == markup.html
    assert checked(markup.html).plain == markup.plain


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "&", "<", ">", "x", '"', "&lt;"])))
def test_pieces_of_markup_in_any_order(pieces):
    try:
        markup = read_markup("".join(pieces), HOSTS)
    except MarkupError:
        return
    check_markup(markup.html)


def test_the_frame_keeps_the_markup_and_names_the_reference():
    told = Told(5, Category.CONTRACT, Content("<b>Hola</b> &amp; más"), "A7K2M")
    shown = screen(told)
    assert html(shown.text, shown.params) == "<b>Hola</b> &amp; más\n\n<i>Ref. A7K2M</i>"
