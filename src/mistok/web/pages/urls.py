"""Addresses of the pages that belong to no room."""

from django.urls import path

from mistok.web.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("data/", views.data, name="data"),
    path("about/", views.about, name="about"),
]
