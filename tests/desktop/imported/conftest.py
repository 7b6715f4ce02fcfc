"""The report of another vault, made once, and files of it in a folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from models.database import utc_now
from models.timestamp_setting import AuthoritySetting
from tests.desktop.imported.other_vault import Foreign, make
from tests.desktop.reports.local_authority import LocalAuthority, revocation_list
from tests.models.conftest import asa, cost, folder, opened, rut, small_case  # noqa: F401


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    return make(tmp_path_factory.mktemp("elsewhere") / "Systerstiftelsen.gedigen")


@dataclass(frozen=True)
class Sent:
    """The report and the root certificate as files, a later revocation list, and the root of the timestamp authority, if it uses one."""

    report: Path
    root: Path
    later: Path
    clock: Path | None = None


@dataclass(frozen=True)
class Stamped:
    """A report that was signed with timestamps, the root of the authority they are from, and its list that withdraws the clock."""

    foreign: Foreign
    clock_pem: bytes
    withdrawing: bytes

    @property
    def clock_sha256(self) -> str:
        """The fingerprint of that root."""
        return x509.load_pem_x509_certificate(self.clock_pem).fingerprint(hashes.SHA256()).hex()


@pytest.fixture(scope="session")
def stamped(tmp_path_factory: pytest.TempPathFactory) -> Stamped:
    with LocalAuthority(start=utc_now() - timedelta(days=100)) as server:
        setting = AuthoritySetting(server.url, (server.root_pem.decode(),))
        made = make(tmp_path_factory.mktemp("elsewhere") / "Systerstiftelsen.gedigen", setting)
        withdrawing = revocation_list(server.root, withdrawn=(server.certificate,), at=utc_now() - timedelta(days=50))
        return Stamped(made, server.root_pem, withdrawing)


@pytest.fixture
def sent_stamped(stamped: Stamped, tmp_path: Path) -> Sent:
    (tmp_path / "klocka.pem").write_bytes(stamped.clock_pem)
    return replace(written(stamped.foreign, tmp_path), clock=tmp_path / "klocka.pem")


@pytest.fixture
def sent(foreign: Foreign, tmp_path: Path) -> Sent:
    return written(foreign, tmp_path)


def written(foreign: Foreign, where: Path) -> Sent:
    """Write what was sent into a folder."""
    files = Sent(where / "rapport.pdf", where / "syster.pem", where / "syster.crl")
    files.later.write_bytes(foreign.later_list)
    files.report.write_bytes(foreign.both)
    files.root.write_bytes(foreign.root_pem)
    return files
