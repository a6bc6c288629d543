"""Addresses of offices."""

from django.urls import path

from mistok.web.offices import views

app_name = "offices"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("claim/<str:key>/", views.claim, name="claim"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
    path("queue/", views.waiting, name="queue"),
    path("queue/<str:public_id>/", views.coordinate, name="coordinate"),
    path("<str:public_id>/", views.one_office, name="desk"),
    path("<str:public_id>/people/", views.office_people, name="people"),
    path("<str:public_id>/contacts/", views.office_contacts, name="contacts"),
    path("<str:public_id>/handover/", views.office_cards, name="hand_over"),
    path("<str:public_id>/handover/<str:card_id>/", views.office_card, name="card"),
    path("<str:public_id>/tokens/", views.office_tokens, name="tokens"),
    path("<str:public_id>/audit/", views.office_audit, name="audit"),
]
