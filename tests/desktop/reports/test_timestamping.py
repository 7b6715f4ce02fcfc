"""A timestamp is believed only when it is the pinned authority's answer to the question put; else the reason is said."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import core, tsp
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.reports.timestamp_request import TimestampRefused
from desktop.reports.timestamping import TimestampAuthority
from models.database import utc_now
from tests.desktop.reports.local_authority import Answer, LocalAuthority, authority_root
from tests.desktop.reports.samples import NOW, START, Holder, make_person, make_root, short_report
from tests.desktop.reports.signature_checks import openssl_verifies_timestamps
from tests.desktop.reports.signed_with import signed_with


@pytest.fixture(scope="module")
def signer() -> tuple[Holder, Holder, bytes]:
    root = make_root()
    return root, make_person("Ada Lindqvist", root, days=7000), short_report()


@pytest.fixture(scope="module")
def clock() -> Iterator[LocalAuthority]:
    with LocalAuthority(moment=NOW) as running:
        yield running


@pytest.fixture
def refused(signer: tuple[Holder, Holder, bytes]) -> Callable[..., str]:
    """Sign with an authority that must be refused, and give what was said."""

    def why(authority: TimestampAuthority, at: datetime = NOW) -> str:
        root, ada, report = signer
        with pytest.raises(TimestampRefused) as caught:
            signed_with(report, "Caseworker", ada, root, authority=authority, at=at)
        return str(caught.value)

    return why


@contextmanager
def answering(clock: LocalAuthority, how: Callable[[bytes], Answer]) -> Iterator[None]:
    clock.answering = how
    try:
        yield
    finally:
        clock.answering = clock.answer


def test_no_network_is_said(refused: Callable[..., str], clock: LocalAuthority) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: nobody can answer there
        said = refused(replace(clock.authority(), url=f"http://127.0.0.1:{taken.getsockname()[1]}/"))
    assert "could not be reached" in said
    assert "try again" in said


def test_a_name_that_does_not_exist_is_no_network(refused: Callable[..., str], clock: LocalAuthority) -> None:
    assert "could not be reached" in refused(replace(clock.authority(), url="http://clock.invalid/"))


def test_a_server_that_keeps_silent_is_given_up(refused: Callable[..., str], clock: LocalAuthority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert "could not be reached" in refused(replace(clock.authority(), url=url, seconds=0.2))


def test_a_server_that_answers_in_drops_is_given_up_too(refused: Callable[..., str], clock: LocalAuthority) -> None:
    over = threading.Event()

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\n\r\n")
            while not over.wait(0.05):
                try:
                    connection.sendall(b"0")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=drip, args=(server,))
        dripping.start()
        said = refused(replace(clock.authority(), url=f"http://127.0.0.1:{server.getsockname()[1]}/", seconds=0.4))
        over.set()
        dripping.join()
    assert "could not be reached" in said


@pytest.mark.parametrize("url", ["ftp://clock.example/", "file:///etc/passwd", "clock.example", "", "http://", "http://[::bad"])
def test_only_addresses_of_the_web_are_asked(refused: Callable[..., str], clock: LocalAuthority, url: str) -> None:
    assert url in refused(replace(clock.authority(), url=url))


def test_an_https_server_that_nobody_vouches_for_is_not_trusted(refused: Callable[..., str], clock: LocalAuthority) -> None:
    assert "could not be reached" in refused(replace(clock.authority(), url=clock.url.replace("http:", "https:")))


WRONG_ANSWERS = {
    "a page": (Answer(b"<html>Welcome</html>", kind="text/html"), "text/html"),
    "an error": (Answer(b"no", status=500), "HTTP 500"),
    "elsewhere": (Answer(b"", status=302, headers=(("Location", "http://127.0.0.1:1/"),)), "HTTP 302"),
    "nothing": (Answer(b""), "not a timestamp"),
    "nonsense": (Answer(b"0\x80nonsense"), "not a timestamp"),
    "too much": (Answer(b"0" * 300_000), "something else than a timestamp"),
}


@pytest.mark.parametrize("what", WRONG_ANSWERS)
def test_what_is_no_timestamp_is_refused(refused: Callable[..., str], clock: LocalAuthority, what: str) -> None:
    answer, said = WRONG_ANSWERS[what]
    with answering(clock, lambda _request: answer):
        assert said in refused(clock.authority(lists=False))


def test_a_refusal_is_handed_on_with_its_reason(refused: Callable[..., str], clock: LocalAuthority) -> None:
    status = tsp.PKIStatusInfo({"status": "rejection", "status_string": ["closed on Sundays"]})
    answer = Answer(core.SequenceOf([status], spec=tsp.PKIStatusInfo).dump())
    with answering(clock, lambda _request: answer):
        assert "closed on Sundays" in refused(clock.authority())


def test_an_old_answer_or_one_to_another_question_is_refused(refused: Callable[..., str], clock: LocalAuthority) -> None:
    kept: list[Answer] = []

    def first_one_again(request: bytes) -> Answer:
        kept.append(clock.answer(request))
        return kept[0]

    with answering(clock, first_one_again):
        assert "another question" in refused(clock.authority(lists=False, seconds=9))

    def another_digest(request: bytes) -> Answer:
        asked = tsp.TimeStampReq.load(request)
        asked["message_imprint"]["hashed_message"] = bytes(32)
        return clock.answer(asked.dump(force=True))

    with answering(clock, another_digest):
        assert "another question" in refused(clock.authority())


def test_a_token_changed_on_its_way_is_refused(refused: Callable[..., str], clock: LocalAuthority) -> None:
    stated, earlier = f"{NOW:%Y%m%d%H%M%SZ}".encode(), f"{NOW - timedelta(days=1):%Y%m%d%H%M%SZ}".encode()
    with answering(clock, lambda request: Answer(clock.answer(request).content.replace(stated, earlier))):
        assert "does not hold" in refused(clock.authority())


def test_another_authority_than_the_pinned_one_is_refused(refused: Callable[..., str], clock: LocalAuthority) -> None:
    stranger = authority_root()
    said = refused(clock.authority(lists=False, roots=(stranger.pem,)))
    assert "not of the authority in the settings" in said


@pytest.mark.parametrize("days", [-1, 3660])
def test_a_certificate_outside_its_term_is_refused_with_the_day(refused: Callable[..., str], clock: LocalAuthority, days: int) -> None:
    day = START if days < 0 else START + timedelta(3650)
    assert f"{day:%Y-%m-%d}" in refused(clock.authority(lists=False), at=START + timedelta(days))


def test_a_withdrawn_certificate_is_refused(refused: Callable[..., str]) -> None:
    with LocalAuthority(moment=NOW, withdrawn=True) as gone:
        assert "withdrawn" in refused(gone.authority())


def test_a_certificate_that_is_not_for_timestamps_is_refused(refused: Callable[..., str]) -> None:
    with LocalAuthority(moment=NOW, purpose=ExtendedKeyUsageOID.SERVER_AUTH) as web:
        assert "not one for timestamps" in refused(web.authority())


@pytest.mark.parametrize("roots", [(), (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",), (b"",)])
def test_without_a_root_no_timestamp_is_asked_for(refused: Callable[..., str], clock: LocalAuthority, roots: tuple[bytes, ...]) -> None:
    asked = clock.asked
    assert "settings" in refused(clock.authority(roots=roots))
    assert clock.asked == asked


def test_the_timestamps_of_another_program_are_taken(signer: tuple[Holder, Holder, bytes], tmp_path: Path) -> None:
    """openssl as the authority: nothing of ours is on that side."""
    root, ada, report = signer
    moment = utc_now().replace(microsecond=0)
    with LocalAuthority() as other:
        (tmp_path / "tsa.key").write_bytes(other.key_pem)
        (tmp_path / "tsa.pem").write_bytes(other.certificate.public_bytes(Encoding.PEM))
        (tmp_path / "root.pem").write_bytes(other.root.pem)
        (tmp_path / "serial").write_text("01\n")
        (tmp_path / "openssl.cnf").write_text(SETTINGS)

        def by_openssl(request: bytes) -> Answer:
            (tmp_path / "request").write_bytes(request)
            command = "openssl ts -reply -config openssl.cnf -section tsa -queryfile request -out answer"
            subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
            return Answer((tmp_path / "answer").read_bytes())

        other.answering = by_openssl
        pdf = signed_with(report, "Caseworker", ada, root, authority=other.authority(), at=moment)
    assert openssl_verifies_timestamps(pdf, other.root, tmp_path, at=moment + timedelta(minutes=1)) == 1


SETTINGS = """
[tsa]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
certs = root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""
