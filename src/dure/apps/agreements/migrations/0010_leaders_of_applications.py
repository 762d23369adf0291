"""The project leader of an agreement that came of an application is the one that the application names."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def take_over_leaders(apps, schema_editor):
    """Write the leader of its application into every agreement that has none."""
    agreements = apps.get_model("agreements", "Agreement").objects
    leader = apps.get_model("applications", "Application").objects.filter(
        pk=OuterRef("application")
    ).values("leader")
    wanted = agreements.filter(application__isnull=False, leader=None)
    wanted.update(leader=Subquery(leader))


class Migration(migrations.Migration):
    dependencies = [("agreements", "0009_leaders_and_terms_of_answers")]
    operations = [migrations.RunPython(take_over_leaders, migrations.RunPython.noop)]
