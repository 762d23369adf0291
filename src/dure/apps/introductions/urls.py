"""The addresses of introductions."""

from django.urls import path

from dure.apps.introductions.views import offering, talks

app_name = "introductions"
prefix = "introductions/"

urlpatterns = [
    path("", talks.introductions, name="list"),
    path("<int:pk>/", talks.introduction, name="introduction"),
    path("<int:pk>/write/", talks.write, name="write"),
    path("<int:pk>/times/", talks.propose, name="propose"),
    path("<int:pk>/contact/", talks.choose_contact, name="choose_contact"),
    path("<int:pk>/move/", talks.move, name="move"),
    path("<int:pk>/remind/", talks.remind, name="remind"),
    path("meetings/<int:proposal_id>/", talks.answer, name="answer"),
    path("meetings/<int:proposal_id>.ics", talks.calendar, name="calendar"),
    path("offer/<int:need_id>/", offering.offer, name="offer"),
    path("offers/<int:offer_id>/", offering.offered, name="offered"),
    path("files/<int:file_id>/", talks.file, name="file"),
]
