"""Production settings leave nothing for Django's own deployment check to warn of."""

import os
import subprocess
import sys
from pathlib import Path

from config.places import CHECKOUT
from config.supervisor.workshop import PRODUCTION


def manage(*words: str, home: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | PRODUCTION | {"GENDAN_HOME": str(home)} | changes
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # set by the browser tests for their own process
    return subprocess.run([sys.executable, "manage.py", *words], cwd=CHECKOUT, env=env, capture_output=True, text=True)


def test_the_deployment_check_is_clean(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", home=tmp_path)
    assert (done.returncode, "no issues" in done.stdout + done.stderr) == (0, True), done.stderr


def test_the_check_would_see_debug(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", home=tmp_path, DEBUG="yes")
    assert done.returncode == 1
    assert "security.W018" in done.stderr


def test_production_without_a_key_does_not_start(tmp_path: Path) -> None:
    done = manage("check", home=tmp_path, SECRET_KEY="")
    assert (done.returncode, done.stderr.strip().count("\n")) == (1, 0)
    assert "environment variable SECRET_KEY" in done.stderr
