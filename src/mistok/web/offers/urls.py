"""Addresses of offers."""

from django.urls import path

from mistok.web.offers import views

app_name = "offers"
urlpatterns = [
    path("", views.board, name="board"),
    path("new/", views.new, name="new"),
    path("<str:public_id>/", views.offer, name="offer"),
    path("<str:public_id>/edit/", views.edit, name="edit"),
    path("<str:public_id>/propose/<str:need_id>/", views.propose, name="propose"),
]
