"""The addresses of outcomes."""

from django.urls import path

from dure.apps.imports.views import sheet_urls
from dure.apps.outcomes.sheets import OUTCOMES
from dure.apps.outcomes.views import answers, outcomes, twins

app_name = "outcomes"
prefix = "outcomes/"

urlpatterns = [
    path("", outcomes.outcomes, name="list"),
    path("new/", outcomes.choose_kind, name="choose_kind"),
    path("new/<str:kind>/", outcomes.report, name="report"),
    path("evidence/<int:pk>/", outcomes.evidence, name="evidence"),
    path("twins/", twins.twins, name="twins"),
    path("twins/<int:pk>/judge/", twins.judge, name="judge"),
    path("twins/<int:pk>/part/", twins.part, name="part"),
    *sheet_urls(OUTCOMES, "import/"),
    path("<int:pk>/", outcomes.outcome, name="outcome"),
    path("<int:pk>/evidence/", answers.add_evidence, name="add_evidence"),
    path("<int:pk>/confirm/", answers.confirm, name="confirm"),
    path("<int:pk>/dispute/", answers.dispute, name="dispute"),
    path("<int:pk>/withdraw/", answers.withdraw, name="withdraw"),
    path("<int:pk>/tie/", answers.tie, name="tie"),
]
