"""The addresses of living labs."""

from django.urls import path

from dure.apps.livinglabs import views

app_name = "livinglabs"
prefix = "living-labs/"

urlpatterns = [
    path("", views.labs, name="list"),
    path("open/<int:project_id>/", views.open_lab, name="open"),
    path("<int:pk>/", views.lab, name="lab"),
    path("<int:pk>/join/", views.join, name="join"),
    path("<int:pk>/leave/", views.leave, name="leave"),
    path("<int:pk>/try/", views.open_trial, name="open_trial"),
    path("trials/<int:trial_id>/answer/", views.answer, name="answer"),
    path("trials/<int:trial_id>/close/", views.close, name="close"),
    path("answers/<int:answer_id>/reply/", views.reply, name="reply"),
]
