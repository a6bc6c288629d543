"""Addresses of the pages of reading."""

from django.urls import path

from mistok.web.read import comparing, import_list, imports, views

app_name = "read"
urlpatterns = [
    path("", views.read_page, name="read"),
    path("queue/", views.queue, name="queue"),
    path("import/", imports.import_page, name="import"),
    path("import/template.csv", imports.template_file, name="import_template"),
    path("import/list/", import_list.import_list_page, name="import_list"),
    path("feeds/", views.feeds, name="feeds"),
    path("compare/", comparing.start, name="compare"),
    path("compare/<str:comparison_id>/", comparing.compared, name="compared"),
    path("compare/<str:comparison_id>/pairs.csv", comparing.compared_csv, name="compared_csv"),
    path("<str:document_id>/", views.document, name="document"),
    path("<str:document_id>/text/", views.text, name="text"),
    path("<str:document_id>/<int:number>/", views.proposal, name="proposal"),
]
