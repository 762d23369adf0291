"""The addresses of roadmaps."""

from django.urls import path

from dure.apps.roadmaps import views

app_name = "roadmaps"

urlpatterns = [
    path("", views.roadmap_list, name="list"),
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
    path("proposals/<int:pk>/opinion/", views.opinion, name="opinion"),
    path("proposals/<int:pk>/move/", views.proposal_move, name="proposal_move"),
    path("<slug:slug>/", views.roadmap, name="roadmap"),
    path("<slug:slug>/propose/", views.propose, name="propose"),
    path("<slug:slug>/release/", views.release, name="release"),
    path("<slug:slug>/<str:code>/", views.branch, name="branch"),
    path("<slug:slug>/<str:code>/propose/", views.propose, name="propose_on"),
]
