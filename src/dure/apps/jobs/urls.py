from django.urls import path

from dure.apps.jobs import views

app_name = "jobs"
prefix = "jobs/"

urlpatterns = [
    path("", views.job_list, name="list"),
    path("<uuid:job_id>/", views.job_detail, name="detail"),
    path("<uuid:job_id>/progress/", views.progress, name="progress"),
    path("<uuid:job_id>/bar/", views.bar, name="bar"),
    path("<uuid:job_id>/cancel/", views.cancel, name="cancel"),
]
