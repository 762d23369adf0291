"""The addresses of selections."""

from django.urls import path

from dure.apps.selection.views import reviewing

app_name = "selection"
prefix = "selection/"

urlpatterns = [
    path("profile/", reviewing.reviews, name="profile"),
    path("reviews/", reviewing.reviews, name="reviews"),
    path("panels/<int:pk>/", reviewing.reviews, name="panel"),
    path("<int:pk>/", reviewing.reviews, name="selection"),
    path("<int:pk>/table/", reviewing.reviews, name="table"),
    path("results/<int:pk>/", reviewing.reviews, name="result"),
    path("objections/<int:pk>/", reviewing.reviews, name="objection"),
]
