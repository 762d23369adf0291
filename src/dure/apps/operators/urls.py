"""The addresses of operators."""

from django.urls import path

from dure.apps.operators import views

app_name = "operators"
prefix = "operators/"

urlpatterns = [
    path("", views.programme_list, name="list"),
    path("calls/<int:pk>/", views.call, name="call"),
    path("applications/<int:pk>/", views.application, name="application"),
    path("applications/<int:pk>/move/", views.move, name="move"),
    path("rankings/<int:pk>/", views.ranking, name="ranking"),
    path("rankings/<int:pk>/release/", views.release, name="release"),
    path("<slug:programme_slug>/", views.programme, name="programme"),
    path("<slug:programme_slug>/call/", views.new_call, name="new_call"),
    path("<slug:programme_slug>/rank/", views.rank, name="rank"),
]
