"""Addresses of the storekeeper's pages."""

from django.urls import path

from mistok.web.store import views

app_name = "store"
urlpatterns = [
    path("", views.home, name="home"),
    path("worker.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("token/", views.token, name="token"),
    path("box/", views.find_box, name="find_box"),
    path("box/<str:label>/", views.box, name="box"),
    path("<str:office_id>/", views.store, name="store"),
    path("<str:office_id>/receive/<str:public_id>/", views.receive, name="receive"),
    path("<str:office_id>/issue/", views.issue, name="issue"),
]
