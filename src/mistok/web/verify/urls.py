"""Addresses of the pages on which letters are checked."""

from django.urls import path

from mistok.web.verify import views

app_name = "verify"
urlpatterns = [
    path("", views.verify_page, name="verify"),
    path("keys/<str:key_id>.pem", views.key, name="key"),
    path("<str:code>/", views.letter, name="letter"),
]
