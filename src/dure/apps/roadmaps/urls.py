"""The addresses of roadmaps."""

from django.urls import path

from dure.apps.roadmaps import views

app_name = "roadmaps"
prefix = "roadmaps/"

urlpatterns = [
    path("", views.roadmap_list, name="list"),
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
    path("proposals/<int:pk>/opinion/", views.opinion, name="opinion"),
    path("proposals/<int:pk>/move/", views.proposal_move, name="proposal_move"),
    path("<slug:roadmap_slug>/", views.roadmap, name="roadmap"),
    path("<slug:roadmap_slug>/propose/", views.propose, name="propose"),
    path("<slug:roadmap_slug>/release/", views.release, name="release"),
    path("<slug:roadmap_slug>/<str:branch_code>/", views.branch, name="branch"),
    path("<slug:roadmap_slug>/<str:branch_code>/propose/", views.propose, name="propose_on"),
]
