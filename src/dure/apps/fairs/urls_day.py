"""The pages of the day of a fair and of what comes after it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
