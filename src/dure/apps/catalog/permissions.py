"""Who may do what with needs and technologies."""

from datetime import datetime, timedelta

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import (
    agreements_on,
    open_sheets,
    reads_inside,
    sheets_on,
    waits_for_sheet,
)
from dure.apps.catalog.reasons import Reason
from dure.apps.catalog.roles import READERS
from dure.apps.catalog.stages import NEED_NEXT, TECHNOLOGY_NEXT, NeedStage, TechnologyStage
from dure.apps.ndas.queries import alive
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict

UNDO_WITHIN = timedelta(minutes=10)


def may_read_inside(user: Reader, entry: Need | Technology) -> Verdict:
    """Read an entry that one sees as its owner does: why it came back, who reads it, its history."""
    return YES if reads_inside(user, entry) else Verdict(Reason.NOT_YOUR_ORGANISATION)


def may_read_unshown(user: Reader) -> Verdict:
    """See entries that are not shown to all: one's own, or by role all of them."""
    roles = roles_of(user)
    has_some = roles.organisations or roles.holds(READERS)
    return YES if has_some else Verdict(Reason.NOT_YOUR_ORGANISATION)


def may_review(user: Reader) -> Verdict:
    """See what waits for the programme office, and decide which needs are the same."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_enter(user: Reader, organisation: Organisation) -> Verdict:
    """Enter needs and technologies for an organisation."""
    roles = roles_of(user)
    if roles.is_officer or organisation.pk in roles.organisations:
        return YES
    return Verdict(Reason.NOT_YOUR_ORGANISATION)


def may_import(user: Reader, kind: str) -> Verdict:
    """Import a spreadsheet: organisations for officers, the rest also for one's own organisation."""
    roles = roles_of(user)
    if kind not in ("needs", "technologies", "organisations"):
        return Verdict(Reason.UNKNOWN_KIND)
    if roles.is_officer:
        return YES
    if kind == "organisations":
        return Verdict(Reason.NOT_AN_OFFICER)
    return YES if roles.organisations else Verdict(Reason.NOTHING_TO_IMPORT_FOR)


def may_edit(user: Reader, entry: Need | Technology) -> Verdict:
    """Change the text of an entry."""
    roles = roles_of(user)
    if not (roles.is_officer or entry.organisation_id in roles.organisations):
        return Verdict(Reason.NOT_YOUR_ORGANISATION)
    if entry.stage in (NeedStage.MERGED, NeedStage.CLOSED, NeedStage.WITHDRAWN):
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_move(user: Reader, entry: Need | Technology, stage: str) -> Verdict:
    """Move an entry to a stage: owners hand in and withdraw, officers decide the rest."""
    roles = roles_of(user)
    owns = entry.organisation_id in roles.organisations
    if not (owns or roles.is_officer):
        return Verdict(Reason.NOT_YOUR_ORGANISATION)
    moves = NEED_NEXT if isinstance(entry, Need) else TECHNOLOGY_NEXT
    if stage not in moves[entry.stage]:
        return Verdict(Reason.STAGE_CLOSED)
    match stage:
        case NeedStage.UNDER_REVIEW | NeedStage.WITHDRAWN:
            return _complete(entry) if stage == NeedStage.UNDER_REVIEW else YES
        case NeedStage.DRAFT if entry.stage == NeedStage.WITHDRAWN:
            return YES
        case NeedStage.PUBLISHED if entry.stage == NeedStage.UNDER_REVIEW:
            return may_publish(user, entry)
    return YES if roles.is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_publish(user: Reader, entry: Need | Technology) -> Verdict:
    """Publish what another person handed in."""
    if not roles_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    if entry.stage not in (NeedStage.UNDER_REVIEW, TechnologyStage.UNDER_REVIEW):
        return Verdict(Reason.STAGE_CLOSED)
    if entry.handed_in_by_id == user.pk:
        return Verdict(Reason.SECOND_PERSON)
    if entry.organisation.verified_at is None:
        return Verdict(Reason.ORGANISATION_NOT_VERIFIED)
    return YES


def may_unpublish(user: Reader, entry: Need | Technology, at: datetime) -> Verdict:
    """Take back one's own publishing while nobody has acted on it yet."""
    is_own = user.pk is not None and entry.published_by_id == user.pk
    if entry.stage not in (NeedStage.PUBLISHED, TechnologyStage.PUBLISHED):
        return Verdict(Reason.STAGE_CLOSED)
    if not is_own or at - entry.published_at > UNDO_WITHIN:
        return Verdict(Reason.UNDO_TOO_LATE)
    return YES


def may_merge(user: Reader, need: Need, into: Need) -> Verdict:
    """Merge a need into another."""
    if not roles_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    if need.pk == into.pk:
        return Verdict(Reason.MERGE_INTO_ITSELF)
    if NeedStage.MERGED not in NEED_NEXT[need.stage]:
        return Verdict(Reason.STAGE_CLOSED)
    if into.stage not in (NeedStage.UNDER_REVIEW, NeedStage.PUBLISHED, NeedStage.MATCHED):
        return Verdict(Reason.MERGE_TARGET_CLOSED)
    return YES


def may_ask_for_details(user: Reader, entry: Need | Technology) -> Verdict:
    """Ask for an agreement under which the details of a teaser open, or, of an entry that is open
    already, under which its owner hands over more.
    """
    if reads_inside(user, entry):
        return Verdict(Reason.NOTHING_CLOSED)
    if not roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if alive(agreements_on(user, entry)).exists():
        return Verdict(Reason.ASKED_ALREADY)
    return YES


def may_ask_in_writing(user: Reader, entry: Need | Technology, receiver: Organisation) -> Verdict:
    """Ask by a request sheet, for `receiver`, for details that their owner keeps secret."""
    if reads_inside(user, entry):
        return Verdict(Reason.NOTHING_CLOSED)
    if receiver.pk not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if not waits_for_sheet(entry, receiver):
        return Verdict(Reason.NO_SHEET_NEEDED)
    is_asked = open_sheets(sheets_on(user, entry).filter(asking_party=receiver)).exists()
    return Verdict(Reason.ASKED_ALREADY) if is_asked else YES


def _complete(entry: Need | Technology) -> Verdict:
    whole = entry.title.strip() and entry.body.strip() and entry.field
    return YES if whole else Verdict(Reason.INCOMPLETE)
