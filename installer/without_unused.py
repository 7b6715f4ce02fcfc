"""What runs first in the bundle: libraries name modules that Gedigen never asks for anything, and the bundle does without these.

pyHanko names an HTTP client; reportlab names a reader of pictures, and no report has a picture in it.
"""

import sys
from typing import NoReturn

from desktop.reports.lean_import import Absent


def read_no_picture(*_given: object) -> NoReturn:
    """Say so to whoever opens a picture all the same, as the reader says it of a file that it does not know."""
    raise OSError("This program reads no pictures.")


pictures = Absent("PIL.Image")
pictures.open = read_no_picture
package = Absent("PIL")
package.Image = pictures
sys.modules.update({"aiohttp": Absent("aiohttp"), "PIL": package, "PIL.Image": pictures})
