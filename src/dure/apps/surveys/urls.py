"""The addresses of demand surveys."""

from django.urls import path

from dure.apps.surveys import views

app_name = "surveys"
prefix = "surveys/"

urlpatterns = [
    path("", views.survey_list, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.survey, name="survey"),
    path("<int:pk>/ask/", views.ask, name="ask"),
    path("<int:pk>/remind/", views.remind, name="remind"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/take-in/", views.take_in, name="take_in"),
    path("answers/<int:pk>/", views.answer, name="answer"),
    path("answers/<int:pk>/hand-in/", views.submit, name="submit"),
    path("needs/<int:pk>/", views.wish, name="wish"),
    path("needs/<int:pk>/leave-out/", views.leave_out, name="leave_out"),
    path("needs/<int:pk>/remove/", views.remove, name="remove"),
]
