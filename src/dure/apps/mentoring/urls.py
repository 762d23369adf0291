"""The addresses of mentoring."""

from django.urls import path

from dure.apps.mentoring.views import cases, pairs, profiles

app_name = "mentoring"
prefix = "mentoring/"

urlpatterns = [
    path("", pairs.pairs, name="pairs"),
    path("figures/", pairs.figures, name="figures"),
    path("<int:pk>/", pairs.pair, name="pair"),
    path("<int:pk>/yes/", pairs.accept, name="accept"),
    path("<int:pk>/no/", pairs.decline, name="decline"),
    path("<int:pk>/goals/", pairs.goals, name="goals"),
    path("<int:pk>/confirm/", pairs.confirm, name="confirm"),
    path("<int:pk>/session/", pairs.session, name="session"),
    path("<int:pk>/reviews/<slug:part>/", pairs.review, name="review"),
    path("<int:pk>/end/", pairs.end, name="end"),
    path("<int:pk>/break-off/", pairs.break_off, name="break_off"),
    path("firms/", cases.cases, name="cases"),
    path("firms/<int:pk>/", cases.case, name="case"),
    path("firms/<int:pk>/take/", cases.take, name="take"),
    path("firms/<int:pk>/hand-over/", cases.hand_over, name="hand_over"),
    path("firms/<int:pk>/mentors/", cases.propose, name="propose"),
    path("firms/<int:pk>/close/", cases.close, name="close"),
    path("profiles/", profiles.profiles, name="profiles"),
    path("profiles/<int:pk>/", profiles.profile, name="profile"),
    path("profiles/<int:pk>/ask/", profiles.ask, name="ask"),
    path("profiles/<int:pk>/rivals/", profiles.name_rival, name="name_rival"),
    path("rivals/<int:pk>/drop/", profiles.drop_rival, name="drop_rival"),
    path("profiles/of/<int:organisation_id>/", profiles.edit, name="edit"),
    path("profiles/new/", profiles.new, name="new"),
]
