"""A paper with one version, for the test of routes."""

from tests.apps.papers.conftest import make_paper


def things(cast, world):
    version = make_paper(cast)
    return {
        "papers:paper": version.paper_id,
        "papers:remove": version.paper_id,
        "papers:open": version.pk,
    }
