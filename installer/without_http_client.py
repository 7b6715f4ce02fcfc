"""What runs first in the bundle: pyHanko names an HTTP client that Gedigen never asks for anything, and the bundle does without it."""

import sys

from desktop.reports.lean_import import Absent

sys.modules["aiohttp"] = Absent("aiohttp")
