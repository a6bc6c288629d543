"""Addresses of partner search."""

from django.urls import path

from mistok.web.partnering import views

app_name = "partnering"
urlpatterns = [
    path("<str:key>/", views.partners, name="partners"),
    path("<str:key>/shortlist/", views.shortlist, name="shortlist"),
    path("<str:key>/compare/", views.compare, name="compare"),
]
