"""Addresses of rounds and the waiting list."""

from django.urls import path

from mistok.web.partnering import round_views

app_name = "rounds"
urlpatterns = [
    path("", round_views.rounds, name="rounds"),
    path("waiting/", round_views.waiting, name="waiting"),
    path("answer/<str:token>/", round_views.answer, name="answer"),
    path("<str:public_id>/", round_views.one_round, name="round"),
]
