"""Lists of partners and experts: checked whole, then taken in whole or not."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_noop

from dure.apps.imports.kinds import Plan, Report
from dure.apps.imports.operations import organisation_finder, read_list
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.apps.support import permissions
from dure.apps.support.adapter import columns, read_profile
from dure.apps.support.models import Profile
from dure.apps.support.reasons import ProfileProblem
from dure.foundation.advisory_lock import advisory_lock

CHECK, IMPORT = "check_partners", "import_partners"
IMPORT_LOCK = 4_710_057  # any number, the same in every process


def check_profiles(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Say what an import of the file would do, without doing it. Raises UnreadableFile, Refused."""
    return _plan(path, by, at, progress).report


def import_profiles(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Take a list in, all of it or nothing. Raises UnreadableFile, Refused."""
    with advisory_lock(IMPORT_LOCK, is_patient=True), transaction.atomic():
        plan = _plan(path, by, at, progress)
        if plan.report.problems:
            return plan.report
        progress.step(gettext_noop("Saving"))
        Profile.objects.bulk_create(plan.create, batch_size=500)
        Profile.objects.bulk_update(plan.change, _KEPT, batch_size=500)
        return plan.report


_KEPT = [
    "kind", "name", "name_en", "affiliation", "organisation", "email", "pool", "region", "field",
    "keywords", "text",
]  # fmt: skip


def _plan(path: Path, by: User, at: datetime, progress: Progress) -> Plan:
    permissions.may_run(by).require()
    plan = read_list(path, columns(), read_profile, progress)
    find = organisation_finder(by, roles_of(by))
    known = {profile.number: profile for profile in Profile.objects.all()}
    for draft in plan.drafts:
        number, business = draft.values["number"], draft.values.pop("business_number")
        if not plan.is_first(draft, number, "number", ProfileProblem.PROFILE_TWICE):
            continue
        organisation = find("", business) if business else None
        if isinstance(organisation, TextChoices):
            plan.refuse(draft, "business_number", organisation)
            continue
        _place(plan, known.get(number), {**draft.values, "organisation": organisation}, at)
    plan.close()
    return plan


def _place(plan: Plan, known: Profile | None, values: dict[str, Any], at: datetime) -> None:
    """Note what a row does: a new profile, a change, or nothing."""
    if known is None:
        plan.create.append(Profile(**values, entered_at=at))
        plan.add_title(values["name"])
        return
    if all(getattr(known, name) == value for name, value in values.items()):
        plan.report.same += 1
        return
    for name, value in values.items():
        setattr(known, name, value)
    plan.change.append(known)
