"""Addresses of letters of appeal."""

from django.urls import path

from mistok.web.appeals import views

app_name = "appeals"
urlpatterns = [
    path("", views.register, name="register"),
    path("new/", views.new, name="new"),
    *(
        path(
            f"letters/<str:letter_id>.{form}",
            views.letter_bytes,
            {"form": form},
            name=f"letter_{form}",
        )
        for form in ("pdf", "docx", "sig")
    ),
    path("<str:public_id>/", views.story, name="story"),
    path("<str:public_id>/edit/", views.edit, name="edit"),
]
