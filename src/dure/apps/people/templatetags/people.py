"""What the account pages need: the menu beside them, and how their buttons look."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def account_menu(context: Context) -> list[dict[str, Any]]:
    """Links to the pages of one's own account; the page that is open is marked."""
    path = context["request"].path
    pages = [
        (_("My account"), "people:account"),
        (_("E-mail addresses"), "account_email"),
        (_("Password"), "account_change_password"),
        (_("Second factor"), "mfa_index"),
    ]
    if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        pages.append((_("Sign-in with another account"), "socialaccount_connections"))
    addresses = [(label, reverse(name)) for label, name in pages]
    best = max((url for _label, url in addresses if path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == best} for label, url in addresses]


@register.simple_tag(takes_context=True)
def account_breadcrumb(context: Context) -> list[dict[str, Any]]:
    """Where one is among the pages of one's own account, for the breadcrumb."""
    links = account_menu(context)
    here = [link for link in links[1:] if link["current"]]
    return [links[0], *here]


@register.filter
def button_look(attrs: dict[str, Any]) -> str:
    """The classes of a button of allauth's pages: how important and how large, by its tags."""
    tags, is_link = set(attrs.get("tags") or ()), bool(attrs.get("href"))
    if "danger" in tags:
        variant = "danger"
    elif tags & {"link", "cancel"}:
        variant = "text"
    elif tags & {"secondary", "outline"}:
        variant = "tertiary"
    else:
        variant = "secondary" if is_link else "primary"
    if "prominent" in tags:
        return f"{variant} large wide"
    return f"{variant} {'small' if is_link or 'panel' in tags else 'medium'}"
