"""Addresses of the registry's pages."""

from django.urls import path

from mistok.web.registry import views

app_name = "registry"
urlpatterns = [
    path("places/", views.place_list, name="places"),
    path("places/suggest/", views.place_suggestions, name="suggest"),
    path("places/<str:key>/", views.place_detail, name="place"),
    path("ties/", views.tie_list, name="ties"),
    path("ties/<str:public_id>/", views.tie_detail, name="tie"),
    path("sources/<str:public_id>/", views.source_detail, name="source"),
    path("sweep/", views.sweep, name="sweep"),
]
