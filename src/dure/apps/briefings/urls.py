"""The pages of briefing sessions, stories and commendations."""

from django.urls import path

from dure.apps.briefings import views

app_name = "briefings"
prefix = "fairs/"

urlpatterns = [
    path("<int:fair_id>/briefings/", views.briefings, name="briefings"),
    path("<int:fair_id>/briefings/new/", views.briefing_new, name="briefing_new"),
    path("briefings/<int:briefing_id>/edit/", views.briefing_edit, name="briefing_edit"),
    path("briefings/<int:briefing_id>/drop/", views.briefing_drop, name="briefing_drop"),
    path("briefings/<int:briefing_id>/seat/", views.take_seat, name="take_seat"),
    path("briefings/<int:briefing_id>/give-back/", views.give_seat_back, name="give_seat_back"),
    path("briefings/<int:briefing_id>/attendance/", views.attendance, name="attendance"),
    path("briefings/<int:briefing_id>/guest/", views.admit_guest, name="admit_guest"),
    path("seats/<int:seat_id>/came/", views.note_attendance, name="note_attendance"),
    path("stories/", views.stories, name="stories_public"),
    path("stories/<int:story_id>/", views.story, name="story"),
    path("stories/<int:story_id>/edit/", views.story_edit, name="story_edit"),
    path("stories/<int:story_id>/publish/", views.story_publish, name="story_publish"),
    path("<int:fair_id>/stories/", views.fair_stories, name="stories"),
    path("<int:fair_id>/stories/new/", views.story_new, name="story_new"),
    path("<int:fair_id>/commendations/", views.commend, name="commend"),
    path(
        "<int:fair_id>/commendations/<int:commendation_id>/drop/",
        views.drop_commendation,
        name="drop_commendation",
    ),
]
