"""Migrating a database without rendering every model again and again.

Django keeps the models of a migration's moment as classes. Whenever one changes it makes that one and all
that are related to it anew; where everything refers to people and organisations, that is nearly all of
them, a thousand times over: minutes for an empty database.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ProjectState


@contextmanager
def models_rendered_sparingly() -> Iterator[None]:
    """While in the block, a model that changes is rendered alone.

    Those related to it keep what they knew, which is enough for SQL: names of tables, types of columns.
    The state is marked as delayed, as Django itself does for fewer models, so that before code of a
    migration runs (`RunPython`) all of them are rendered.
    """
    all_related = ProjectState._find_reload_model  # type: ignore[attr-defined]  # noqa: SLF001
    ProjectState._find_reload_model = _itself_alone  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        yield
    finally:
        ProjectState._find_reload_model = all_related  # type: ignore[attr-defined]  # noqa: SLF001


def _itself_alone(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> set[tuple[str, str]]:
    state.is_delayed = True
    return {(app_label, model_name)}
