"""The addresses of support services."""

from django.urls import path

from dure.apps.imports.views import sheet_urls
from dure.apps.support.sheets import PROFILES
from dure.apps.support.views import disputes, partners, pools, profiles, requests, services, working

app_name = "support"
prefix = "support/"

urlpatterns = [
    path("", services.services, name="services"),
    path("figures/", services.figures, name="figures"),
    path("bodies/<slug:slug>/", services.name_body, name="name_body"),
    path("ask/<slug:slug>/", requests.ask, name="ask"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/take-on/", requests.take_on, name="take_on"),
    path("requests/<int:pk>/hand-over/", requests.hand_over, name="hand_over"),
    path("requests/<int:pk>/postpone/", requests.postpone, name="postpone"),
    path("requests/<int:pk>/body/", requests.assign_body, name="assign_body"),
    path("requests/<int:pk>/steps/<slug:step>/", requests.step, name="step"),
    path("requests/<int:pk>/visit/", working.visit, name="visit"),
    path("requests/<int:pk>/report/", working.report, name="report"),
    path("requests/<int:pk>/rate/", working.rate, name="rate"),
    path("reports/<int:pk>/", working.report_file, name="report_file"),
    path("requests/<int:pk>/partners/", partners.propose, name="propose"),
    path("partners/<int:pk>/", partners.candidate, name="candidate"),
    path("partners/<int:pk>/<slug:stage>/", partners.answer, name="answer"),
    path("requests/<int:pk>/gather/", disputes.gather, name="gather"),
    path("requests/<int:pk>/evidence/", disputes.evidence, name="evidence"),
    path("requests/<int:pk>/panel/", disputes.name_panelist, name="name_panelist"),
    path("profiles/", profiles.profiles, name="profiles"),
    path("profiles/<int:pk>/", profiles.profile, name="profile"),
    path("profiles/<int:pk>/<slug:answer>/", profiles.set_open, name="set_open"),
    *sheet_urls(PROFILES, "profiles/import/"),
    path("pools/", pools.pools_page, name="pools"),
    path("pools/<slug:slug>/", pools.pool, name="pool"),
    path("pools/<slug:slug>/invite/", pools.invite, name="invite"),
    path("pools/<slug:slug>/programme/", pools.hold_programme, name="hold_programme"),
    path("programmes/<int:pk>/task/", pools.find_task, name="find_task"),
    path("tasks/<int:pk>/link/", pools.link_task, name="link_task"),
    path("invitations/<int:pk>/<slug:answer>/", pools.answer_invitation, name="answer_invitation"),
]
