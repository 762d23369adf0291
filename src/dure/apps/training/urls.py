"""The addresses of courses."""

from django.urls import path

from dure.apps.training.views import certificates, courses, running

app_name = "training"
prefix = "training/"

urlpatterns = [
    path("", courses.courses, name="courses"),
    path("figures/", courses.figures, name="figures"),
    path("new/", running.new, name="new"),
    path("check/", certificates.check, name="check"),
    path("certificates/<int:pk>/", certificates.certificate, name="certificate"),
    path("<int:pk>/", courses.course, name="course"),
    path("<int:pk>/register/", courses.register, name="register"),
    path("<int:pk>/give-back/", courses.give_back, name="give_back"),
    path("<int:pk>/feedback/", courses.feedback, name="feedback"),
    path("<int:pk>/edit/", running.edit, name="edit"),
    path("<int:pk>/days/", running.add_day, name="add_day"),
    path("<int:pk>/publish/", running.publish, name="publish"),
    path("<int:pk>/cancel/", running.cancel, name="cancel"),
    path("<int:pk>/close/", running.close, name="close"),
    path("<int:pk>/participants/", running.participants, name="participants"),
    path("days/<int:day_id>/", running.presences, name="presences"),
    path("days/<int:day_id>/drop/", running.drop_day, name="drop_day"),
]
