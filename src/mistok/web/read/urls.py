"""Addresses of the pages of reading."""

from django.urls import path

from mistok.web.read import views

app_name = "read"
urlpatterns = [
    path("", views.read_page, name="read"),
    path("queue/", views.queue, name="queue"),
    path("feeds/", views.feeds, name="feeds"),
    path("<str:document_id>/", views.document, name="document"),
    path("<str:document_id>/text/", views.text, name="text"),
    path("<str:document_id>/<int:number>/", views.proposal, name="proposal"),
]
