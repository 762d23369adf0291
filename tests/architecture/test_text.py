"""All text that comes in by forms is cleaned."""

import importlib
import inspect

from django import forms

from tests.architecture.test_shape import APP_MODULES, SRC


def test_every_field_of_text_is_cleaned():
    modules = [path for path in APP_MODULES if "forms" in path.with_suffix("").parts]
    names = {".".join(path.relative_to(SRC).with_suffix("").parts) for path in modules}
    fields_left = {
        form
        for name in names
        for _, form in inspect.getmembers(importlib.import_module(name), inspect.isclass)
        if issubclass(form, forms.BaseForm) and form.__module__.startswith("dure.")
    }

    plain = {
        f"{form.__name__}.{name}"
        for form in fields_left
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField and not isinstance(field.widget, forms.PasswordInput)
    }

    assert len(fields_left) > 20
    assert plain == set()
