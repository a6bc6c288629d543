"""The pages as a Django app: templates, static files, template tags, `mistok assets`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages for people."""

    name = "mistok.web"
