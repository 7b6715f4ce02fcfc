"""What a vault knows that a file from anywhere can be judged by."""

from __future__ import annotations

from desktop.operations import vaults
from desktop.reports.grounds import Grounds
from models import authority_list, report, revocation, seal, timestamp_setting


def vault_grounds() -> Grounds:
    """Give the grounds of the open vault: its root, the authorities it ever used, its own and their newest revocation lists, its
    registers.
    """
    own = vaults.organisation()
    return Grounds(
        root_pem=own.root_pem.encode("ascii"),
        organisation=own.name,
        tsa_roots_pem=timestamp_setting.roots_ever(),
        revocation_lists=(*revocation.lists(), *authority_list.lists()),
        registered=report.registered_hashes(),
        sealed_records=seal.sealed_hashes(),
    )
