"""What the program reads as data is there and is what it says."""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QRawFont
from PySide6.QtSvg import QSvgRenderer

from resources import path

SWEDISH_NORWEGIAN_FRENCH = "åäöÅÄÖæøÆØéèêçëïœŒÉ–—…“”’«»·×€"
STATUS_SHAPES = "●◆▲■○"
INTER = [("Inter-Regular.ttf", 400), ("Inter-Medium.ttf", 500), ("Inter-SemiBold.ttf", 600)]
NOTO = ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf"]
ICONS = sorted(path("icons").glob("*.svg"))


def _lacks(file: str, letters: str) -> str:
    font = QRawFont(str(path("fonts", file)), 16)
    assert font.isValid()
    return "".join(letter for letter in letters if not font.supportsCharacter(ord(letter)))


def test_a_resource_that_is_not_there_is_said_at_once():
    with pytest.raises(FileNotFoundError, match=r"no-such\.svg"):
        path("icons", "no-such.svg")


@pytest.mark.parametrize("file", [file for file, _ in INTER])
def test_the_window_s_font_has_letters_and_shapes(qapp, file):
    assert _lacks(file, SWEDISH_NORWEGIAN_FRENCH + STATUS_SHAPES + "−→≤≥✓✗") == ""


def test_the_three_weights_are_one_family(qapp):
    added = [QFontDatabase.addApplicationFont(str(path("fonts", file))) for file, _ in INTER]
    try:
        assert all("Inter" in QFontDatabase.applicationFontFamilies(number) for number in added)
        widths = []
        for _, weight in INTER:
            font = QFont("Inter", 16)
            font.setWeight(QFont.Weight(weight))
            widths.append(QFontMetricsF(font).horizontalAdvance("Thorough work"))
        assert widths[0] < widths[1] < widths[2]
    finally:
        for number in added:
            QFontDatabase.removeApplicationFont(number)


def test_tabular_figures_line_up(qapp):
    number = QFontDatabase.addApplicationFont(str(path("fonts", "Inter-Regular.ttf")))
    try:
        font = QFont("Inter", 16)
        font.setFeature(QFont.Tag("tnum"), 1)
        assert QFontMetricsF(font).horizontalAdvance("1111") == QFontMetricsF(font).horizontalAdvance("8888")
        assert QFontMetricsF(QFont("Inter", 16)).horizontalAdvance("1111") < QFontMetricsF(QFont("Inter", 16)).horizontalAdvance("8888")
    finally:
        QFontDatabase.removeApplicationFont(number)


@pytest.mark.parametrize(("file", "weight"), INTER)
def test_words_keep_their_hyphens_and_spaces_where_figures_are_tabular(qapp, file, weight):
    number = QFontDatabase.addApplicationFont(str(path("fonts", file)))
    try:
        plain, tabular = QFont("Inter", 16), QFont("Inter", 16)
        for font in (plain, tabular):
            font.setWeight(QFont.Weight(weight))
        tabular.setFeature(QFont.Tag("tnum"), 1)
        words = "PDF-filen (öppna, läs): [e-post]"
        assert QFontMetricsF(tabular).horizontalAdvance(words) == QFontMetricsF(plain).horizontalAdvance(words)
    finally:
        QFontDatabase.removeApplicationFont(number)


@pytest.mark.parametrize("file", NOTO)
def test_the_report_s_font_has_the_letters_and_lacks_what_its_readme_says(qapp, file):
    assert _lacks(file, SWEDISH_NORWEGIAN_FRENCH) == ""
    missing = _lacks(file, "−→≤≥✓✗☐" + STATUS_SHAPES)
    assert missing == "−→≤≥✓✗☐" + STATUS_SHAPES
    assert all(letter in path("fonts", "README.md").read_text("utf-8") for letter in missing)


SCRIPTS = {
    "NotoSansArabic": "شبكة الإغاثة گچپژکی ٹڈڑے ٤٢ ،؟",
    "NotoSansEthiopic": "የሰላም መረዳጃ ማህበር ቖ ፣።",
    "NotoSansMyanmar": "ငြိမ်းချမ်းရေး ကွန်ရက် ၄၂ ။",
    "DroidSansFallbackFull": "北方救援网络救援網絡，。（）、“”",
}


@pytest.mark.parametrize("file", sorted(file.name for file in path("fonts").glob("*.ttf") if file.stem.partition("-")[0] in SCRIPTS))
def test_a_script_s_font_has_its_letters_and_is_the_one_that_the_readme_names(qapp, file):
    assert _lacks(file, SCRIPTS[file.removesuffix(".ttf").partition("-")[0]].replace(" ", "").replace("“”", "")) == ""
    content = path("fonts", file).read_bytes()
    assert len(content) < 5_000_000
    assert f"| `{file}` | `{hashlib.sha256(content).hexdigest()}` |" in path("fonts", "README.md").read_text("utf-8")


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_an_icon_is_drawn_and_can_be_tinted(qapp, icon):
    svg = icon.read_text("utf-8")
    root = ET.fromstring(svg)
    assert root.get("width") == root.get("height")
    if icon.stem != "gedigen":
        assert root.get("stroke") == "currentColor"
        assert not re.search(r"#[0-9a-fA-F]{3,6}", svg)
    image = QImage(36, 36, QImage.Format.Format_ARGB32)
    image.fill(QColor("transparent"))
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.replace("currentColor", "#1D5FB8").encode())).render(painter)
    painter.end()
    drawn = sum(image.pixelColor(x, y).alpha() > 0 for x in range(36) for y in range(36))
    assert drawn > 20


def test_the_program_s_own_icon_comes_in_every_size(qapp):
    for size in (16, 24, 32, 48, 64, 128, 256):
        image = QImage(str(path("icons", f"gedigen-{size}.png")))
        assert (image.width(), image.height()) == (size, size)


def test_every_licence_stands_beside_what_it_covers():
    assert "ISC License" in path("icons", "LICENSE-lucide.txt").read_text("utf-8")
    for licence in ("OFL-Inter.txt", "OFL-NotoSans.txt"):
        assert "SIL OPEN FONT LICENSE" in path("fonts", licence).read_text("utf-8")
    assert "Apache License" in path("fonts", "LICENSE-DroidSansFallback.txt").read_text("utf-8")
