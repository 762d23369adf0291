"""The rules of royalties that bind a project: those of the day of its agreement."""

from dataclasses import dataclass
from fractions import Fraction

from dure.apps.calls.queries import programme_in
from dure.apps.projects.models import Project
from dure.apps.projects.queries import grant_used
from dure.apps.royalties import queries
from dure.apps.royalties.models import Royalty
from dure.foundation import programmes
from dure.foundation.programmes import RoyaltyRules


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a royalty comes about, in won: `rate` and `most` in percent, `due` before any relief;
    `cap` is what the project pays at most over all years.
    """

    income: int
    rate: Fraction
    share: int
    grant: int
    most: Fraction
    cap: int
    billed: int
    due: int


def rules_of(project: Project) -> RoyaltyRules | None:
    """The rule set that binds a project; None where its programme asks for no royalty."""
    name = programme_in(project.version.content).rules.royalty
    return programmes.rule_sets().rule_set("royalty", name, project.agreed_on)


def most_years() -> int:
    """For how many years after its end a project owes a royalty at most, by any rule set."""
    known = programmes.rule_sets().rule_sets
    return max(rules.years_after_end for rules in known if isinstance(rules, RoyaltyRules))


def is_asked_for(project: Project, year: int) -> bool:
    """Whether a project owes a royalty on the income of `year`.

    It does so until some years after the first income or after its end, whichever comes first.
    """
    rules = rules_of(project)
    if rules is None or queries.lead_of(project) is None:
        return False
    first = queries.first_year_with_income(project)
    last = project.ends_on.year + rules.years_after_end
    if first is not None:
        last = min(last, first + rules.years_after_income)
    return project.ends_on.year <= year <= last


def reckoned(royalty: Royalty) -> Reckoning | None:
    """The royalty on the income reported, step by step; None where no rate fits the firm."""
    rules, lead = rules_of(royalty.project), queries.lead_of(royalty.project)
    rate = rules and lead and rules.rate_of(lead.size)
    if not (rules and lead and rate):
        return None
    grant, billed = grant_used(royalty.project), queries.billed_before(royalty)
    return Reckoning(
        income=royalty.income,
        rate=rate.percent,
        share=rate.share_of(royalty.income),
        grant=grant,
        most=rate.most_percent,
        cap=rate.cap_of(grant),
        billed=billed,
        due=rules.due(income=royalty.income, grant=grant, paid=billed, size=lead.size),
    )
