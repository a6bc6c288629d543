"""The reference of the request at hand: it joins log lines, error pages and audit events."""

from contextvars import ContextVar

request_reference: ContextVar[str] = ContextVar("request_reference", default="")
"""Twelve letters while a request is answered; empty in commands."""
