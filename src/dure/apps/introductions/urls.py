"""The addresses of introductions."""

from django.urls import path

from dure.apps.introductions import views

app_name = "introductions"
prefix = "introductions/"

urlpatterns = [
    path("", views.introductions, name="list"),
    path("<int:pk>/", views.introduction, name="introduction"),
    path("<int:pk>/write/", views.write, name="write"),
    path("<int:pk>/times/", views.propose, name="propose"),
    path("<int:pk>/contact/", views.choose_contact, name="choose_contact"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/remind/", views.remind, name="remind"),
    path("meetings/<int:proposal_id>/", views.answer, name="answer"),
    path("meetings/<int:proposal_id>.ics", views.calendar, name="calendar"),
    path("files/<int:file_id>/", views.file, name="file"),
]
