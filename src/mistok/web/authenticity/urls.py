"""Addresses of the pages on authenticity."""

from django.urls import path

from mistok.web.authenticity import views

app_name = "authenticity"
urlpatterns = [
    path("verify-office/", views.verify, name="verify"),
    path("guide/first-meeting/", views.first_meeting, name="first_meeting"),
]
