"""Every sentence of the program is there in every language that it speaks."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

import dev
from desktop.language import LANGUAGES
from resources import path

ROOT = Path(__file__).resolve().parents[1]


@cache
def _messages_in_the_source() -> frozenset[str]:
    """Every message by its singular, found as ``dev.py messages`` finds it."""
    keywords = parse_keywords(dev.MESSAGE_KEYWORDS)
    found = set()
    for folder in dev.SOURCE_FOLDERS:
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, keywords=keywords):
            found.add(message[0] if isinstance(message, tuple) else message)
    return frozenset(found - {""})


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_message_is_translated_and_none_is_guessed(code):
    with path("translations", code, "LC_MESSAGES", "gedigen.po").open("rb") as po:
        catalogue = read_po(po, locale=code)
    translated = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in catalogue
        if message.id and not message.fuzzy and all(message.string if isinstance(message.string, tuple) else [message.string])
    }
    assert sorted(_messages_in_the_source() - translated) == []


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_translation_has_outlived_its_message(code):
    with path("translations", code, "LC_MESSAGES", "gedigen.po").open("rb") as po:
        ids = {message.id[0] if isinstance(message.id, tuple) else message.id for message in read_po(po, locale=code) if message.id}
    assert sorted(ids - _messages_in_the_source()) == []


def test_french_sets_its_high_marks_where_no_line_breaks():
    with path("translations", "fr", "LC_MESSAGES", "gedigen.po").open("rb") as po:
        messages = [message for message in read_po(po, locale="fr") if message.id]
    said = [one for message in messages for one in (message.string if isinstance(message.string, tuple) else [message.string])]
    assert [one for one in said if re.search(r"\S [;:?!»](\s|$)|« ", one)] == []
