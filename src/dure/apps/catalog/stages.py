"""The lives of needs and technologies. Their diagrams in docs/reference are made from this."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NeedStage(TextChoices):
    """A need."""

    DRAFT = "DRAFT", _("Draft")
    UNDER_REVIEW = "UNDER_REVIEW", _("Under review")
    PUBLISHED = "PUBLISHED", _("Published")
    MATCHED = "MATCHED", _("Matched")
    IN_IMPLEMENTATION = "IN_IMPLEMENTATION", _("In implementation")
    CLOSED = "CLOSED", _("Closed")
    UNMATCHED = "UNMATCHED", _("Closed without a match")
    MERGED = "MERGED", _("Merged into another need")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


NEED_NEXT = {
    NeedStage.DRAFT: {NeedStage.UNDER_REVIEW, NeedStage.WITHDRAWN},
    NeedStage.UNDER_REVIEW: {
        NeedStage.DRAFT,
        NeedStage.PUBLISHED,
        NeedStage.MERGED,
        NeedStage.WITHDRAWN,
    },
    NeedStage.PUBLISHED: {
        NeedStage.MATCHED,
        NeedStage.UNMATCHED,
        NeedStage.MERGED,
        NeedStage.WITHDRAWN,
    },
    NeedStage.MATCHED: {
        NeedStage.PUBLISHED,
        NeedStage.IN_IMPLEMENTATION,
        NeedStage.UNMATCHED,
        NeedStage.WITHDRAWN,
    },
    NeedStage.IN_IMPLEMENTATION: {NeedStage.CLOSED, NeedStage.MATCHED},
    NeedStage.CLOSED: set(),
    NeedStage.UNMATCHED: {NeedStage.PUBLISHED},
    NeedStage.MERGED: {NeedStage.PUBLISHED},
    NeedStage.WITHDRAWN: {NeedStage.DRAFT},
}

# Stages in which a need is shown to readers outside its organisation.
NEED_SHOWN = (
    NeedStage.PUBLISHED,
    NeedStage.MATCHED,
    NeedStage.IN_IMPLEMENTATION,
    NeedStage.CLOSED,
)
# Stages in which a need still looks for technologies.
NEED_OPEN = (NeedStage.PUBLISHED, NeedStage.MATCHED)


class TechnologyStage(TextChoices):
    """A technology."""

    DRAFT = "DRAFT", _("Draft")
    UNDER_REVIEW = "UNDER_REVIEW", _("Under review")
    PUBLISHED = "PUBLISHED", _("Published")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


TECHNOLOGY_NEXT = {
    TechnologyStage.DRAFT: {TechnologyStage.UNDER_REVIEW, TechnologyStage.WITHDRAWN},
    TechnologyStage.UNDER_REVIEW: {
        TechnologyStage.DRAFT,
        TechnologyStage.PUBLISHED,
        TechnologyStage.WITHDRAWN,
    },
    TechnologyStage.PUBLISHED: {TechnologyStage.WITHDRAWN},
    TechnologyStage.WITHDRAWN: {TechnologyStage.DRAFT},
}
TECHNOLOGY_SHOWN = (TechnologyStage.PUBLISHED,)
