"""Preferences of this computer's user: language, look, and which vaults were open last. They hold nothing from a vault."""

from __future__ import annotations

import locale
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs

from desktop.language import LANGUAGES

SCHEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 125, 150, 175, 200)
_KEPT_VAULTS = 8
#: How systems name the languages that the program speaks besides English: by code, on Windows by name.
_SYSTEM_NAMES = {"sv": ("sv", "swedish"), "nb": ("nb", "nn", "no_", "norwegian"), "fr": ("fr", "french")}


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """What the user has chosen. ``person`` is who worked last in each vault, by folder; ``place`` is the window's frame, base64."""

    language: str = "en"
    scheme: str = "system"
    text_size: int = 100
    vaults: tuple[str, ...] = ()
    person: dict[str, str] = {}
    place: str = ""

    def opened(self, folder: Path, person: str = "") -> Preferences:
        """Remember that a vault was opened, and by whom."""
        name = str(folder)
        vaults = (name, *(one for one in self.vaults if one != name))[:_KEPT_VAULTS]
        people = {vault: who for vault, who in self.person.items() if vault in vaults}
        if person:
            people[name] = person
        return msgspec.structs.replace(self, vaults=vaults, person=people)


@dataclass(frozen=True)
class PreferencesFile:
    """Where preferences are kept."""

    path: Path

    @classmethod
    def usual(cls) -> PreferencesFile:
        """The file in the user's configuration folder."""
        return cls(Path(platformdirs.user_config_dir("gedigen", appauthor=False)) / "preferences.json")

    def read(self) -> Preferences:
        """Read them; a missing or unreadable file gives the usual ones, for nobody should be kept out by a preference."""
        try:
            kept = msgspec.json.decode(self.path.read_bytes(), type=Preferences)
        except (OSError, msgspec.DecodeError):
            return Preferences(language=_system_language())
        return _within_limits(kept)

    def write(self, preferences: Preferences) -> None:
        """Write them whole or not at all. Raises ``OSError``."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix="preferences-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(preferences)))
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _within_limits(kept: Preferences) -> Preferences:
    return msgspec.structs.replace(
        kept,
        language=kept.language if kept.language in LANGUAGES else _system_language(),
        scheme=kept.scheme if kept.scheme in SCHEMES else "system",
        text_size=min(max(kept.text_size, TEXT_SIZES[0]), TEXT_SIZES[-1]),
    )


def _system_language() -> str:
    name = locale.getlocale()[0] or os.environ.get("LANG", "")
    return next((code for code, starts in _SYSTEM_NAMES.items() if name.casefold().startswith(starts)), "en")
