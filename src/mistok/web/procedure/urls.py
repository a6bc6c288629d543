"""Addresses of procedures."""

from django.urls import path

from mistok.web.procedure import views

app_name = "procedure"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("new/", views.new, name="new"),
    path("<str:public_id>/", views.run, name="run"),
    path("<str:public_id>/partner/", views.partner, name="partner"),
    path("<str:public_id>/steps/<int:side>/<slug:code>/", views.step, name="step"),
    path("<str:public_id>/papers/", views.papers, name="papers"),
    path("<str:public_id>/papers/<slug:kind>/", views.paper, name="paper"),
    path("<str:public_id>/versions/<str:paper_id>/", views.version, name="version"),
    path(
        "<str:public_id>/versions/<str:paper_id>/paper.pdf",
        views.paper_bytes,
        {"form": "pdf"},
        name="paper_pdf",
    ),
    path(
        "<str:public_id>/versions/<str:paper_id>/paper.docx",
        views.paper_bytes,
        {"form": "docx"},
        name="paper_docx",
    ),
    path("<str:public_id>/scans/", views.scans, name="scans"),
    path("<str:public_id>/scans/<str:scan_id>/", views.scan_bytes, name="scan"),
    path("<str:public_id>/plan/", views.plans, name="plans"),
    path("<str:public_id>/plan/<int:year>/", views.plan, name="plan"),
]
