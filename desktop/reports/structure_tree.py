"""Write the collected elements into the file: structure tree, parent tree, links and signature fields."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from desktop.reports.page import LaidOut
from desktop.reports.tagging import Annotation, Element, Mark, Place
from desktop.reports.verdict import LAST_FIELD

_PRINTED = 4
_PRINTED_AND_LOCKED = 132


def write_structure(pdf: pikepdf.Pdf, laid_out: LaidOut) -> None:
    """Add everything that makes the pages a tagged document."""
    _Writer(pdf, laid_out).write()


class _Writer:
    def __init__(self, pdf: pikepdf.Pdf, laid_out: LaidOut) -> None:
        self.pdf = pdf
        self.laid_out = laid_out
        self.pages = [page.obj for page in pdf.pages]
        self.annotations = {id(one): self._annotation(one) for one in laid_out.annotations}
        self.elements: dict[int, pikepdf.Object] = {}

    def write(self) -> None:
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = self._element(self.laid_out.document, root)
        numbers: list[Any] = []
        for index, page in enumerate(self.pages):
            page.StructParents = index
            page.Tabs = Name.S
            owners = Array([self.elements[id(element)] for element in self.laid_out.marks[index]])
            numbers += [index, self.pdf.make_indirect(owners)]
        for index, annotation in enumerate(self.laid_out.annotations, start=len(self.pages)):
            self.annotations[id(annotation)].StructParent = index
            numbers += [index, self.elements[id(annotation.element)]]
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = len(self.pages) + len(self.laid_out.annotations)
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        fields = [self.annotations[id(one)] for one in self.laid_out.annotations if one.kind == "signature"]
        if fields:
            self.pdf.Root.AcroForm = self.pdf.make_indirect(Dictionary(Fields=Array(fields), SigFlags=1))

    def _element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.tag), P=parent))
        self.elements[id(element)] = made
        if element.alternative is not None:
            made.Alt = String(element.alternative)
        if element.language is not None:
            made.Lang = String(element.language)
        attributes = [_attributes(owner, values) for owner, values in element.attributes.items()]
        if attributes:
            made.A = attributes[0] if len(attributes) == 1 else Array(attributes)
        children = [self._child(child, made) for child in element.children]
        if children:
            # A signature field's only child must stand here by itself: pyHanko's comparison of revisions lets a field's
            # widget change under /K/Obj, and calls the same change under /K/0/Obj unlawful.
            made.K = children[0] if len(children) == 1 else Array(children)
        return made

    def _child(self, child: Element | Mark | Annotation, parent: pikepdf.Object) -> Any:
        if isinstance(child, Element):
            return self._element(child, parent)
        if isinstance(child, Mark):
            return Dictionary(Type=Name.MCR, Pg=self.pages[child.page], MCID=child.number)
        return Dictionary(Type=Name.OBJR, Pg=self.pages[child.page], Obj=self.annotations[id(child)])

    def _annotation(self, annotation: Annotation) -> pikepdf.Object:
        page = self.pages[annotation.page]
        rectangle = Array([round(number, 2) for number in annotation.rectangle])
        made = self.pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=rectangle, P=page))
        if annotation.kind == "link":
            self._make_link(made, annotation)
        else:
            self._make_field(made, annotation)
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(made)
        return made

    def _make_link(self, made: pikepdf.Object, annotation: Annotation) -> None:
        made.Subtype = Name.Link
        made.F = _PRINTED
        made.Border = Array([0, 0, 0])
        made.Contents = String(annotation.description)
        if annotation.target.startswith("#"):
            made.Dest = self.destination(self.laid_out.anchors[annotation.target[1:]])
        else:
            made.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(annotation.target))

    def _make_field(self, made: pikepdf.Object, annotation: Annotation) -> None:
        left, bottom, right, top = annotation.rectangle
        box = Array([0, 0, round(right - left, 2), round(top - bottom, 2)])
        empty = Stream(self.pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=Dictionary())
        made.Subtype = Name.Widget
        made.FT = Name.Sig
        made.F = _PRINTED_AND_LOCKED
        made.T = String(annotation.target)
        made.TU = String(annotation.description)
        made.AP = Dictionary(N=self.pdf.make_indirect(empty))
        if annotation.target == LAST_FIELD:
            made.Lock = self.pdf.make_indirect(Dictionary(Type=Name.SigFieldLock, Action=Name.All, P=1))

    def destination(self, place: Place) -> Array:
        return Array([self.pages[place.page], Name.XYZ, round(place.x, 2), round(place.y, 2), 0])


def _attributes(owner: str, values: dict[str, str | int | tuple[float, ...]]) -> Dictionary:
    made = Dictionary(O=Name("/" + owner))
    for key, value in values.items():
        if isinstance(value, tuple):
            made["/" + key] = Array([round(number, 2) for number in value])
        elif isinstance(value, int):
            made["/" + key] = value
        else:
            made["/" + key] = String(value) if key == "Summary" else Name("/" + value)
    return made
