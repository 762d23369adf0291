"""A living lab of the demonstration: consumers let the first step pass and try the second."""

import tomllib
from datetime import timedelta

import pghistory
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from dure.apps.livinglabs import operations
from dure.apps.livinglabs.models import Lab
from dure.apps.people.demo import officers
from dure.apps.people.models import OrganisationKind
from dure.apps.people.queries import organisations_visible_to, people_in_any, people_of
from dure.apps.programmes.queries import programmes
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.operations import Line, Party, open_project
from dure.foundation.demo import Demonstration, demonstrates


@demonstrates("livinglabs")
def load(demonstration: Demonstration) -> None:
    """Open the lab and let consumers speak, unless it is there."""
    if Lab.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "consumers.toml").read_text(encoding="utf-8"))
    officer, _second = officers()
    invented = organisations_visible_to(officer).filter(is_invented=True).order_by("pk")
    small = invented.filter(kind__in=(OrganisationKind.SME, OrganisationKind.STARTUP))
    firm = next((organisation for organisation in small if people_of(organisation)), None)
    version = next(
        (programme.current for programme in programmes() if programme.slug == script["programme"]),
        None,
    )
    if firm is None or version is None:
        return
    others = people_in_any(invented.exclude(pk=firm.pk).order_by().values("pk"))
    lead = people_of(firm)[0]
    consumers = list(others.order_by("pk")[: script["consumers"]])
    now = timezone.now()
    begins = timezone.localdate(now) - timedelta(days=90)
    with pghistory.context(user=officer.pk):
        project = open_project(
            number=script["number"],
            title=script["title"],
            version=version,
            agreed_on=begins,
            begins_on=begins,
            ends_on=begins + relativedelta(years=2) - timedelta(days=1),
            officer=officer,
            parties=[
                Party(
                    firm,
                    MemberRole.LEAD,
                    script["grant"],
                    script["own_cash"],
                    0,
                    plan=(Line(1, "materials", script["grant"] + script["own_cash"]),),
                )
            ],
            milestones=[],
        )
    with pghistory.context(user=lead.pk):
        lab = operations.open_lab(
            project=project,
            title=script["lab"],
            text=script["text"],
            places=script["places"],
            by=lead,
            at=now - timedelta(days=60),
        )
    for person in consumers:
        operations.join(lab=lab, by=person, at=now - timedelta(days=50))
    for trial in script["trials"]:
        begun = now - timedelta(days=trial["days_ago"])
        opened = operations.open_trial(
            lab=lab,
            text=trial["text"],
            questions=trial["questions"],
            closes_on=timezone.localdate(begun) + timedelta(days=14),
            by=lead,
            at=begun,
        )
        for person, answer in zip(consumers, trial["answers"], strict=False):
            given = operations.answer(
                trial=opened,
                score=answer["score"],
                is_ready=answer["ready"],
                texts=answer["texts"],
                by=person,
                at=begun + timedelta(days=3),
            )
            if "reply" in answer:
                operations.reply(
                    answer=given, text=answer["reply"], by=lead, at=begun + timedelta(days=5)
                )
        if trial["ends"]:
            operations.close(trial=opened, by=lead, at=begun + timedelta(days=15))
