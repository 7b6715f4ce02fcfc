"""What a hand that knows its keyboard expects of the room: order, nothing lost, nothing that moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import msgspec
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from desktop.assessment import result_view
from desktop.assessment.result_state import ScoreRow
from desktop.assessment.result_view import ScoreLine
from desktop.operations import evidence, reviewing
from desktop.shell.place import Place
from desktop.shell.window import MainWindow
from desktop.words import Mark

Key = Qt.Key


def standing_at():
    return QApplication.focusWidget().accessibleIdentifier()


def add_evidence(case, path, question="board.meets"):
    case.do(
        lambda: evidence.add_evidence(
            actor=case.asa, assessment_id=case.id, instrument="all-kinds", question=question, path=path, dated=date(2024, 3, 1)
        )
    )


def test_tab_goes_through_the_question_as_the_eye_does(case, sit, tmp_path):
    file = tmp_path / "protokoll.txt"
    file.write_text("påhittat", encoding="utf-8")
    at = sit(case, "board.plan")
    at.go("board.meets")
    at.press(Key.Key_3)
    add_evidence(case, file)
    at.room._show_again(case.file())
    passed = []
    while (name := standing_at()) != "assessment.remaining":
        passed.append(name)
        at.press(Key.Key_Tab)
        assert len(passed) < 40
    assert passed == [
        "assessment.question",
        "assessment.level.3",
        "assessment.known.said",
        "assessment.known.seen",
        "assessment.known.verified",
        "assessment.comment",
        "assessment.state.dont_know",
        "assessment.state.not_established",
        "assessment.evidence.1",
        "assessment.evidence.1.copy",
        "assessment.evidence.1.withdraw",
        "assessment.evidence",
    ]


def test_a_digit_answers_from_whatever_is_no_text(case, sit):
    at = sit(case)
    for place in (
        "assessment.known.seen",
        "assessment.section.means",
        "assessment.filter.todo",
        "assessment.remaining",
        "assessment.evidence",
    ):
        widget = next(one for one in at.room.findChildren(object) if getattr(one, "accessibleIdentifier", str)() == place)
        at.press(Key.Key_1)
        widget.setFocus()
        assert standing_at() == place
        at.press(Key.Key_4)
        assert case.answer("board.meets").value == 4, place


def test_text_is_committed_while_typing_goes_on_and_on(case, sit, qtbot):
    at = sit(case)
    at.press(Key.Key_3)
    at.press(Key.Key_C)
    comment = at.room.question.comment
    comment._quiet.setInterval(600_000)
    comment._longest.setInterval(30)
    at.type("utan uppehåll")
    qtbot.waitUntil(lambda: case.answer("board.meets").comment == "utan uppehåll")
    at.type(" ")
    at.settle()
    at.type("än")
    assert comment.toPlainText() == "utan uppehåll än"
    assert comment.hasFocus()


def test_a_comment_after_the_result_keeps_the_cursor_and_esc_leads_to_its_reason(case, sit):
    case.give_all()
    case.do(lambda: reviewing.see_result(actor=case.asa, assessment_id=case.id))
    at = sit(case, "board.meets")
    at.press(Key.Key_C)
    at.type("Nytt")
    at.room.question.comment.commit()
    at.settle()
    assert standing_at() == "assessment.comment"
    assert not at.room.question.ask.isHidden()
    at.press(Key.Key_Escape)
    assert standing_at() == "assessment.reason"
    at.type("Läst om")
    at.press(Key.Key_Return)
    assert case.answer("board.meets").comment == "Nytt"


def test_writing_on_in_a_comment_begins_at_its_end(case, sit):
    at = sit(case)
    at.press(Key.Key_3)
    at.room.answering.comment("Läst.")
    at.settle()
    at.press(Key.Key_C)
    at.type(" Två")
    at.press(Key.Key_Escape)
    assert case.answer("board.meets").comment == "Läst. Två"


def test_how_it_is_known_is_asked_for_in_words_and_stands_among_what_remains(case, sit):
    at = sit(case)
    at.press(Key.Key_3)
    assert at.room.question._said.text() == "Not done yet: say how it is known (S, D, V)"
    assert any(entry.id == "known" for entry in at.state.remaining)
    at.press(Key.Key_V)
    assert "Not done yet" not in at.room.question._said.text()


def test_a_screen_reader_hears_question_answer_and_how_it_is_known(case, sit):
    at = sit(case)
    view = at.room.question
    assert view.accessibleName() == "1. Does the board meet?. Key question. required level 3"
    assert view.accessibleDescription() == "No answer yet. Read the minutes."
    at.press(Key.Key_3)
    at.press(Key.Key_V)
    assert view.accessibleName() == "1. Does the board meet?. Key question. required level 3"
    assert view.accessibleDescription() == "Answer: 3 · Often. Verified by us. Read the minutes."


def test_a_file_held_over_the_question_shows_where_it_lands(case, sit, tmp_path):
    file = tmp_path / "protokoll.txt"
    file.write_text("påhittat", encoding="utf-8")
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file))])
    at = sit(case)
    view = at.room.question
    view.dragEnterEvent(
        QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    assert not view._drop.isHidden()
    view.dragLeaveEvent(QDragLeaveEvent())
    assert view._drop.isHidden()
    view.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QEvent.Type.Drop
        )
    )
    assert view.form.file.text() == str(file)
    assert view.form._wrong.isHidden()
    assert not view.comment.acceptDrops()


def test_a_pdf_is_read_inside_the_window_and_its_words_are_there_for_a_screen_reader(case, sit, tmp_path):
    drawn = BytesIO()
    canvas = Canvas(drawn)
    canvas.drawString(72, 720, "Invented minutes of four meetings")
    canvas.showPage()
    canvas.drawString(72, 720, "Second page")
    canvas.save()
    file = tmp_path / "protokoll.pdf"
    file.write_bytes(drawn.getvalue())
    add_evidence(case, file)
    file.unlink()
    at = sit(case)
    at.press(Key.Key_O)
    reader = at.room.reader
    assert reader._stack.currentWidget() is reader._pdf
    assert reader._document.pageCount() == 2
    assert "Invented minutes of four meetings" in reader._pdf.accessibleDescription()
    assert standing_at() == "assessment.reader.pdf"
    at.press(Key.Key_PageDown)
    at.press(Key.Key_3)
    assert case.answer("board.meets") is None
    at.press(Key.Key_Escape)
    assert standing_at() == "assessment.question"
    assert reader._document.pageCount() == 0


def test_a_pdf_that_is_none_is_said_and_not_shown(case, sit, tmp_path):
    file = tmp_path / "trasig.pdf"
    file.write_bytes(b"%PDF-1.7 and then nothing that holds")
    add_evidence(case, file)
    at = sit(case)
    at.press(Key.Key_O)
    assert at.room.reader._stack.currentWidget() is at.room.reader._sentence


def test_keys_that_the_room_listens_to_itself_are_told_too(case, sit):
    at = sit(case)
    told = {command.id: command.keys for command in at.room.commands()}
    assert told["assessment.previous"] == "↑"
    assert told["assessment.section.next"] == "PgDn"
    assert told["assessment.choose"] == "0 … 4"
    assert all(command.shortcut not in ("↑", "PgDn", "Esc") for command in at.room.commands())


@pytest.mark.parametrize("title", ["Short", "A title that is much too long for a line beside its number and band"])
def test_nothing_moves_when_a_section_is_complete(desk, qtbot, title):
    line = ScoreLine(desk.theme, desk.language, strong=False, name="prov")
    qtbot.addWidget(line)
    line.show_row(ScoreRow("a", title, "40–83", None, title))
    before = line.heightForWidth(230)
    line.show_row(ScoreRow("a", title, "75", Mark("moderate", "Adequate"), title))
    assert line.heightForWidth(230) == before


def test_a_switch_of_language_comes_back_to_the_question_in_focus(case, desk, qtbot, settled):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show_house()
    window.show()
    desk.go(Place("assessment", assessment=case.id))
    settled(desk)
    window.house.room._go("means.staff")
    desk.prefer(msgspec.structs.replace(desk.preferences, language="sv"))
    qtbot.waitUntil(lambda: window.house is not None and window.house.room is not None and not desk.is_busy)
    settled(desk)
    assert desk.language.code == "sv"
    assert window.house.room._focused == "means.staff"


def test_letters_of_the_answers_are_free_in_the_window_too(make_desk, case_in, qtbot, settled):
    desk = make_desk(language="sv")
    case = case_in(desk)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show_house()
    window.show()
    desk.go(Place("assessment", assessment=case.id))
    settled(desk)
    taken = {key.key().toString() for key in window.house._keys}
    assert "D" in taken
    window.house.room._go("board.plan")
    taken = {key.key().toString() for key in window.house._keys}
    assert "D" not in taken
    assert "K" in taken


def test_last_time_s_answer_on_another_scale_is_answered_anew(case, sit):
    case.give_all()
    case.submit()
    case.agree_and_seal()
    renewed = case.renewal()
    at = sit(renewed, "board.plan")
    file = at.room.sheet.file
    questions = {question.id: question for _, question in file.earlier.template.questions()}
    other = msgspec.structs.replace(questions["board.plan"], kind="short_text")
    sections = [
        msgspec.structs.replace(section, questions=[other if one.id == "board.plan" else one for one in section.questions])
        for section in file.earlier.template.sections
    ]
    template = msgspec.structs.replace(file.earlier.template, sections=sections)
    at.room._show(replace(file, earlier=replace(file.earlier, template=template)))
    assert at.state.question.last.standing == "anew"
    assert not at.room.answering.can_confirm
    assert at.room.question.last._confirm.isHidden()
    assert all(not row.note for row in at.state.question.rows)
    at.press(Key.Key_Return)
    assert renewed.answer("board.plan") is None


@pytest.mark.parametrize("moves", [True, False])
def test_a_new_number_comes_softly_unless_no_motion_is_wished(desk, qtbot, monkeypatch, moves):
    monkeypatch.setattr(result_view, "wants_motion", lambda _: moves)
    line = ScoreLine(desk.theme, desk.language, strong=False, name="prov")
    qtbot.addWidget(line)
    line.show()
    line.show_row(ScoreRow("a", "Board", "40–83", None, "Board"))
    assert line._fade.state() == line._fade.State.Stopped
    line.show_row(ScoreRow("a", "Board", "50–83", None, "Board"))
    assert (line._fade.state() == line._fade.State.Running) is moves
    line._fade.stop()


def test_f2_goes_into_an_answer_that_is_written_and_says_so_there(case, sit):
    at = sit(case, "board.plan")
    at.press(Key.Key_N)
    at.go("board.why_not")
    assert standing_at() == "assessment.question"
    command = next(one for one in at.room.commands() if one.id == "assessment.write")
    assert (command.shortcut, command.enabled) == ("F2", True)
    command.run()
    assert standing_at() == "assessment.value"
    assert "F2" in QApplication.focusWidget().placeholderText()
    at.type("Ingen tid")
    at.press(Key.Key_Escape)
    assert case.answer("board.why_not").value == "Ingen tid"
    at.go("board.meets")
    assert not next(one for one in at.room.commands() if one.id == "assessment.write").enabled
