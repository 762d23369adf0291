"""The addresses of international exchange."""

from django.urls import path

from dure.apps.exchange.sheets import ABROAD, LISTINGS, PARTS
from dure.apps.exchange.views import accords, contacts, meetings, partners, talks, words
from dure.apps.imports.views import sheet_urls

app_name = "exchange"
prefix = "exchange/"

urlpatterns = [
    path("", meetings.meetings, name="meetings"),
    path("new/", meetings.new, name="new"),
    path("<int:pk>/", meetings.meeting, name="meeting"),
    path("<int:pk>/edit/", meetings.edit, name="edit"),
    path("<int:pk>/to/<str:stage>/", meetings.move, name="move"),
    path("<int:pk>/apply/", meetings.apply, name="apply"),
    path("<int:pk>/invite/", meetings.invite, name="invite"),
    path("<int:pk>/delegation/", meetings.delegation, name="delegation"),
    path("<int:pk>/arrange/", talks.arrange, name="arrange"),
    path("<int:pk>/place/", talks.place, name="place"),
    path("<int:pk>/interpreters/", talks.plan_interpreters, name="plan_interpreters"),
    *sheet_urls(PARTS, "<int:pk>/sheet/", jobs_at="parts/sheet/"),
    path("parts/<int:pk>/answer/", meetings.answer, name="answer"),
    path("parts/<int:pk>/withdraw/", meetings.withdraw, name="withdraw"),
    path("consultations/<int:pk>/", talks.talk, name="talk"),
    path("consultations/<int:pk>/talk.ics", talks.calendar, name="calendar"),
    path("consultations/<int:pk>/interpreter/", talks.assign, name="assign"),
    path("consultations/<int:pk>/record/", talks.record, name="record"),
    path("consultations/<int:pk>/open/", talks.open_contact, name="open_contact"),
    path("interpreters/", talks.interpreters, name="interpreters"),
    path("technologies/", partners.listings, name="listings"),
    path("technologies/new/", partners.new_listing, name="new_listing"),
    path("technologies/<int:pk>/", partners.one_listing, name="listing"),
    *sheet_urls(LISTINGS, "technologies/sheet/"),
    path("partners/", partners.partners, name="partners"),
    path("partners/new/", partners.new_partner, name="new_partner"),
    path("partners/<int:pk>/", partners.partner, name="partner"),
    path("partners/<int:pk>/plan/", partners.plan, name="plan"),
    path("organisations/", partners.organisations, name="organisations"),
    path("organisations/new/", partners.new_organisation, name="new_organisation"),
    path("organisations/<int:pk>/", partners.organisation, name="organisation"),
    *sheet_urls(ABROAD, "organisations/sheet/"),
    path("open/", contacts.contacts, name="contacts"),
    path("open/<int:pk>/", contacts.contact, name="contact"),
    path("open/<int:pk>/close/", contacts.close, name="close"),
    path("requests/", contacts.requests, name="requests"),
    path("requests/new/", contacts.new_request, name="new_request"),
    path("requests/<int:pk>/", contacts.one_request, name="request"),
    path("requests/<int:pk>/take/", contacts.take, name="take"),
    path("requests/<int:pk>/report/", contacts.report, name="report"),
    path("accords/", accords.accords, name="accords"),
    path("accords/new/", accords.new_accord, name="new_accord"),
    path("accords/<int:pk>/", accords.accord, name="accord"),
    path("accords/<int:pk>/follow/", accords.follow, name="follow"),
    path("rates/", accords.rates, name="rates"),
    path("figures/", accords.figures, name="figures"),
    path("words/", words.words, name="words"),
    path("words/machine/", words.machine, name="machine"),
    path("words/<str:subject>/<str:field>/", words.word, name="word"),
]
