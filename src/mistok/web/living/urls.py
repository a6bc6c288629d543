"""Addresses of the pages on which offices tell of their ties; before those of the registry."""

from django.urls import path

from mistok.web.living import views

app_name = "living"
urlpatterns = [
    path("ties/new/", views.new, name="new"),
    path("ties/end/", views.end, name="end"),
    path("ties/<str:public_id>/tell/", views.tell, name="tell"),
    path("ties/<str:public_id>/confirm/", views.confirm, name="confirm"),
]
