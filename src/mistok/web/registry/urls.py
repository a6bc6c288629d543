"""Addresses of the registry's pages."""

from django.urls import path, re_path

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
    path("sweep/council/<str:key>/", views.sweep_act, name="sweep_act"),
    path("sweep/council/<str:key>/resolution/", views.sweep_act_file, name="sweep_act_file"),
    re_path(
        r"^sweep/(?P<public_id>tie_[a-z0-9]{1,36})/(?P<kind>resolution|notice)\.(?P<form>pdf|docx)$",
        views.sweep_paper,
        name="sweep_paper",
    ),
]
