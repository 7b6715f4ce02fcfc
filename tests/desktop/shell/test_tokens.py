"""Colours that can be told apart and read."""

from __future__ import annotations

import pytest

from desktop.shell.tokens import DARK, LIGHT, mixed

STATUSES = ("low", "moderate", "significant", "high")


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours by WCAG 2: 1 (none) to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in bytes.fromhex(colour[1:]))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["text", "muted", "accent", *STATUSES])
@pytest.mark.parametrize("under", ["ground", "surface"])
def test_words_have_at_least_four_and_a_half_to_one(tokens, role, under):
    assert contrast(tokens.role(role), tokens.role(under)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_outlines_of_controls_have_at_least_three_to_one(tokens):
    assert contrast(tokens.outline, tokens.surface) >= 3


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["accent", *STATUSES])
def test_words_on_their_own_pale_fill_can_be_read(tokens, role):
    colour = tokens.role(role)
    assert contrast(colour, mixed(colour, tokens.surface, 0.12)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_word_on_the_primary_button_can_be_read(tokens):
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_incomplete_is_muted():
    assert LIGHT.role("incomplete") == LIGHT.muted
