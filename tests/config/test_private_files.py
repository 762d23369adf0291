"""What dure writes into its home, no other user of the machine can read."""

import os
import subprocess
import sys

WRITE = """
from dure.config.startup import with_django
with_django()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import send_mail
default_storage.save("imports/needs.csv", ContentFile(b"secret"))
send_mail("subject", "body", None, ["somebody@example.org"])
"""


def test_files_in_the_home_are_private(tmp_path):
    home = tmp_path / "home"
    os.umask(0o022)
    env = {**os.environ, "DURE_HOME": str(home), "DATABASE_URL": "postgresql:///none"}
    subprocess.run([sys.executable, "-c", WRITE], env=env, check=True)

    written = [path for path in home.rglob("*") if path.is_file()]
    assert {path.parent.name for path in written} >= {"home", "imports", "mail"}
    readable = [path for path in [home, *home.rglob("*")] if path.stat().st_mode & 0o077]
    assert readable == []
