"""What page one says of a rapid start, and of what completes one."""

from __future__ import annotations

from desktop.rapid_words import terms_words
from desktop.reports.content_reader import Reader
from desktop.reports.first_page_room import Room
from desktop.reports.layout import Bold, ReportBuilder
from forms.text import N_


def write_rapid(report: ReportBuilder, reader: Reader, room: Room) -> None:
    """Write the cap, the period, the decider and the day of completion; or which rapid start this assessment completes."""
    file, language = reader.file, reader.language
    terms, earlier = file.card.draft.rapid, file.earlier
    if terms is not None:
        with report.callout("note", language.text(N_("Rapid assessment: only within these limits"))):
            limits, decider, completion = terms_words(terms, language)
            report.paragraph([Bold(limits), f" {room.short(decider)} ", Bold(completion)])
            report.paragraph(language.text(N_("Urgent need: {reason}"), reason=room.short(terms.reason)), style="small")
    elif file.card.draft.kind == "completion" and earlier is not None:
        before = earlier.assessment
        sentence = N_("This assessment completes the rapid start {case} of {date}.")
        report.paragraph(Bold(language.text(sentence, case=before.case_number, date=before.draft.as_of)))
