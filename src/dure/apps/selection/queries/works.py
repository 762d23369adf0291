"""What reviewers did: their projects, patents and papers."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from dure.apps.people.queries import Reader, is_office
from dure.apps.selection.models import Reviewer, Work

WORKS_READ = 200
"""Of one reviewer, the newest so many are read to see what fits."""


def works_visible_to(user: Reader) -> QuerySet[Work]:
    """One's own works; all for the office."""
    works = Work.objects.select_related("reviewer__user")
    if is_office(user):
        return works
    return works.filter(reviewer__user=user.pk) if user.is_authenticated else works.none()


def own_works(user: Reader) -> QuerySet[Work]:
    """The works of who asks."""
    return works_visible_to(user).filter(reviewer__user=user.pk)


def works_with_others(reviewers: Iterable[Reviewer]) -> QuerySet[Work]:
    """The works of some reviewers that name others with whom they were done."""
    works = Work.objects.filter(reviewer__in=list(reviewers)).exclude(authors="")
    return works.select_related("reviewer").order_by("pk")


def works_naming(reviewer: Reviewer, name: str) -> QuerySet[Work]:
    """The works of a reviewer among whose authors a name stands."""
    return Work.objects.filter(reviewer=reviewer, authors__icontains=name)


def words_known(reviewers: Iterable[Reviewer]) -> dict[int, str]:
    """What each reviewer knows, in their own words and in those of what they did, the newest first."""
    pool = list(reviewers)
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for work in Work.objects.filter(reviewer__in=pool):
        if len(texts[work.reviewer_id]) < WORKS_READ:
            texts[work.reviewer_id].append(f"{work.title}\n{work.summary}".strip())
    return {
        reviewer.pk: "\n".join(filter(None, [reviewer.fields, *texts[reviewer.pk]]))
        for reviewer in pool
    }
