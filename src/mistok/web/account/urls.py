"""Addresses of one's own account, before those of allauth."""

from django.urls import path

from mistok.web.account import views

app_name = "account"
urlpatterns = [
    path("", views.home, name="home"),
    path("password/set/", views.set_password, name="set_password"),
]
