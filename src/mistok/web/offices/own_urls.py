"""Addresses of one's own data, beside the rest of the account."""

from django.urls import path

from mistok.web.offices import own_views

app_name = "own"
urlpatterns = [
    path("", own_views.own_data, name="data"),
    path("erase/", own_views.erase, name="erase"),
]
