"""Applications to a call of a programme that comes with dure, as far on as a test needs them."""

from datetime import timedelta

from dure.apps.applications import adapter, operations, queries
from dure.apps.applications.models import Application, Participant
from dure.apps.calls.operations import close_due
from tests.apps.calls.conftest import announced_call
from tests.conftest import NOON

# Nowhere but in what is encrypted may this ever stand.
SECRET = "수소취성억제용나노코팅비밀문장"
PNG = b"\x89PNG\r\n\x1a\n"
DEADLINE = NOON + timedelta(days=40)


def open_call(cast, **more):
    """A call of open applications that opened yesterday."""
    return announced_call(cast, opens_at=NOON - timedelta(days=1), **more)


def draft_application(
    cast, call=None, *, title="배관 수소취성 억제 코팅 개발", by="supplier"
) -> Application:
    """A draft of the small firm, or of the rival, with nothing in it but its title."""
    return operations.start(
        call=call or open_call(cast),
        organisation=cast.supplier if by == "supplier" else cast.rival,
        by=cast[by],
        at=NOON,
        parts={"project": {"title": title, "months": 24}},
    )


def _lead_of(application: Application) -> Participant:
    return application.participants.get(role="lead")


def _save(application, name, value, by, at=NOON):
    """Keep a part, whatever version it has."""
    part = queries.part_of(application, name)
    return operations.save_part(
        application=application, name=name, value=value, seen=part.version if part else 0,
        by=by, at=at,
    )  # fmt: skip


def _attach(draft, paper, by):
    """A file with the secret in it, to a paper of the lead."""
    name, beginning = (
        ("계획서.pdf", b"%PDF-1.4\n") if paper.most_pages else (f"{paper.name.ko}.png", PNG)
    )
    operations.attach(
        application=draft, participant=_lead_of(draft), document=paper.id, name=name,
        content=beginning + SECRET.encode(), by=by, at=NOON,
    )  # fmt: skip


def whole_application(cast, call=None, *, by="supplier", **more) -> Application:
    """A draft in which nothing is missing."""
    draft = draft_application(cast, call, by=by, **more)
    by, lead = cast[by], _lead_of(draft).pk
    for question in adapter.questions_of(draft.call):
        text = f"{SECRET}: {question.name.ko}"
        _save(draft, f"answers/{question.id}", {"text": text}, by)
    for document in adapter.documents_of(draft.call, "lead"):
        _attach(draft, document, by)
    _save(draft, f"people/{lead}", {"rows": [
        {"name": "김연구", "monthly_won": 4_000_000, "rate": 50, "months": 24, "kind": "in_kind"},
    ]}, by)  # fmt: skip
    _save(draft, f"costs/{lead}", {"rows": [
        {"year": 1, "category": "materials", "kind": "cash", "won": 152_000_000},
    ]}, by)  # fmt: skip
    _save(draft, f"money/{lead}", {"rows": [
        {"role": "government", "instrument": "grant", "kind": "cash", "year": 1, "won": 147_000_000},
        {"role": "lead", "instrument": "own_share", "kind": "cash", "year": 1, "won": 5_000_000},
        {"role": "lead", "instrument": "own_share", "kind": "in_kind", "year": 1, "won": 48_000_000},
    ]}, by)  # fmt: skip
    return draft


def filed_application(cast, call=None, **more) -> Application:
    """Filed by its leader, waiting for its signatory; nothing is received."""
    return operations.file(
        application=whole_application(cast, call, **more), by=cast["supplier"], at=NOON
    )


def submitted_application(cast, call=None, *, at=NOON, **more) -> Application:
    """Received, or too late where `at` is after the deadline."""
    draft = filed_application(cast, call, **more)
    operations.submit(application=draft, by=cast["supplier"], at=at)
    draft.refresh_from_db()
    return draft


def member_of_application(cast, application, role="demand") -> Participant:
    """The buyer, which takes part."""
    invited = operations.invite(
        application=application, organisation=cast.buyer, role=role, sees_all=False,
        by=cast["supplier"], at=NOON,
    )  # fmt: skip
    return operations.answer_invitation(
        participant=invited, is_yes=True, by=cast["manager"], at=NOON
    )


def opened_application(cast, call=None) -> Application:
    """Opened the morning after the deadline."""
    application = submitted_application(cast, call)
    close_due(at=DEADLINE)
    operations.open_due(at=DEADLINE + timedelta(days=1))
    application.refresh_from_db()
    return application
