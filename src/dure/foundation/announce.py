"""Facts told upwards: a lower app announces, a higher app listens."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.dispatch import Signal

announced = Signal()
Event = TypeVar("Event")


def announce(event: object) -> None:
    """Tell the listeners of `event` once the transaction has been saved."""
    transaction.on_commit(lambda: announced.send(sender=type(event), event=event))


def listens_to(
    kind: type[Event],
) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Make a function the listener of one kind of event; it is called with the event."""

    def register(function: Callable[[Event], None]) -> Callable[[Event], None]:
        def receive(sender: type, event: Event, **_: object) -> None:
            function(event)

        name = f"{function.__module__}.{function.__qualname__}"
        announced.connect(receive, sender=kind, weak=False, dispatch_uid=name)
        return function

    return register
