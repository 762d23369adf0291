"""International exchange at several steps, for the test of routes."""

from django.utils import timezone

from dure.apps.exchange import operations
from dure.apps.exchange.stages import MeetingStage
from dure.apps.jobs.models import Job, JobStage


def things(cast, world):
    now = timezone.now()
    firm = cast.foreigner()
    partner = operations.enter_partner(country="ID", name="BRIN", by=cast["officer"], at=now)
    operations.plan_with(
        partner=partner, year=2026, text="두 번 엽니다", by=cast["officer"], at=now
    )
    meeting = cast.exchange_meeting()
    cast.exchange_parts(meeting, firm)
    waiting = cast.exchange_meeting()
    home, _other = cast.exchange_parts(waiting, firm, answered=False)
    talk = cast.talk(foreigner=firm)
    contact = cast.contact(firm)
    accord = cast.accord(abroad=cast.abroad(firm).organisation)
    operations.follow_up(
        accord=accord, became="MONEY", on=timezone.localdate(), amount=1_000_000, currency="KRW",
        by=cast["supplier"], at=now,
    )  # fmt: skip
    contract = {"amount": 5_000_000, "currency": "KRW", "abroad": cast.abroad(firm).organisation}
    cast.accord("contract", **contract)
    operations.move(
        meeting=contact.talk.meeting, stage=MeetingStage.HELD, by=cast["officer"], at=now
    )
    return {
        **_lists(cast, meeting),
        "exchange:": meeting.pk,
        "exchange:move:stage": MeetingStage.CANCELLED.value,
        "exchange:arrange": talk.meeting_id,
        "exchange:place": talk.meeting_id,
        "exchange:calendar": talk.pk,
        "exchange:plan_interpreters": talk.meeting_id,
        "exchange:answer": home.pk,
        "exchange:withdraw": home.pk,
        "exchange:talk": talk.pk,
        "exchange:assign": talk.pk,
        "exchange:record": talk.pk,
        "exchange:open_contact": contact.talk_id,
        "exchange:listing": home.listing_id,
        "exchange:partner": partner.pk,
        "exchange:plan": partner.pk,
        "exchange:organisation": cast.abroad(firm).pk,
        "exchange:contact": contact.pk,
        "exchange:close": contact.pk,
        "exchange:request": cast.help_request(taken=True).pk,
        "exchange:take": cast.help_request().pk,
        "exchange:report": cast.help_request(taken=True).pk,
        "exchange:accord": accord.pk,
        "exchange:follow": accord.pk,
        "exchange:word:subject": f"meeting:{meeting.pk}",
        "exchange:word:field": "name",
    }


def _lists(cast, meeting):
    """A checked list of each kind, and where it is handed in."""
    keys = {"exchange:part_sheet": meeting.pk}
    for name, check, more in (
        ("abroad_sheet", operations.CHECK_ABROAD, {}),
        ("listing_sheet", operations.CHECK_LISTINGS, {}),
        ("part_sheet", operations.CHECK_PARTS, {"meeting": meeting.pk}),
    ):
        job = Job.objects.create(
            kind=check, title="list.xlsx", requested_by=cast["officer"], stage=JobStage.DONE,
            ended_at=timezone.now(),
            result={"problem_count": 0, "new": 1, "changed": 0, "same": 0, "rows": 1},
            arguments={"path": "/nowhere/list.xlsx", **more},
        )  # fmt: skip
        keys |= {f"exchange:{name}_job": job.pk, f"exchange:{name}_confirm": job.pk}
    return keys
