"""Roles: what people do for the platform, beside belonging to an organisation.

Each app may bring some, in a `roles.py` of its own with a class `Role`; administrators give them.
What a role may read and do is decided by every app for itself: beside its roles, an app's `roles.py`
names those that read all of its records.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Self

from django.apps import AppConfig, apps
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

LONGEST = 40  # characters of a code


class RoleChoices(TextChoices):
    """The roles of one app: code, a sentence that says what somebody in the role does, label."""

    does: Promise | str

    def __new__(cls, code: str, does: Promise | str) -> Self:
        role = str.__new__(cls, code)
        role._value_ = code
        role.does = does
        return role


class Role(RoleChoices):
    """The roles that the platform is run with."""

    OFFICER = (
        "OFFICER",
        _(
            "Runs programmes: verifies organisations, publishes needs and technologies,"
            " introduces partners, holds fairs."
        ),
        _("Programme officer"),
    )
    CENTRE_OFFICER = (
        "CENTRE_OFFICER",
        _("Reads all records for a centre that helps the firms of its region."),
        _("Centre officer"),
    )
    REVIEWER = (
        "REVIEWER",
        _("Reads what members read, and judges applications."),
        _("Reviewer"),
    )
    COORDINATOR = (
        "COORDINATOR",
        _("Reads what members read, and accompanies firms through a cooperation."),
        _("Coordinator"),
    )
    AUDITOR = (
        "AUDITOR",
        _("Reads all records and who changed them, and looks into the spending of projects."),
        _("Auditor"),
    )
    ADMINISTRATOR = (
        "ADMINISTRATOR",
        _("May do what officers may, gives and takes roles, and keeps the platform running."),
        _("Administrator"),
    )


OFFICE = (Role.OFFICER, Role.ADMINISTRATOR)
"""Who runs programmes."""

MEMBERS = tuple(Role)
"""Who reads what is open to members, without belonging to a verified organisation."""

READERS = (*OFFICE, Role.CENTRE_OFFICER, Role.AUDITOR)
"""Who reads every organisation, verified or not, with its people."""


def declarations() -> tuple[tuple[AppConfig, type[RoleChoices]], ...]:
    """Every app that brings roles, with its roles, in the order of the apps."""
    installed = {config.name: config for config in apps.get_app_configs()}
    return tuple((installed[name], roles) for name, roles in _declared_in(tuple(installed)))


def role_of(code: str) -> RoleChoices | None:
    """The role with this code; None when no app brings it (any more)."""
    return next((r for _app, roles in declarations() for r in roles if r.value == code), None)


def role_choices() -> list[tuple[str, Promise | str]]:
    """Code and label of every role, for a field to choose from."""
    return [(role.value, role.label) for _app, roles in declarations() for role in roles]


@lru_cache(maxsize=8)
def _declared_in(names: Sequence[str]) -> tuple[tuple[str, type[RoleChoices]], ...]:
    configs = [config for config in apps.get_app_configs() if config.name in names]
    modules = [
        (config.name, import_module(f"{config.name}.roles"))
        for config in configs
        if module_has_submodule(config.module, "roles")
    ]
    return tuple(
        (name, module.Role)
        for name, module in modules
        # An app that only names roles of others imports their class.
        if getattr(module, "Role", None) and module.Role.__module__ == module.__name__
    )
