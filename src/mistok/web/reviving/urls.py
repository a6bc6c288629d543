"""Addresses of the pages of sleeping ties."""

from django.urls import path

from mistok.web.reviving import views

app_name = "reviving"
urlpatterns = [path("ties/<str:public_id>/revive/", views.revive, name="revive")]
