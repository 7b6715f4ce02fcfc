"""Names and texts in other scripts are shaped as their readers expect, read out as they were written, and stay whole."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, features

from desktop.charts.print_painter import REGULAR
from desktop.charts.shapes import Drawing, Text
from desktop.language import language
from desktop.reports.archive import finish
from desktop.reports.fonts import printable, register_fonts
from desktop.reports.glyphs import shaped
from desktop.reports.layout import Bold, Column, ReportBuilder
from desktop.reports.line_breaks import pieces
from desktop.reports.printed import read_printed
from desktop.reports.scripts import language_of
from desktop.reports.shaped_text import ShapedText, text_width
from desktop.reports.styles import MARGIN_SIDE
from desktop.reports.tagging import TaggedCanvas
from resources import path
from tests.desktop.reports.conformance.vera import CheckerMissing, broken_rules
from tests.desktop.reports.page_reading import read_pages
from tests.desktop.reports.samples import NOW, begin

ARABIC, AMHARIC, BURMESE, CHINESE = "شبكة الإغاثة في الشمال", "የሰላም መረዳጃ ማህበር", "ငြိမ်းချမ်းရေး ကွန်ရက်", "北方救援网络"
PERSIAN, URDU, TIGRINYA = "شبکهٔ امداد می‌خواهم گچ پژوهش", "امدادی نیٹ ورک ہے", "ማሕበር ቅዱስ ቖልዓ"
NAMES = {"ar": ARABIC, "am": AMHARIC, "my": BURMESE, "zh": CHINESE}
ALL = [*NAMES.values(), PERSIAN, URDU, TIGRINYA, "Сеть помощи", "Δίκτυο βοήθειας"]
LONG = {
    "ar": "تعمل المنظمة منذ عام 2014 في ثلاث محافظات (حلب وإدلب والرقة)، ويبلغ عدد موظفيها 42 شخصا. " * 6,
    "am": "ማህበሩ ከ2014 ዓ.ም. ጀምሮ በሦስት ወረዳዎች ይሠራል፤ 42 ሠራተኞች አሉት። " * 6,
    "my": "အဖွဲ့အစည်းသည် ၂၀၁၄ ခုနှစ်မှ စတင်၍ မြို့နယ်သုံးခုတွင် လုပ်ကိုင်နေပြီး ဝန်ထမ်း ၄၂ ဦး ရှိသည်။ " * 6,
    "zh": "该组织自2014年起在三个省份开展工作，拥有42名员工（其中女性23名）。“我们每半年提交一次报告”；与 Lumora Ltd. 合作。" * 6,
}
FACES = {
    "ar": ("NotoSansArabic-Regular.ttf", "Arab"),
    "am": ("NotoSansEthiopic-Regular.ttf", "Ethi"),
    "my": ("NotoSansMyanmar-Regular.ttf", "Mymr"),
    "zh": ("DroidSansFallbackFull.ttf", "Hani"),
}
codes = pytest.mark.parametrize("code", list(NAMES))


def everywhere(name: str) -> ReportBuilder:
    """Write a report that shows a name in every place where a report can show one."""
    report = ReportBuilder(language=language("en"), title=name, subject=name, author=name, left=name, right=f"{name} 2026-17", foot=name)
    report.title(name, subtitle=["Partner: ", Bold(name), ", case 2026-17"])
    report.heading(1, f"About {name}", anchor="about")
    report.paragraph(["A grant to ", Bold(name), f" ({name}), 1,200 & <more>."])
    report.bullets([name])
    report.key_values([("Name", name), (name, "named")])
    report.table([Column("Name"), Column(name)], [[name, f"{name} 12"], ["Lumora", "13"]])
    report.link(f"To {name}", "#about")
    with report.callout("stop", f"Stop: {name}"):
        report.paragraph(f"One person at {name} decides.")
    report.figure(Drawing(360, 40, (Text(10, 20, name), Text(350, 20, name, anchor="end", weight="bold")), f"A chart of {name}."))
    report.signature_fields([("Caseworker", "Caseworker", name), ("Reviewer", "Reviewer", "Bo Ek"), ("Chair", "Chair", "")])
    return report


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("scripts")
    made = {}
    for number, name in enumerate(ALL):
        report = everywhere(name)
        made[name] = folder / f"{number}.pdf"
        made[name].write_bytes(finish(report.lay_out(), now=NOW))
        assert report.unprintable == []
    return made


def test_a_report_with_names_of_any_script_conforms(files: dict[str, Path]) -> None:
    try:
        assert broken_rules([files[name] for name in (*NAMES.values(), PERSIAN)]) == []
    except CheckerMissing as missing:
        pytest.fail(str(missing))


@pytest.mark.parametrize("name", ALL)
def test_a_name_is_read_out_as_it_was_written_wherever_it_stands(files: dict[str, Path], name: str) -> None:
    said = read_printed(files[name].read_bytes())
    assert said.texts[:4] == [name, f"Partner: {name}, case 2026-17", f"About {name}", f"A grant to {name} ({name}), 1,200 & <more>."]
    assert f"Stop: {name}" in said.texts
    assert said.tables[0] == [("Name", name), (name, "named")]
    assert said.tables[1] == [("Name", name), (name, f"{name} 12"), ("Lumora", "13")]
    assert said.figures == [(f"A chart of {name}.", name + name)] or said.figures == [(f"A chart of {name}.", f"{name} {name}")]
    with pikepdf.open(files[name]) as pdf, pdf.open_outline() as outline:
        assert str(pdf.docinfo["/Title"]) == name
        assert outline.root[0].title == name
        assert outline.root[1].title == f"About {name}"


@pytest.mark.parametrize("name", [ARABIC, AMHARIC, BURMESE, CHINESE, URDU, TIGRINYA])
def test_another_program_finds_the_name_on_every_place(files: dict[str, Path], name: str) -> None:
    told = subprocess.run(["pdftotext", str(files[name]), "-"], capture_output=True, text=True, check=True).stdout
    assert "".join(told.split()).count("".join(name.split())) >= 18


@codes
def test_a_name_looks_as_another_program_draws_it(code: str, tmp_path: Path) -> None:
    assert features.check("raqm"), "Pillow lacks raqm, which draws what this is compared with"
    size, scale = 40, 4
    register_fonts()
    canvas = TaggedCanvas(str(tmp_path / "name.pdf"), pagesize=(600, 120))
    canvas.setFont(REGULAR, size)
    canvas.drawString(20, 45, NAMES[code])
    canvas.showPage()
    canvas.save()
    subprocess.run(["pdftoppm", "-gray", "-r", str(72 * scale), "-singlefile", "name.pdf", "name"], cwd=tmp_path, check=True)
    ours = Image.open(tmp_path / "name.pgm").point(lambda grey: 255 * (grey < 128))
    font = ImageFont.truetype(str(path("fonts", FACES[code][0])), size * scale, layout_engine=ImageFont.Layout.RAQM)
    reference = Image.new("L", (600 * scale, 120 * scale), 255)
    x = 20 * scale
    for part in [NAMES[code]] if code in ("ar", "zh") else NAMES[code].split(" "):
        ImageDraw.Draw(reference).text((x, 75 * scale), part, font=font, fill=0, anchor="ls")
        x += (text_width(part + " ", REGULAR, size)) * scale
    theirs = reference.point(lambda grey: 255 * (grey < 128))
    ours.save(tmp_path / "ours.png"), theirs.save(tmp_path / "theirs.png")
    shared = ImageChops.darker(ours, theirs).histogram()[255] / ImageChops.lighter(ours, theirs).histogram()[255]
    assert shared > 0.8, shared


def test_letters_join_and_stack_by_the_rules_of_their_script() -> None:
    arabic = shaped("لا", *FACES["ar"], leftwards=True)
    assert [glyph.letters for glyph in arabic.glyphs] == ["ل", "ا"]
    assert arabic.width < shaped("ل", *FACES["ar"], leftwards=True).width + shaped("ا", *FACES["ar"], leftwards=True).width
    joined = [glyph.number for glyph in shaped("ببب", *FACES["ar"], leftwards=True).glyphs]
    assert len(set(joined)) == 3
    stacked = shaped("က္က", *FACES["my"], leftwards=False)
    assert stacked.width == shaped("က", *FACES["my"], leftwards=False).width
    before = shaped("ကြ", *FACES["my"], leftwards=False).glyphs
    assert (before[0].letters, before[1].letters) == ("ကြ", "")


@codes
def test_a_long_text_keeps_to_its_measure_and_loses_no_letter(code: str) -> None:
    register_fonts()
    text = ShapedText(LONG[code].strip(), size=9.5)
    lines = text.lines(180)
    assert len(lines) > 5
    assert all(line.width <= 180.01 for line in lines)
    assert all(line.leftwards == (code == "ar") for line in lines)
    assert " ".join(text.text[line.first : line.last] for line in lines).split() == text.text.split() or code in ("my", "zh")
    assert "".join("".join(text.text[line.first : line.last] for line in lines).split()) == "".join(text.text.split())


def test_a_line_of_chinese_ends_between_letters_but_not_before_a_full_stop() -> None:
    text = "三个省份（其中）。“报告”"
    assert [text[first:last] for first, last in pieces(text)] == ["三", "个", "省", "份", "（其", "中）。", "“报", "告”"]


def test_a_line_of_burmese_ends_between_syllables_and_one_of_amharic_between_words() -> None:
    text = "ကျွန်ုပ်တို့ဒုက္ခသည်"
    assert [text[first:last] for first, last in pieces(text)] == ["ကျွန်ုပ်", "တို့", "ဒုက္ခ", "သည်"]
    assert [last for _, last in pieces("ሰላም፡ነው።ደህና")] == [4, 7, 10]


@codes
def test_a_text_over_two_pages_is_one_paragraph(code: str) -> None:
    report = begin()
    report.title("T")
    report.space(660)
    report.paragraph(LONG[code].strip())
    laid_out = report.lay_out()
    assert laid_out.pages == 2
    first, second = ({id(element): element for element in page if element.tag == "P"} for page in laid_out.marks)
    assert len(first.keys() & second.keys()) == 1
    said = read_printed(finish(laid_out, now=NOW)).texts[-1]
    assert "".join(said.split()) == "".join(LONG[code].split())


@pytest.mark.parametrize("code", ["ar", "zh"])
def test_a_text_longer_than_a_page_runs_over_pages_wherever_it_stands(code: str) -> None:
    words = LONG[code].strip() * 9
    report = begin()
    report.title("T")
    report.paragraph(words)
    report.bullets([words])
    report.table([Column("Number"), Column("Text", 5)], [["1", words], ["2", None]])
    with report.callout("stop", "Title"):
        report.paragraph(words)
    said = read_printed(finish(report.lay_out(), now=NOW))
    squeezed = "".join(words.split())
    assert ["".join(text.split()) for text in said.texts[1:]] == [squeezed, "Title", squeezed]
    assert "".join(said.tables[0][1][1].split()) == squeezed


def test_a_passage_says_its_language_only_where_the_script_tells_it(files: dict[str, Path]) -> None:
    assert {code: language_of(name) for code, name in NAMES.items()} == {code: code for code in NAMES}
    assert [language_of(name) for name in (PERSIAN, URDU, TIGRINYA, "ひらがな北方", "北方 شبكة", "Lumora")] == [None] * 6
    with pikepdf.open(files[AMHARIC]) as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert b"/Span <</Lang (am)>> BDC" in content


def test_the_same_names_give_the_same_bytes_whatever_was_printed_before() -> None:
    first = finish(everywhere(ARABIC).lay_out(), now=NOW)
    finish(everywhere(BURMESE).lay_out(), now=NOW)
    assert finish(everywhere(ARABIC).lay_out(), now=NOW) == first


def test_a_letter_that_no_typeface_has_is_named() -> None:
    said: list[str] = []

    def name(script: str) -> str:
        said.append(script)
        return "?"

    assert printable("شبكة បណ្តាញ 北方 🙂!", replacement=name, with_scripts=True) == "شبكة ? 北方 ?!"
    assert said == ["Khmer", "Slightly"]
    assert printable("شبكة 12", replacement=lambda script: script) == "Arabic 12"


def test_a_text_in_an_empty_form_and_a_signature_s_caption_is_measured_as_it_is_drawn() -> None:
    register_fonts()
    for name in ALL[:7]:
        assert text_width(name, REGULAR, 10) == pytest.approx(10 * text_width(name, REGULAR, 1))
        assert text_width(name, REGULAR, 10) > 20


def test_what_a_span_says_is_not_believed_where_other_letters_are_drawn() -> None:
    report = begin()
    report.title("T")
    report.paragraph("ကြ 12")
    content = finish(report.lay_out(), now=NOW)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        stream = page.Contents.read_bytes()
        forged = "FEFF" + "ကြ9".encode("utf-16-be").hex().upper()
        honest = ("FEFF" + "ကြ".encode("utf-16-be").hex().upper()).encode()
        assert honest in stream
        page.Contents.write(stream.replace(honest, forged.encode()))
        out = io.BytesIO()
        pdf.save(out)
    assert read_printed(content).texts[-1] == "ကြ 12"
    assert read_printed(out.getvalue()).texts[-1] == "ကြ 12"


@pytest.mark.parametrize("name", [ARABIC, f"{ARABIC} (Réseau d’entraide)", PERSIAN])
def test_the_case_number_stands_first_at_the_head_of_a_page_whatever_the_partner_is_called_in(name: str) -> None:
    report = ReportBuilder(language=language("en"), title=name, subject=name, author="", left=f"2026-014 · {name}", right="Draft")
    report.title("Report")
    head = min((one for one in read_pages(report.lay_out()).words if one.element is None), key=lambda one: one.left)
    assert head.left == pytest.approx(MARGIN_SIDE, abs=0.5)
    assert head.text.startswith("2026-014")
