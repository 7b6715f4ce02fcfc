"""Files that were made wrong and then signed, by those who should have or by others."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from desktop.language import language
from desktop.reports.archive import finish
from desktop.reports.content import report_content
from forms.answers import Answer
from forms.canonical import canonical_json
from models.cards import AssessmentFile
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.sample_file import SEALED
from tests.desktop.reports.samples import signed
from tests.desktop.reports.sealed_reports import scored_file, sealed, with_record

Change = Callable[[pikepdf.Pdf], None]
Edit = Callable[[dict[str, Any]], None]


def both(pdf: bytes, reports: Signed) -> bytes:
    """Let caseworker and reviewer sign."""
    one = signed(pdf, "Caseworker", reports.caseworker, reports.root)
    return signed(one, "Reviewer", reports.reviewer, reports.root)


def remade(reports: Signed, change: Change) -> bytes:
    """Change the unsigned report, and have it signed by those who should."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(reports.none)) as opened:
        change(opened)
        opened.save(out)
    return both(out.getvalue(), reports)


def file_of(reports: Signed) -> AssessmentFile:
    """Give the sealed file that the reports print."""
    return sealed(scored_file(), {"Caseworker": reports.caseworker, "Reviewer": reports.reviewer})


def printed_beside(file: AssessmentFile, record: bytes, reports: Signed) -> bytes:
    """Print a file, attach another record, and have it signed by those who should."""
    laid_out = report_content(file, language("en"), organisation="Havsstiftelsen", root_fingerprint=reports.root.fingerprint)
    return both(finish(laid_out, now=SEALED, payload=record), reports)


def edited(reports: Signed, edit: Edit) -> bytes:
    """Attach a record with something changed, its own hash printed, everything else printed as before."""
    file = file_of(reports)
    assert file.seal is not None
    record = json.loads(file.seal.record)
    edit(record)
    written = canonical_json(record)
    return printed_beside(with_record(file, written), written, reports)


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def script_on_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def script_by_name(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String("1"))]))


def _link(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    page = pdf.pages[0]
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 99, 99]), A=action)
    page.Annots = Array([*page.get("/Annots", []), pdf.make_indirect(link)])


def launch(pdf: pikepdf.Pdf) -> None:
    _link(pdf, Dictionary(S=Name.Launch, F=String("calc.exe")))


def local_address(pdf: pikepdf.Pdf) -> None:
    _link(pdf, Dictionary(S=Name.URI, URI=String("file:///etc/passwd")))


def form_sent(pdf: pikepdf.Pdf) -> None:
    _link(pdf, Dictionary(S=Name.SubmitForm, F=String("https://example.org")))


def other_file(pdf: pikepdf.Pdf) -> None:
    _link(pdf, Dictionary(S=Name.GoToR, F=String("other.pdf"), D=String("x")))


def film(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9])))])


def more_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["more.json"] = b"{}"


def file_annotation(pdf: pikepdf.Pdf) -> None:
    inside = pdf.make_stream(b"hidden")
    held = Dictionary(Type=Name.Filespec, F=String("a"), EF=Dictionary(F=inside))
    page = pdf.pages[0]
    page.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=held))])


def field(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields.append(pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("Amount"), V=String("1"))))


def forms_architecture(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")


def field_parts(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[2].Kids = Array([pdf.make_indirect(Dictionary(Subtype=Name.Widget))])


def no_lock(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm.Fields[2]["/Lock"]


def no_reviewer(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm.Fields[1]


def no_record(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/AF"]
    del pdf.Root["/Names"]


def layers(pdf: pikepdf.Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group])))


ACTIVE = (script, script_on_page, script_by_name, launch, local_address, form_sent, other_file, film, file_annotation, layers)
PARTS = {
    more_file: "a file that does not belong to it",
    field: "a field that does not belong to it",
    forms_architecture: "a field that does not belong to it",
    field_parts: "a field that does not belong to it",
    no_lock: "lock",
}


def answer(record: dict[str, Any]) -> None:
    first = next(one for one in record["answers"] if one["value"] in (2, 3))
    first["value"] = 4


def points(record: dict[str, Any]) -> None:
    record["result"]["sections"][0]["points"] = "99/1"


def percent(record: dict[str, Any]) -> None:
    record["result"]["subjects"][0]["score"]["percent"] = "99/1"


def risk(record: dict[str, Any]) -> None:
    record["risks"] = [
        {
            "choice": "own",
            "id": "risk-0",
            "impact": 1,
            "likelihood": 1,
            "mitigation": "",
            "on_people": False,
            "owner": "",
            "proposal": "",
            "reason": "",
            "residual_impact": 1,
            "residual_likelihood": 1,
            "subject": "organisation",
            "title": "Nothing at all",
        }
    ]


def recommendation(record: dict[str, Any]) -> None:
    record["recommendation"]["decision"] = "approve"


def template(record: dict[str, Any]) -> None:
    record["template"]["content"]["sections"][0]["questions"][0]["weight"] = 9


def schema(record: dict[str, Any]) -> None:
    record["schema"] = "gedigen-record/0"


EDITS: dict[Edit, str] = {
    answer: "its answers do not come to",
    points: "its answers do not come to",
    percent: "its answers do not come to",
    recommendation: "pages print something else",
    template: "not the one whose hash it names",
    schema: "not one that Gedigen writes",
    risk: "not found in the pages",
}


def better_printed(reports: Signed) -> bytes:
    """Print a better answer than the record that is attached, with all that follows from it."""
    file = file_of(reports)
    assert file.seal is not None
    key = next(key for key, one in file.answers.items() if one.value in (0, 1, 2, 3))
    other = scored_file(overrides={key.question: Answer("answered", 4, "verified")})
    shown = replace(file, answers=other.answers, answer_cards=other.answer_cards, result=other.result)
    return printed_beside(shown, file.seal.record, reports)


def one_signer(reports: Signed) -> bytes:
    """Attach a record that asks for no reviewer, printed and signed as it says."""
    file = sealed(scored_file(), {"Caseworker": reports.caseworker})
    laid_out = report_content(file, language("en"), organisation="Havsstiftelsen", root_fingerprint=reports.root.fingerprint)
    assert file.seal is not None
    return signed(finish(laid_out, now=SEALED, payload=file.seal.record), "Caseworker", reports.caseworker, reports.root)


def record_of_another(reports: Signed) -> bytes:
    """Attach the record of another assessment, whole in itself."""
    file = file_of(reports)
    other = scored_file(overrides={"governance.board.meetings": Answer("answered", 4, "verified")})
    swapped = sealed(other, {"Caseworker": reports.caseworker, "Reviewer": reports.reviewer})
    assert swapped.seal is not None
    return printed_beside(file, swapped.seal.record, reports)
