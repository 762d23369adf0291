"""Which organisation a row of a spreadsheet means."""

from collections.abc import Callable

from django.db.models import TextChoices

from dure.apps.imports.reasons import OrganisationProblem
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Roles, organisations_of
from dure.foundation.sheets import ProblemKind, bare, digits_and_dashes
from dure.values.ids import business_number


def organisation_finder(by: User, roles: Roles) -> Callable[[str, str], Organisation | TextChoices]:
    """A function from name and number in a row to the organisation meant, or what is wrong."""
    own = list(organisations_of(by))
    by_number: dict[str, Organisation] = {}
    by_name: dict[str, list[Organisation]] = {}
    for organisation in Organisation.objects.all() if roles.is_officer else own:
        if organisation.business_number:
            by_number[organisation.business_number] = organisation
        for name in {bare(n) for n in (organisation.name, organisation.name_en)} - {""}:
            by_name.setdefault(name, []).append(organisation)
    unknown = (
        OrganisationProblem.UNKNOWN_ORGANISATION
        if roles.is_officer
        else OrganisationProblem.NOT_YOUR_ORGANISATION
    )

    def find(text: str, number: str) -> Organisation | TextChoices:
        written = business_number(digits_and_dashes(text)) if text else None
        if written and number and written != number:
            return OrganisationProblem.OTHER_ORGANISATION
        if number or written:
            numbered = by_number.get(number or written)
            names = {bare(n) for n in (numbered.name, numbered.name_en)} if numbered else set()
            if numbered and text and not written and bare(text) not in names:
                return OrganisationProblem.OTHER_ORGANISATION
            return numbered or unknown
        if not text:
            return own[0] if len(own) == 1 else ProblemKind.REQUIRED
        named = by_name.get(bare(text), [])
        if len(named) > 1:
            return OrganisationProblem.AMBIGUOUS_ORGANISATION
        return named[0] if named else unknown

    return find
