"""Addresses of the room notices."""

from django.urls import path

from mistok.web.notices import views

app_name = "notices"
urlpatterns = [path("", views.notices, name="notices")]
