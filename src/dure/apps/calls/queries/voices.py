"""What is asked of a call and what waits for a second person."""

from datetime import datetime

from django.db.models import QuerySet

from dure.apps.calls.models import Call, Proposal, Question, Recommender
from dure.apps.calls.stages import ProposalStage
from dure.apps.people.queries import Reader, is_office


def recommenders_of(call: Call) -> QuerySet[Recommender]:
    """The bodies that recommend in a call, by name; public."""
    return call.recommenders.select_related("organisation")


def questions_visible_to(user: Reader) -> QuerySet[Question]:
    """The office sees all questions and who asked; everybody else their own."""
    questions = Question.objects.select_related("call", "requested_by", "answered_by")
    if is_office(user):
        return questions
    return questions.filter(requested_by=user) if user.is_authenticated else questions.none()


def answered_questions(call: Call) -> QuerySet[Question]:
    """What was answered to all, newest first; pages show no asker."""
    return call.questions.filter(answered_at__isnull=False).order_by("-answered_at", "-pk")


def questions_to_answer(user: Reader) -> QuerySet[Question]:
    """What waits for an answer in the calls that an officer is in charge of, oldest first."""
    return (
        questions_visible_to(user)
        .filter(call__contact=user.pk, answered_at__isnull=True)
        .order_by("requested_at", "pk")
    )


def pending_proposal(call: Call) -> Proposal | None:
    """What one officer proposed and nobody has confirmed yet."""
    waiting = call.proposals.filter(stage=ProposalStage.PROPOSED)
    return waiting.select_related("proposed_by").first()


def proposals_to_confirm(user: Reader) -> QuerySet[Proposal]:
    """What others proposed and a second officer has to confirm, oldest first."""
    if not is_office(user):
        return Proposal.objects.none()
    return (
        Proposal.objects.filter(stage=ProposalStage.PROPOSED)
        .exclude(proposed_by=user.pk)
        .select_related("call", "proposed_by")
        .order_by("proposed_at", "pk")
    )


def open_things(call: Call, at: datetime) -> dict[str, int]:
    """What is still to do with a call; it goes along to whoever takes it over."""
    return {
        "questions": call.questions.filter(answered_at__isnull=True).count(),
        "proposals": call.proposals.filter(stage=ProposalStage.PROPOSED).count(),
        "extensions": call.extensions.filter(until__gt=at).count(),
        "recommenders": call.recommenders.filter(until__gt=at).count(),
    }
