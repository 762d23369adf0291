"""Two hundred broken files: each is answered in words, none ends in an exception."""

import resource

import pytest
from django.utils.translation import override

from dure.apps.catalog.operations import check_sheet
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import Organisation, OrganisationKind
from dure.foundation.sheets import UnreadableFile
from tests.foundation.sheets import hostile

MOST_SECONDS = 8  # of the processor for one file, whatever else the machine does
PARTS = 3  # for several cores


@pytest.fixture
def namesakes(cast):
    for _ in range(2):
        Organisation.objects.create(name="같은이름", kind=OrganisationKind.LARGE)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_broken_file_is_answered_in_words_and_in_time(cast, namesakes, tmp_path, part):
    job = Job.objects.create(kind="check_sheet", title="", requested_by=cast["officer"])
    path, wrong, number = tmp_path / "file", [], 0

    for number, (name, content, expected) in enumerate(hostile.cases(), 1):
        if number % PARTS != part:
            continue
        path.write_bytes(content)
        before = seconds_of_readers()
        try:
            report = check_sheet(
                kind="needs", path=path, by=cast["officer"], progress=Progress(job)
            )
            problems = report.problems
        except UnreadableFile as unreadable:
            problems = [unreadable.problem]
        seconds = seconds_of_readers() - before
        kinds = {problem.kind for problem in problems}
        if (expected and expected not in kinds) or seconds > MOST_SECONDS:
            wrong.append((name, expected, kinds, round(seconds, 1)))
        wrong += [(name, problem) for problem in problems[:20] if not says_what_to_do(problem)]

    assert wrong == []
    assert number >= 200


def seconds_of_readers() -> float:
    """The processor time of all ended children of this process."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def says_what_to_do(problem) -> bool:
    """True when there is a sentence in both languages, without a hole in it."""
    sentences = []
    for language in ("ko", "en"):
        with override(language):
            sentences.append(problem.fix)
    korean, english = sentences
    return (
        korean != english
        and "%(" not in korean + english
        and any("가" <= c <= "힣" for c in korean)
    )
