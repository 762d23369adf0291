"""What a migration changes is rendered alone; before code of a migration runs, everything is."""

from contextlib import nullcontext

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from dure.foundation.migrating import models_rendered_sparingly

pytestmark = pytest.mark.django_db


def applied(code, context):
    """Two tables of which one refers to the other, a new column of the first, then code."""
    operations = [
        migrations.CreateModel("Firm", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(
            "Need",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("firm", models.ForeignKey("probe.Firm", models.CASCADE)),
            ],
        ),
        migrations.AddField("Firm", "region", models.CharField(max_length=9, default="BUSAN")),
        migrations.RunPython(code),
    ]
    state = ProjectState()
    state.apps  # noqa: B018 -- rendered, as a migration finds it
    with context, connection.schema_editor(atomic=False) as editor:
        for operation in operations:
            before = state.clone()
            operation.state_forwards("probe", state)
            operation.database_forwards("probe", editor, before, state)


@pytest.mark.parametrize("context", [nullcontext, models_rendered_sparingly])
def test_code_of_a_migration_finds_what_was_added_before(context):
    def code(apps, editor):
        firm = apps.get_model("probe", "Firm").objects.create()
        need = apps.get_model("probe", "Need")
        need.objects.create(firm=firm)
        assert need.objects.filter(firm__region="BUSAN").count() == 1

    applied(code, context())


def test_afterwards_django_renders_as_always():
    whole = ProjectState._find_reload_model

    with models_rendered_sparingly():
        assert ProjectState._find_reload_model is not whole

    assert ProjectState._find_reload_model is whole
