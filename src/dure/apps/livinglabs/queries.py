"""Who sees which living lab, what stands open in it, and who answers for it."""

from django.db.models import Count, Q, QuerySet

from dure.apps.livinglabs.models import Answer, Lab, Participant, Trial
from dure.apps.livinglabs.stages import TrialStage
from dure.apps.people.queries import Reader, roles_of
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Project
from dure.apps.projects.roles import READERS
from dure.apps.projects.stages import ProjectStage


def labs_visible_to(user: Reader) -> QuerySet[Lab]:
    """Those of running projects, for everybody who is signed in; one's own also later."""
    if not user.is_authenticated:
        return Lab.objects.none()
    labs = Lab.objects.select_related("project__version__programme", "project__officer").annotate(
        enrolled=Count("participants", filter=Q(participants__left_at=None), distinct=True)
    )
    roles = roles_of(user)
    if roles.holds(READERS):
        return labs
    own = Q(project__members__organisation__in=roles.organisations) | Q(participants__user=user)
    own_ids = Lab.objects.filter(own).values("pk")
    return labs.filter(Q(project__stage=ProjectStage.RUNNING) | Q(pk__in=own_ids))


def trials_visible_to(user: Reader) -> QuerySet[Trial]:
    """What is tried: for those who read the answers, and for enrolled consumers."""
    trials = Trial.objects.select_related(
        "lab__project__version__programme", "lab__project__officer"
    )
    if not user.is_authenticated:
        return trials.none()
    roles = roles_of(user)
    if roles.holds(READERS):
        return trials
    mine = Participant.objects.filter(user=user, left_at=None).values("lab")
    ours = Project.objects.filter(members__organisation__in=roles.organisations).values("pk")
    return trials.filter(Q(lab__in=mine) | Q(lab__project__in=ours))


def answers_visible_to(user: Reader) -> QuerySet[Answer]:
    """All of a lab for those who take part in its project and read it; one's own for a consumer."""
    answers = Answer.objects.select_related("participant", "trial__lab__project")
    if not user.is_authenticated:
        return answers.none()
    roles = roles_of(user)
    if roles.holds(READERS):
        return answers
    ours = Project.objects.filter(members__organisation__in=roles.organisations).values("pk")
    return answers.filter(Q(participant__user=user) | Q(trial__lab__project__in=ours))


def projects_led_by(user: Reader) -> QuerySet[Project]:
    """Running projects that one's own organisation leads."""
    return Project.objects.filter(
        stage=ProjectStage.RUNNING,
        members__organisation__in=roles_of(user).organisations,
        members__role=MemberRole.LEAD,
    ).select_related("version__programme")


def leads(user: Reader, project: Project) -> bool:
    """True for people of the lead organisation."""
    led = project.members.filter(role=MemberRole.LEAD)
    return led.filter(organisation__in=roles_of(user).organisations).exists()


def has_lab(project: Project) -> bool:
    """True once consumers were asked to take part."""
    return Lab.objects.filter(project=project).exists()


def takes_part(user: Reader, project: Project) -> bool:
    """True for people of any organisation of the project."""
    return project.members.filter(organisation__in=roles_of(user).organisations).exists()


def participant_of(user: Reader, lab: Lab) -> Participant | None:
    """The place of somebody in a lab, while they have not left."""
    if not user.is_authenticated:
        return None
    return Participant.objects.filter(lab=lab, user=user, left_at=None).first()


def enrolled_in(lab: Lab) -> QuerySet[Participant]:
    """The consumers of a lab who have not left."""
    return lab.participants.filter(left_at=None).select_related("user")


def open_trial_of(lab: Lab) -> Trial | None:
    """What consumers try just now."""
    return lab.trials.filter(stage=TrialStage.OPEN).first()


def passed_steps(lab: Lab) -> set[str]:
    """The ids of the steps that consumers let pass."""
    return set(lab.trials.filter(stage=TrialStage.PASSED).values_list("step", flat=True))


def tally_of(trial: Trial) -> tuple[int, int]:
    """How many answered, and how many of them find it ready."""
    counts = trial.answers.aggregate(all=Count("pk"), ready=Count("pk", filter=Q(is_ready=True)))
    return counts["all"], counts["ready"]


def without_reply(user: Reader) -> QuerySet[Answer]:
    """Answers to which the lead organisation, one's own, has not replied."""
    labs = Lab.objects.filter(project__in=projects_led_by(user).values("pk"))
    return Answer.objects.filter(trial__lab__in=labs, replied_at=None).select_related(
        "participant", "trial__lab"
    )


def to_answer(user: Reader) -> QuerySet[Trial]:
    """Open trials of one's labs that one has not answered."""
    mine = Participant.objects.filter(user=user.pk, left_at=None)
    return (
        Trial.objects.filter(stage=TrialStage.OPEN, lab__in=mine.values("lab"))
        .exclude(answers__participant__user=user.pk)
        .select_related("lab")
    )


def leads_any_lab(user: Reader) -> bool:
    """True for people of a firm with a living lab."""
    return Lab.objects.filter(project__in=projects_led_by(user).values("pk")).exists()


def is_consumer(user: Reader) -> bool:
    """True for who is enrolled anywhere."""
    return user.is_authenticated and Participant.objects.filter(user=user.pk, left_at=None).exists()
