"""Addresses of aid."""

from django.urls import path

from mistok.web.aid import views

app_name = "aid"
urlpatterns = [
    path("", views.totals, name="totals"),
    path("given/<str:office_id>/", views.given, name="given"),
    path("desk/<str:office_id>/", views.desk, name="desk"),
    path("new/<str:office_id>/", views.new, name="new"),
    path("offer/<str:office_id>/", views.offer, name="offer"),
    path("deadlines/<str:office_id>/", views.deadlines, name="deadlines"),
    path("<str:public_id>/", views.consignment, name="consignment"),
    path("<str:public_id>/public/", views.public, name="public"),
    path("<str:public_id>/lines/", views.lines, name="lines"),
    path("<str:public_id>/customs/", views.customs, name="customs"),
    path("<str:public_id>/act/<str:kind>/", views.act, name="act"),
    path("<str:public_id>/papers/", views.papers, name="papers"),
    path("<str:public_id>/papers/new/<str:kind>/", views.paper, name="paper_new"),
    path("<str:public_id>/papers/<str:paper_id>/pdf/", views.paper_pdf, name="paper_pdf"),
    path("<str:public_id>/papers/<str:paper_id>/docx/", views.paper_docx, name="paper_docx"),
    path("<str:public_id>/labels/", views.labels, name="labels"),
    path("<str:public_id>/checklist/", views.checklist, name="checklist"),
    path("<str:public_id>/files/", views.files, name="files"),
    path("<str:public_id>/files/<str:file_id>/", views.file, name="file"),
]
