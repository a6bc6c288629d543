"""The gate as a Django app: it owns the commands that operate the house."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    """Commands: run, serve, world, find, evaluate, user, reference."""

    name = "mistok.config"
    label = "gate"
