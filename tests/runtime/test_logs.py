"""日志（16.x）：出错时说在哪里、为什么，绝不说变量里是什么。"""

from __future__ import annotations

import logging
import logging.config
import sys

from config.logs import CONFIGURATION


def test_a_traceback_shows_no_values() -> None:
    formatter = logging.config.DictConfigurator(CONFIGURATION).configure_formatter(CONFIGURATION["formatters"]["json"])  # type: ignore[attr-defined]
    record = None
    try:
        password = "open sesame"
        raise RuntimeError(len(password))
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    line = formatter.format(record)
    assert "RuntimeError" in line
    assert "open sesame" not in line
