"""Lists of exchange: checked whole, then taken in whole or not."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from dure.apps.catalog.models import Technology
from dure.apps.catalog.stages import TechnologyStage
from dure.apps.exchange import permissions
from dure.apps.exchange.adapter import (
    ABROAD_COLUMNS,
    LISTING_COLUMNS,
    PART_COLUMNS,
    read_abroad,
    read_listing,
    read_part,
)
from dure.apps.exchange.kinds import HOME
from dure.apps.exchange.models import Abroad, ExchangeMeeting, Listing
from dure.apps.exchange.operations.meetings import add_delegation
from dure.apps.exchange.operations.partners import (
    NewAbroad,
    number_of,
    register_abroad,
    register_listing,
)
from dure.apps.exchange.operations.taking_part import invite
from dure.apps.exchange.reasons import ExchangeProblem
from dure.apps.imports.kinds import Plan, Report
from dure.apps.imports.operations import read_list
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import Organisation, User
from dure.foundation.advisory_lock import advisory_lock
from dure.foundation.sheets import Draft, bare, digits_and_dashes
from dure.values.ids import business_number, lei

CHECK_ABROAD, IMPORT_ABROAD = "check_exchange_abroad", "import_exchange_abroad"
CHECK_LISTINGS, IMPORT_LISTINGS = "check_exchange_listings", "import_exchange_listings"
CHECK_PARTS, IMPORT_PARTS = "check_exchange_parts", "import_exchange_parts"
IMPORT_LOCK = 4_710_058  # any number, the same in every process


def check_abroad(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Say what an import of organisations from abroad would do. Raises UnreadableFile, Refused."""
    return _plan_abroad(path, by, progress).report


def import_abroad(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Enter a list of organisations from abroad, all or none; a known number is left as it is.

    Like every organisation they have no rights until a second person has verified them.
    Raises UnreadableFile, Refused.
    """
    return _take(
        lambda: _plan_abroad(path, by, progress),
        lambda new: register_abroad(new=new, by=by, at=at),
        progress,
    )


def check_listings(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Say what an import of technologies for exchange would do. Raises UnreadableFile, Refused."""
    return _plan_listings(path, by, progress).report


def import_listings(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Register a list of published technologies, all or none. Raises UnreadableFile, Refused."""
    return _take(
        lambda: _plan_listings(path, by, progress),
        lambda technology: register_listing(technology=technology, by=by, at=at),
        progress,
    )


def check_parts(
    *, meeting: ExchangeMeeting, path: Path, by: User, at: datetime, progress: Progress
) -> Report:
    """Say what an import of those who take part would do. Raises UnreadableFile, Refused."""
    return _plan_parts(meeting, path, by, progress).report


def import_parts(
    *, meeting: ExchangeMeeting, path: Path, by: User, at: datetime, progress: Progress
) -> Report:
    """Ask a list of organisations to a meeting, with their delegations, all or none.

    A colleague still selects each. Raises UnreadableFile, Refused.
    """

    def enter(values: Mapping[str, Any]) -> None:
        delegation = None
        if values["delegation"]:
            delegation = add_delegation(meeting=meeting, **values["delegation"], by=by, at=at)
        invite(
            meeting=meeting, organisation=values["organisation"], listing=values["listing"],
            wish=values["wish"], delegation=delegation, by=by, at=at,
        )  # fmt: skip

    return _take(lambda: _plan_parts(meeting, path, by, progress), enter, progress)


def _take(
    plan_of: Callable[[], Plan], enter: Callable[[Any], object], progress: Progress
) -> Report:
    """Take in what a plan creates, or, if anything is wrong with it, nothing."""
    with advisory_lock(IMPORT_LOCK, is_patient=True), transaction.atomic():
        plan = plan_of()
        if plan.report.problems:
            return plan.report
        progress.step(gettext_noop("Saving"), len(plan.create))
        for new in plan.create:
            enter(new)
            progress.advance()
        return plan.report


def _plan_abroad(path: Path, by: User, progress: Progress) -> Plan:
    permissions.may_run(by).require()
    plan = read_list(path, ABROAD_COLUMNS, read_abroad, progress)
    known = {
        organisation.other_id.casefold(): organisation
        for organisation in Organisation.objects.exclude(other_id="")
    }
    for draft in plan.drafts:
        new = NewAbroad(**draft.values)
        number = number_of(new).casefold()
        if not plan.is_first(draft, number, "name", ExchangeProblem.FOREIGN_NUMBER_TWICE):
            continue
        if organisation := known.get(number):
            if bare(new.name) not in {bare(organisation.name), bare(organisation.name_en)}:
                plan.refuse(draft, "name", ExchangeProblem.NAMED_OTHERWISE, name=str(organisation))
            plan.report.same += 1
        else:
            plan.add_title(f"{new.name}: {number_of(new)}")
            plan.create.append(new)
    plan.close()
    return plan


def _plan_listings(path: Path, by: User, progress: Progress) -> Plan:
    permissions.may_run(by).require()
    plan = read_list(path, LISTING_COLUMNS, read_listing, progress)
    numbers = {draft.values["business_number"] for draft in plan.drafts}
    owners = {
        organisation.business_number: organisation
        for organisation in Organisation.objects.filter(business_number__in=numbers)
    }
    offered = _by_title(owners.values())
    listed = set(Listing.objects.values_list("technology", flat=True))
    for draft in plan.drafts:
        owner = owners.get(draft.values["business_number"])
        if owner is None:
            plan.refuse(draft, "business_number", ExchangeProblem.NOBODY_OF_NUMBER)
        elif technology := _technology(plan, draft, owner, offered):
            _place_listing(plan, draft, technology, technology.pk in listed)
    plan.close()
    return plan


def _by_title(owners: Any) -> dict[tuple[int, str], list[Technology]]:
    """The published technologies of organisations by owner and title, in either language."""
    offered: dict[tuple[int, str], list[Technology]] = {}
    published = Technology.objects.filter(
        organisation__in=list(owners), stage=TechnologyStage.PUBLISHED
    ).select_related("organisation")
    for technology in published.order_by("pk"):
        for title in {bare(technology.title), bare(technology.title_en)} - {""}:
            offered.setdefault((technology.organisation_id, title), []).append(technology)
    return offered


def _technology(
    plan: Plan,
    draft: Draft,
    owner: Organisation,
    offered: Mapping[tuple[int, str], list[Technology]],
) -> Technology | None:
    titled = offered.get((owner.pk, bare(draft.values["technology"])), [])
    if len(titled) == 1:
        return titled[0]
    several = ExchangeProblem.TITLE_OF_SEVERAL
    plan.refuse(draft, "technology", several if titled else ExchangeProblem.UNKNOWN_TECHNOLOGY)
    return None


def _place_listing(plan: Plan, draft: Draft, technology: Technology, is_listed: bool) -> None:
    if not technology.organisation.name_en:
        plan.refuse(draft, "business_number", ExchangeProblem.ENGLISH_NAME_MISSING)
    elif plan.is_first(draft, technology.pk, "technology", ExchangeProblem.TECHNOLOGY_TWICE):
        if is_listed:
            plan.report.same += 1
        else:
            plan.add_title(f"{technology.organisation}: {technology}")
            plan.create.append(technology)


def _plan_parts(meeting: ExchangeMeeting, path: Path, by: User, progress: Progress) -> Plan:
    permissions.may_change_meeting(by, meeting).require()
    plan = read_list(path, PART_COLUMNS, read_part, progress)
    find = _finder()
    there = set(meeting.parts.values_list("organisation", flat=True))
    countries = dict(meeting.delegations.values_list("name", "country"))
    abroad = dict(Abroad.objects.values_list("organisation", "country"))
    for draft in plan.drafts:
        organisation = find(draft.values["organisation"])
        if organisation is None:
            plan.refuse(draft, "organisation", ExchangeProblem.NOBODY_OF_NUMBER)
        elif not organisation.verified_at:
            plan.refuse(draft, "organisation", ExchangeProblem.NOT_VERIFIED_YET)
        elif plan.is_first(
            draft, organisation.pk, "organisation", ExchangeProblem.FOREIGN_NUMBER_TWICE
        ):
            if organisation.pk in there:
                plan.report.same += 1
                continue
            country = abroad.get(organisation.pk, HOME)
            values = _part_values(plan, draft, organisation, country, countries)
            if values:
                plan.add_title(str(organisation))
                plan.create.append(values)
    plan.close()
    return plan


def _part_values(
    plan: Plan, draft: Draft, organisation: Organisation, country: str, countries: dict[str, str]
) -> dict[str, Any] | None:
    """What is entered of a row; None where something is wrong, which is noted."""
    row = draft.values
    listing = None
    if country == HOME:
        listing = _listing(organisation, row["technology"])
        if listing is None:
            plan.refuse(draft, "technology", ExchangeProblem.NOT_REGISTERED_TECHNOLOGY)
        if row["delegation"]:
            plan.refuse(draft, "delegation", ExchangeProblem.ONLY_FROM_ABROAD)
        if listing is None or row["delegation"]:
            return None
    elif not row["wish"].strip():
        plan.refuse(draft, "wish", ExchangeProblem.WISH_MISSING)
        return None
    delegation = _delegation(row, country)
    if delegation:
        other = countries.setdefault(delegation["name"], country)
        if other != country:
            plan.refuse(draft, "delegation", ExchangeProblem.OTHER_COUNTRY, country=other)
            return None
    return {
        "organisation": organisation,
        "listing": listing,
        "wish": row["wish"],
        "delegation": delegation,
    }


def _delegation(row: Mapping[str, Any], country: str) -> dict[str, Any] | None:
    if not row["delegation"]:
        return None
    more = {name: row[name] for name in ("head", "arrives_on", "leaves_on")}
    return {"name": row["delegation"], "country": country, **more}


def _listing(organisation: Organisation, title: str) -> Listing | None:
    listings = Listing.objects.filter(technology__organisation=organisation)
    titled = [
        listing
        for listing in listings.select_related("technology")
        if not title
        or bare(title) in {bare(listing.technology.title), bare(listing.technology.title_en)}
    ]
    return titled[0] if len(titled) == 1 else None


def _finder() -> Callable[[str], Organisation | None]:
    """A function from a number as people write it to the organisation that has it."""
    by_number: dict[str, Organisation] = {}
    for organisation in Organisation.objects.all():
        for number in (organisation.business_number, organisation.other_id):
            if number:
                by_number[number.casefold()] = organisation

    def find(text: str) -> Organisation | None:
        korean, code = business_number(digits_and_dashes(text)), lei(text)
        return by_number.get(
            korean or (f"LEI {code}" if code else " ".join(text.split())).casefold()
        )

    return find
