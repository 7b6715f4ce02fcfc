"""What is said of a template is said one way everywhere."""

from __future__ import annotations

import pytest

from desktop.language import language
from desktop.template_words import language_name, time_needed


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "about 1 minute"),
        (119, "about 119 minutes"),
        (120, "about 2 hours"),
        (134, "about 2 hours"),
        (135, "about 2½ hours"),
        (164, "about 2½ hours"),
        (165, "about 3 hours"),
        (330, "about 5½ hours"),
        (960, "about 16 hours"),
    ],
)
def test_a_time_is_said_in_minutes_and_from_two_hours_on_to_the_nearest_half_hour(minutes: int, said: str) -> None:
    assert time_needed(minutes, language("en")) == said


def test_a_language_is_named_and_an_unknown_code_stands_as_it_is() -> None:
    assert language_name("sv", language("en")) == "Swedish"
    assert language_name("xx", language("en")) == "xx"
