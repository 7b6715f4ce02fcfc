"""The tests' own session has a real keyring, so that what the vault keeps there can be shown."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.e2e


def test_the_session_has_a_real_unlocked_keyring():
    if "GEDIGEN_TEST_SESSION" not in os.environ:
        pytest.fail("needs a keyring of its own: run `python3 dev.py test tests/e2e`")
    code = (
        "import keyring; keyring.set_password('gedigen-test', 'vault', 'hemlig å');"
        "print(type(keyring.get_keyring()).__module__, keyring.get_password('gedigen-test', 'vault'))"
    )
    kept = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8")
    assert "hemlig å" in kept.stdout, kept.stderr
    assert "SecretService" in kept.stdout or "chainer" in kept.stdout
