"""The table of the cache that all processes share, and from where people have signed in.

The cache is what a crash may lose: counts of the last minutes.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_open_roles")]

    operations = [
        migrations.RunSQL(
            "CREATE UNLOGGED TABLE shared_cache (cache_key varchar(255) PRIMARY KEY, "
            "value text NOT NULL, expires timestamptz NOT NULL);"
            "CREATE INDEX shared_cache_expires ON shared_cache (expires);",
            "DROP TABLE shared_cache",
        ),
        migrations.CreateModel(
            name="SignInPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address_digest", models.CharField(max_length=64)),
                ("last_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_in_places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "place of signing in"},
        ),
        migrations.AddConstraint(
            model_name="signinplace",
            constraint=models.UniqueConstraint(
                fields=["user", "address_digest"], name="one_sign_in_place_each"
            ),
        ),
    ]
