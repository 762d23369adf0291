"""Plans and their indicators; they are public."""

from django.db.models import QuerySet

from dure.apps.indicators.models import Indicator, Plan


def plans() -> QuerySet[Plan]:
    """All plans, the newest first; they are public."""
    return Plan.objects.all()


def indicators_of(plan: Plan) -> QuerySet[Indicator]:
    """The indicators of a plan, in the order of its file; they are public."""
    return plan.indicators.select_related("plan")
