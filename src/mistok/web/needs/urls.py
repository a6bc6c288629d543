"""Addresses of needs."""

from django.urls import path

from mistok.web.needs import views

app_name = "needs"
urlpatterns = [
    path("", views.board, name="board"),
    path("new/", views.new, name="new"),
    path("catalogue/", views.catalogue, name="catalogue"),
    path("import/", views.import_, name="import"),
    path("template.xlsx", views.template_file, name="template"),
    path("<str:public_id>/", views.need, name="need"),
    path("<str:public_id>/edit/", views.edit, name="edit"),
]
