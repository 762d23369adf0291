"""What lists say of organisations, and who reads it."""

from django.db.models import Q, QuerySet

from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import READERS
from dure.apps.registers.models import RecordedFact


def facts_visible_to(user: Reader) -> QuerySet[RecordedFact]:
    """Of one's own organisations; all for those who read every organisation."""
    roles = roles_of(user)
    recorded_facts = RecordedFact.objects.select_related(
        "organisation", "recorded_by", "withdrawn_by"
    )
    if roles.holds(READERS):
        return recorded_facts
    return recorded_facts.filter(organisation__in=roles.organisations)


def facts_in_force(organisation: Organisation) -> list[RecordedFact]:
    """What counts of an organisation, whoever asks: for the rules of programmes.

    Asked of the database once per organisation object, since a list of calls asks for each of them.
    """
    known: list[RecordedFact] | None = getattr(organisation, "_recorded_facts", None)
    if known is None:
        known = list(
            RecordedFact.objects.filter(organisation=organisation, withdrawn_at__isnull=True)
        )
        organisation._recorded_facts = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


def narrowed(
    recorded_facts: QuerySet[RecordedFact],
    *,
    words: str = "",
    fact: str = "",
    withdrawn: bool = False,
) -> QuerySet[RecordedFact]:
    """Facts of organisations with these words in name or number, of one kind; withdrawn ones only
    when asked for."""
    if not withdrawn:
        recorded_facts = recorded_facts.filter(withdrawn_at__isnull=True)
    if fact:
        recorded_facts = recorded_facts.filter(fact=fact)
    if words:
        digits = words.replace("-", "")
        wanted = Q(organisation__name__icontains=words) | Q(organisation__name_en__icontains=words)
        wanted |= Q(origin__icontains=words)
        recorded_facts = recorded_facts.filter(
            wanted | Q(organisation__business_number__startswith=digits)
            if digits.isdecimal()
            else wanted
        )
    return recorded_facts
