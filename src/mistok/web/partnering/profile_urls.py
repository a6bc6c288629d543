"""Addresses of declared profiles: they lie under the place that they are about."""

from django.urls import path

from mistok.web.partnering import profile_views

app_name = "profiles"
urlpatterns = [
    path("places/<str:key>/profile/", profile_views.profile, name="profile"),
    path("places/<str:key>/profile/edit/", profile_views.profile_edit, name="profile_edit"),
]
