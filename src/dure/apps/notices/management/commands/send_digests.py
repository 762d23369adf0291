"""`dure manage send_digests`: the daily e-mails, now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dure.apps.notices.tasks import send_digests


class Command(BaseCommand):
    help = "Send the daily e-mails to whoever wants them and has something unread."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many."""
        count = send_digests(timezone.now())
        self.stdout.write(f"{count} e-mails sent.")
