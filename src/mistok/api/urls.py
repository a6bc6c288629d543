"""Addresses of the API."""

from django.urls import path

from mistok.api.docs import operations
from mistok.api.routes import api

urlpatterns = [path("docs", operations, name="api-docs"), path("", api.urls)]
