"""The files of services are read strictly; every mistake is named."""

from datetime import date

import pytest

from dure.apps.people.models import OrganisationKind
from dure.apps.support.kinds import Service, pools, services
from dure.foundation import programmes
from dure.foundation.declared import BrokenFile, read_declared

GOOD = """
id = "x-service"
ko = "서비스"
en = "Service"
theme = "partner"
about = { ko = "서비스예요.", en = "A service." }
place = 1
asked_by = ["SME"]
answered_by = ["CENTRE"]
[[editions]]
valid_from = 2025-01-01
source = "기준"
caps = [{ ko = "10만 원", en = "100k", what = "won", of = "grant", most = 100_000 }]
[[fields]]
id = "grant"
ko = "지원금"
en = "Grant"
kind = "won"
[[steps]]
id = "asked"
ko = "신청"
en = "Asked"
by = ["firm"]
next = ["owned"]
[[steps]]
id = "owned"
ko = "진행"
en = "Under way"
takes_on = true
next = ["closed"]
[[steps]]
id = "closed"
ko = "마침"
en = "Ended"
asks = ["grant"]
closes = true
[[outcomes]]
id = "done"
ko = "완료"
en = "Done"
"""


def written(folder, text):
    path = folder / "x-service.toml"
    path.write_text(text)
    return path


def test_the_services_that_come_along_fit_together():
    known = services()

    assert len(known) == 16
    assert {service.theme for service in known.values()} == {
        "partner",
        "people",
        "protection",
        "dispute",
    }
    for service in known.values():
        reached = {service.first.id}
        for _round in service.steps:
            reached |= {code for step in service.steps if step.id in reached for code in step.next}
        assert reached == {step.id for step in service.steps}, f"{service.id} has a step of no use"
        assert all(step.next or step.closes for step in service.steps), service.id
        assert {*service.asked_by, *service.answered_by} <= set(OrganisationKind.values)
        assert not service.feeds.fact or programmes.listed_facts()[service.feeds.fact] == "yes_no"
        assert all(step.days for step in service.steps if not step.closes), service.id
        assert not (service.is_private and service.reads), service.id


def test_personal_details_are_asked_in_private_services_alone_and_forgotten():
    for service in services().values():
        if any(field.personal for field in service.fields):
            assert service.is_private, service.id
            assert service.forget_after_days, service.id
    assert services()["research-staff"].consent_first


def test_what_closes_a_request_can_be_said():
    for service in services().values():
        assert any(outcome.good for outcome in service.outcomes), service.id
        for step in service.steps:
            if step.closes and step.id != "closed":
                ending = service.outcome(step.id)
                assert ending or step.id in ("awarded", "agreed"), (service.id, step.id)


def test_terms_change_by_day():
    legal = services()["legal-help"]

    assert legal.edition_of(date(2021, 12, 31)) is None
    assert legal.edition_of(date(2024, 12, 31)).caps[0].most == 30
    assert legal.edition_of(date(2025, 1, 1)).caps[0].most == 60


def test_there_are_four_pools():
    assert list(pools()) == ["materials", "digital", "bio", "carbon"]


def test_a_good_file_is_read(tmp_path):
    kind = read_declared(written(tmp_path, GOOD), Service)

    assert [step.id for step in kind.steps] == ["asked", "owned", "closed"]
    assert kind.asked_at_first == []
    assert kind.taking_on.id == "owned"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (GOOD.replace('next = ["owned"]', 'next = ["gone"]'), "gone"),
        (GOOD.replace('asks = ["grant"]', 'asks = ["cost"]'), "cost"),
        (GOOD.replace('id = "closed"', 'id = "asked"'), "twice"),
        (GOOD.replace('kind = "won"', 'kind = "choice"'), "choices"),
        (GOOD.replace('of = "grant"', 'of = "cost"'), "no field is called cost"),
        (GOOD.replace('what = "won"', 'what = "hours"'), "only won"),
        (GOOD.replace("takes_on = true", ""), "exactly one step"),
        (GOOD.replace("closes = true", 'closes = true\nnext = ["asked"]'), "nothing follows"),
        (GOOD.replace("takes_on = true", "takes_on = true\nproposes = true"), "proposes nobody"),
        (GOOD.replace("closes = true", 'closes = true\nneeds = ["panel"]'), "no panel"),
        (GOOD.replace("place = 1", "plaice = 1"), "plaice"),
        (GOOD.replace("x-service", "y-service"), "not the name of the file"),
        (GOOD.replace('"Service"', '"Service'), "x-service.toml"),
    ],
)
def test_a_mistake_is_named(tmp_path, wrong, says):
    with pytest.raises(BrokenFile, match=says):
        read_declared(written(tmp_path, wrong), Service)
