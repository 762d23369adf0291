"""Facts told upwards: a lower app announces, a higher app listens."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.dispatch import Signal

Event = TypeVar("Event")
Listener = Callable[[Event], None]
announced = Signal()


def announce(event: object) -> None:
    """Tell the listeners of `event` once the transaction has been saved."""
    transaction.on_commit(lambda: announced.send(sender=type(event), event=event))


def listens_to(kind: type[Event]) -> Callable[[Listener[Event]], Listener[Event]]:
    """Make a function the listener of one kind of event; it is called with the event."""

    def register(function: Listener[Event]) -> Listener[Event]:
        def receive(sender: type[Event], event: Event, **_: object) -> None:
            function(event)

        name = f"{function.__module__}.{function.__qualname__}"
        announced.connect(receive, sender=kind, weak=False, dispatch_uid=name)
        return function

    return register
