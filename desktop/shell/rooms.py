"""Which room is shown where. Rooms are imported by the second thread, the one that is visited before the others."""

from __future__ import annotations

import contextlib
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.shell.desk import Desk
    from desktop.shell.room import Room

#: Room name → module and class. Each class is made with the desk alone.
ROOMS = {
    "home": ("desktop.home.room", "HomeRoom"),
    "partners": ("desktop.partners.room", "PartnersRoom"),
    "partner": ("desktop.partners.page_room", "PartnerRoom"),
    "comparison": ("desktop.partners.comparison_room", "ComparisonRoom"),
    "partner_edit": ("desktop.partners.edit_room", "PartnerEditRoom"),
    "project_edit": ("desktop.partners.project_room", "ProjectEditRoom"),
    "outside_result": ("desktop.partners.outside_room", "OutsideResultRoom"),
    "assessments": ("desktop.assessments.room", "AssessmentsRoom"),
    "documents": ("desktop.assessments.documents_room", "DocumentsRoom"),
    "new_assessment": ("desktop.assessments.new_room", "NewAssessmentRoom"),
    "assessment": ("desktop.assessment.room", "AssessmentRoom"),
    "result": ("desktop.result.room", "ResultRoom"),
    "recommendation": ("desktop.recommendation.room", "RecommendationRoom"),
    "review": ("desktop.review.room", "ReviewRoom"),
    "seal": ("desktop.seal.room", "SealRoom"),
    "report": ("desktop.report.room", "ReportRoom"),
    "decision": ("desktop.decision.room", "DecisionRoom"),
    "decision_document": ("desktop.decision.document_room", "DecisionDocumentRoom"),
    "imported": ("desktop.imported.room", "ImportedRoom"),
    "keep_report": ("desktop.imported.keep_room", "KeepReportRoom"),
    "library": ("desktop.library.room", "LibraryRoom"),
    "template": ("desktop.library.template_room", "TemplateRoom"),
    "settings": ("desktop.settings.room", "SettingsRoom"),
    "verify": ("desktop.verify.room", "VerifyRoom"),
}


def is_imported(name: str) -> bool:
    """Whether a room can be made without waiting for its code."""
    module, kind = ROOMS[name]
    return hasattr(sys.modules.get(module), kind)


def import_room(name: str) -> None:
    """Import a room in whichever thread, so that the window's need not."""
    import_module(ROOMS[name][0])


def import_beforehand(name: str) -> None:
    """Import a room that nobody waits for: one that cannot be imported says so when it is visited."""
    with contextlib.suppress(Exception):
        import_room(name)


def make_room(name: str, desk: Desk) -> Room:
    """Make a room. Raises ``KeyError`` when there is none of that name."""
    module, kind = ROOMS[name]
    room: Room = getattr(import_module(module), kind)(desk)
    return room
