"""Roles that apps bring: an app of a test's own, from the files one would write."""

from types import SimpleNamespace

import pytest
from django.apps import AppConfig, apps
from django.core.exceptions import ValidationError

from dure.apps.catalog.models import Visibility
from dure.apps.catalog.queries import needs_visible_to
from dure.apps.people import operations, roles
from dure.apps.people.checks import check_roles
from dure.apps.people.models import Appointment, User
from dure.apps.people.reasons import Reason
from dure.foundation.verdict import Refused

ROLES_PY = """
from dure.apps.people.roles import RoleChoices


class Role(RoleChoices):
    ONE = "{code}", "Puts money into firms.", "Investor"
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Writes an app with one role, and installs it after ours."""

    def write(code, name):
        package = tmp_path / name
        package.mkdir()
        (package / "__init__.py").touch()
        (package / "roles.py").write_text(ROLES_PY.format(code=code))
        monkeypatch.syspath_prepend(tmp_path)
        installed = [*apps.get_app_configs(), AppConfig.create(name)]
        monkeypatch.setattr(roles, "apps", SimpleNamespace(get_app_configs=lambda: installed))

    return write


def test_a_role_of_an_app_is_given_like_any_other(as_role, cast, install):
    install("INVESTOR", "ventures")

    page = as_role("administrator").post(
        f"/people/{cast['newcomer'].pk}/appoint/", {"role": "INVESTOR"}, follow=True
    )

    assert Appointment.objects.get(user=cast["newcomer"]).get_role_display() == "Investor"
    text = page.content.decode()
    assert "Puts money into firms." in text
    assert "Ventures" in text


def test_a_role_of_an_app_opens_only_what_an_app_says(cast, install):
    install("INVESTOR", "ventures_closed")
    closed = cast.need(visibility=Visibility.MEMBERS)
    reader = User.objects.get(pk=cast["newcomer"].pk)

    operations.appoint(user=reader, role="INVESTOR", by=cast["administrator"])

    assert not needs_visible_to(reader).filter(pk=closed.pk).exists()


@pytest.mark.django_db
def test_a_role_that_no_app_brings_is_refused(cast):
    with pytest.raises(Refused) as refusal:
        operations.appoint(user=cast["member"], role="WIZARD", by=cast["administrator"])

    assert refusal.value.reason == Reason.UNKNOWN_ROLE
    with pytest.raises(ValidationError, match="WIZARD"):
        Appointment(user=cast["member"], role="WIZARD").full_clean()


def test_our_own_roles_pass_the_check():
    assert check_roles() == []


@pytest.mark.parametrize(
    ("code", "name", "error"),
    [("OFFICER", "second_office", "people.E001"), ("X" * 41, "long_names", "people.E002")],
)
def test_a_doubled_or_too_long_code_is_found_before_the_start(install, code, name, error):
    install(code, name)

    [problem] = check_roles()

    assert problem.id == error
    assert name in problem.msg
