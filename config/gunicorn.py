"""How gunicorn serves the house: two processes, a few threads each, everything imported before they are forked."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from config.environment import env_int

wsgi_app = "config.wsgi:application"
bind = f"{os.environ.get('GENDAN_BIND') or '127.0.0.1'}:{env_int(os.environ, 'GENDAN_PORT', 8000, 1, 65535)}"
workers = env_int(os.environ, "GENDAN_WEB_WORKERS", 2, 1, 64)
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn's heartbeat, never on disk
accesslog = None
errorlog = "-"
loglevel = "warning"
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")


def on_starting(server: Any) -> None:
    """Loaded once and shared by the workers, for they write documents: the dictionaries of pinyin."""
    import_module("pypinyin")


def post_fork(server: Any, worker: Any) -> None:
    """Connections made while importing stay with the parent."""
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
