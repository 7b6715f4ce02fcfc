"""What the program says of itself on macOS."""

from __future__ import annotations

import plistlib
from typing import cast

from installer.release import ROOT, this_release


def description() -> dict[str, object]:
    """Read Info.plist for this release."""
    text = (ROOT / "installer" / "macos" / "Info.plist").read_text("utf-8")
    return cast(dict[str, object], plistlib.loads(this_release().fill(text).encode("utf-8")))
