"""Structured logs to stderr: one line an event, for people (`console`) or machines (`json`)."""

import logging
from typing import Any

from mistok.kernel.errors import Invalid
from mistok.provenance.reference import request_reference

JSON_FIELDS = "{asctime}{levelname}{name}{message}{request}"
CONSOLE = "{asctime} {levelname:7} {name} {message} [{request}]"


class RequestReference(logging.Filter):
    """Puts the reference of the request at hand on every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Adds `request`; lets everything through."""
        record.request = request_reference.get()
        return True


def logging_settings(*, style: str) -> dict[str, Any]:
    """The logging dictionary for `style`: `console` or `json`; anything else is refused."""
    formatters: dict[str, dict[str, Any]] = {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": JSON_FIELDS,
            "style": "{",
            "json_ensure_ascii": False,
            "rename_fields": {"asctime": "at", "levelname": "level"},
        },
        "console": {"format": CONSOLE, "style": "{"},
    }
    if style not in formatters:
        raise Invalid(f"MISTOK_LOG is “{style}”. Write console or json.", code="setting_malformed")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "mistok.config.logs.RequestReference"}},
        "formatters": {"line": formatters[style]},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["request"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "mistok": {"level": "INFO"},
            "django.request": {"level": "ERROR"},
            "axes": {"level": "WARNING"},
        },
    }
