"""The sample vault: made the first time, opened after that."""

from __future__ import annotations

import shutil
from pathlib import Path

import platformdirs

from desktop.operations import vaults
from desktop.operations.sample import PASSPHRASE, VAULT_NAME, make_sample
from desktop.operations.vaults import Opened


def sample_folder() -> Path:
    """Where the sample lies: with the program's own data, for nobody's work is in it."""
    return Path(platformdirs.user_data_dir("gedigen", appauthor=False)) / "sample"


def open_sample(*, folder: Path, language_code: str) -> Opened:
    """Open the sample in a folder, making it first if it is not there; what was left half made is made anew.

    Takes seconds the first time. Raises what ``open_vault`` raises.
    """
    vault = folder / VAULT_NAME
    if not vault.exists():
        partial = folder.with_name(folder.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        make_sample(folder=partial, language_code=language_code).vault.close()
        folder.mkdir(parents=True, exist_ok=True)
        (partial / VAULT_NAME).rename(vault)
        shutil.rmtree(partial, ignore_errors=True)
    return vaults.open_vault(folder=vault, passphrase=PASSPHRASE, use_keyring=False)
