"""A form that is sent twice is one form."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from dure.apps.catalog.models import Need
from dure.apps.fairs.models import Registration
from dure.apps.fairs.stages import FairStage
from dure.apps.people.models import Organisation

ENTER = "/needs/new/"


def fields(client, cast, address=ENTER, **changed):
    """The form of a page, with the token that it was drawn with."""
    page = client.get(address).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    given = {"organisation": cast.buyer.pk, "title": "배기열 회수", "body": "열"}
    chosen = {"field": "SMARTFAC", "visibility": "PUBLIC", "language": "ko"}
    return {"csrfmiddlewaretoken": token, **given, **chosen, **changed}


def test_form_sent_twice_makes_one_need_and_leads_to_the_same_page(as_role, cast):
    client = as_role("manager")
    sent = fields(client, cast)

    first, again = client.post(ENTER, sent), client.post(ENTER, sent)

    assert Need.objects.count() == 1
    assert (first.status_code, again.status_code) == (302, 302)
    assert again["Location"] == first["Location"]


def test_page_drawn_anew_or_another_answer_is_another_form(as_role, cast):
    client = as_role("manager")
    sent = fields(client, cast)

    for form in (sent, fields(client, cast), {**sent, "title": "냉열 회수"}):
        client.post(ENTER, form)

    assert Need.objects.count() == 3


def test_form_with_errors_may_be_sent_again(as_role, cast):
    client = as_role("manager")
    sent = fields(client, cast, title="")

    assert [client.post(ENTER, sent).status_code for _ in range(2)] == [422, 422]


def test_refused_form_is_refused_again_in_words(as_role, cast):
    client = as_role("officer")
    need = cast.need(stage="DRAFT")
    move = reverse("catalog:need_move", args=[need.pk])
    sent = {"csrfmiddlewaretoken": "x" * 64, "stage": "ARCHIVED"}

    for _ in range(2):
        client.post(move, sent)
        assert "alert" in client.get("/needs/").content.decode()


def sent_at_once(cast, role, address, forms):
    """The answers to forms that are sent at the same time."""
    ready, answers = threading.Barrier(len(forms)), []

    def send(form):
        client = Client()
        client.force_login(cast[role])
        ready.wait()
        answers.append(client.post(address, form).status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=[form]) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_form_sent_three_times_at_once_makes_one_need(cast):
    client = Client()
    client.force_login(cast["manager"])
    form = fields(client, cast)

    assert sent_at_once(cast, "manager", ENTER, [form] * 3) == [302] * 3
    assert Need.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_three_registrations_for_a_fair_at_once_make_one(cast):
    fair = cast.fair(stage=FairStage.REGISTRATION)
    address = reverse("fairs:register", args=[fair.pk])
    form = {"organisation": cast.buyer.pk, "side": "DEMAND", "parallel": 1, "max_meetings": 5}

    answers = sent_at_once(cast, "manager", address, [form] * 3)

    assert max(answers) < 500
    assert Registration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_three_entries_of_an_organisation_at_once_make_one(cast):
    form = {"business_number": "211-87-00616", "name": "새별", "kind": "SME", "country": "KR"}

    answers = sent_at_once(cast, "newcomer", reverse("people:organisation_new"), [form] * 3)

    assert max(answers) < 500
    assert Organisation.objects.filter(name="새별").count() == 1
