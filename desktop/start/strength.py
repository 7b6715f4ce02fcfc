"""How strong a new passphrase is, said plainly: by its length, which is what counts."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.language import Language
from desktop.words import Mark
from models.wrapping import SHORTEST_PASSPHRASE, normalised

#: From here on a passphrase of words withstands guessing for long.
GOOD = 20


@dataclass(frozen=True)
class Strength:
    """What is said under the field, and whether the passphrase may be used."""

    mark: Mark
    enough: bool


def strength(passphrase: str, language: Language) -> Strength | None:
    """Judge a new passphrase; ``None`` while nothing is typed."""
    length = len(normalised(passphrase.strip()))
    if not length:
        return None
    if length < SHORTEST_PASSPHRASE:
        left = SHORTEST_PASSPHRASE - length
        words = language.plural("{n} more character is needed", "{n} more characters are needed", left)
        return Strength(Mark("high", words), enough=False)
    if length < GOOD:
        return Strength(Mark("moderate", language.text("Enough; four or five words are better")), enough=True)
    return Strength(Mark("low", language.text("Good: long enough to withstand guessing")), enough=True)


def vault_folder_name(organisation: str) -> str:
    """Name a vault's folder after the organisation, without what file systems refuse; ``Vault.gedigen`` if nothing is left."""
    kept = "".join(" " if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in organisation)
    name = " ".join(kept.split()).strip(". ")[:60].strip()
    return f"{name or 'Vault'}.gedigen"
