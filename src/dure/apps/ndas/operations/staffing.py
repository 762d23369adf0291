"""Another staff list: a notice signed by the receiver, and the consent of the holder (표준 비밀유지계약서)."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from dure.apps.ndas import kinds, permissions
from dure.apps.ndas.models import NamedPerson, Nda, NotifiedPerson, StaffNotice
from dure.apps.ndas.notices import staff_notice_moved
from dure.apps.ndas.operations.agreeing import check_people
from dure.apps.ndas.operations.papers import LANGUAGE
from dure.apps.ndas.operations.telling import tell_of
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import NoticeStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of
from dure.apps.records.kinds import RecordKind
from dure.apps.records.operations import FileHash, record
from dure.foundation import sealing, signing
from dure.foundation.paper import pdf
from dure.foundation.verdict import Refused


@transaction.atomic
def give_staff_notice(
    *, nda: Nda, people: Sequence[User], reason: str, by: User, at: datetime
) -> StaffNotice:
    """Say, signed, who is to hold the material from now on; nothing changes before the consent. Raises Refused."""
    nda = Nda.objects.select_for_update(of=("self",)).get(pk=nda.pk)
    permissions.may_give_staff_notice(by, nda, at).require()
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    check_people(people, nda.receiving_party)
    if {person.pk for person in people} == set(nda.people.values_list("user", flat=True)):
        raise Refused(Reason.NOTHING_CHANGED)
    notice = StaffNotice.objects.create(nda=nda, reason=reason, created_by=by, created_at=at)
    NotifiedPerson.objects.bulk_create(
        NotifiedPerson(notice=notice, user=person, name=person.name, email=person.email)
        for person in people
    )
    content = _sign(notice, _paper(notice), nda.receiving_party, "receiving_party")
    notice.save()
    _record(notice, kinds.STAFF_NOTICED, content, by, at)
    _tell(notice, nda.disclosing_party, nda.receiving_party, at)
    return notice


@transaction.atomic
def answer_staff_notice(
    *, notice: StaffNotice, is_consent: bool, reason: str = "", by: User, at: datetime
) -> StaffNotice:
    """Consent, and the list is that of the notice from then on; or decline and say why. Raises Refused."""
    nda = Nda.objects.select_for_update(of=("self",)).get(pk=notice.nda_id)
    notice = StaffNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    permissions.may_answer_staff_notice(by, notice, at).require()
    reason = reason.strip()
    if not is_consent and not reason:
        raise Refused(Reason.REASON_MISSING)
    notice.stage = NoticeStage.CONSENTED if is_consent else NoticeStage.DECLINED
    notice.answer, notice.answered_by, notice.answered_at = reason, by, at
    content = None
    if is_consent:
        with notice.file.open("rb") as file:
            signed = file.read()
        content = _sign(notice, signed, nda.disclosing_party, "disclosing_party")
        _replace_people(nda, notice)
    notice.save()
    _record(notice, kinds.STAFF_ANSWERED, content, by, at)
    _tell(notice, nda.receiving_party, nda.disclosing_party, at)
    return notice


def _replace_people(nda: Nda, notice: StaffNotice) -> None:
    wanted = {person.user_id: person for person in notice.people.all()}
    nda.people.exclude(user__in=wanted).delete()
    known = set(nda.people.values_list("user", flat=True))
    NamedPerson.objects.bulk_create(
        NamedPerson(nda=nda, user_id=pk, name=person.name, email=person.email)
        for pk, person in wanted.items()
        if pk not in known
    )


def _paper(notice: StaffNotice) -> bytes:
    nda = notice.nda
    context = {
        "notice": notice,
        "nda": nda,
        "before": list(nda.people.order_by("pk")),
        "people": list(notice.people.order_by("pk")),
        "parties": nda.parties_in(LANGUAGE),
        "language": LANGUAGE,
    }
    with translation.override(LANGUAGE):
        return pdf(render_to_string("ndas/staff_notice_paper.html", context))


def _sign(notice: StaffNotice, content: bytes, side: Organisation, field: str) -> bytes:
    """Add the signature of a side to the notice and keep it; what was written."""
    signed = signing.sign(
        content,
        code=f"organisation-{side.pk}",
        name=notice.nda.parties_in(LANGUAGE)[field],
        field=field,
        reason="비밀유지협약 보유자 명단 변경",
    )
    notice.file_sha256 = hashlib.sha256(signed).hexdigest()
    notice.file.save(f"{notice.nda.document_number}-staff.pdf", ContentFile(signed), save=False)
    return signed


def _record(
    notice: StaffNotice, kind: RecordKind, signed: bytes | None, by: User, at: datetime
) -> None:
    nda = notice.nda
    content = {
        "number": nda.document_number,
        "notice": notice.pk,
        "stage": notice.stage,
        "people_sha256": sealing.digest(sorted(notice.people.values_list("email", flat=True))),
        "reason_sha256": sealing.digest({"reason": notice.reason, "answer": notice.answer}),
    }
    files = [FileHash.of(f"{nda.document_number}-staff.pdf", signed)] if signed else []
    parties = [nda.disclosing_party, nda.receiving_party]
    about = f"nda:{nda.pk}"
    record(kind=kind, about=about, content=content, files=files, parties=parties, by=by, at=at)


def _tell(notice: StaffNotice, to: Organisation, other: Organisation, at: datetime) -> None:
    facts = {"stage": notice.stage, "reason": notice.answer or notice.reason}
    tell_of(notice.nda, managers_of(to), staff_notice_moved, other=other, at=at, **facts)
