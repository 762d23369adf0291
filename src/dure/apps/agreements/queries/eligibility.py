"""Whether a party may still take part: the programme's rules and the general ones, asked anew."""

from dataclasses import replace
from datetime import date

from dure.apps.agreements.models import Agreement, Party
from dure.apps.calls.queries import programme_in
from dure.engines import eligibility
from dure.engines.eligibility import Applicant, Fact, Shown
from dure.foundation import programmes
from dure.foundation.facts import facts_about

Known = dict[int, tuple[Fact, ...]]
"""What is known of organisations for one day, by their ids."""


def is_barred(agreement: Agreement, party: Party, on: date, known: Known | None = None) -> bool:
    """True when a rule keeps a party out on a day, by all that is known of it (GL 7, 10, 11).

    The rules are those of the day of the agreement, before there is one those of `on`. What could be
    cured while applying cannot any more; papers were asked for then. `known` keeps what is known of
    organisations for the next question.
    """
    if party.organisation is None:
        return False
    known = {} if known is None else known
    if party.organisation.pk not in known:
        known[party.organisation.pk] = facts_about(party.organisation, on)
    programme = programme_in(agreement.version.content)
    day = agreement.agreed_on or on
    shared = programmes.rule_sets().rule_set("exclusions", programme.rules.exclusions, day)
    applicant = Applicant(
        facts=tuple(replace(f, whose=party.role) for f in known[party.organisation.pk]),
        confirmed=frozenset(agreement.confirmed),
        roles=frozenset({party.role}),
    )
    verdicts = eligibility.judge(applicant, programmes.eligibility_of(programme, shared, day), on)
    return any(
        verdict.bars and not isinstance(verdict.rule.question, Shown) for verdict in verdicts
    )
