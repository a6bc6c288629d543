"""Addresses of answers and commitments."""

from django.urls import path

from mistok.web.answers import views

app_name = "answers"
urlpatterns = [
    path("answer/<str:token>/", views.link, name="link"),
    path("answer/confirm/<str:token>/", views.confirm, name="confirm"),
    path("appeals/<str:public_id>/answer/", views.letter, name="letter"),
    path("needs/<str:public_id>/commit/", views.commit, name="commit"),
    path("needs/<str:public_id>/give/", views.private, name="private"),
    path("needs/<str:public_id>/ask/", views.ask, name="ask"),
    path("commitments/", views.commitments, name="commitments"),
    path("commitments/<str:public_id>/", views.commitment, name="commitment"),
]
