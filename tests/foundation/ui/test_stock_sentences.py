"""What the framework says of a wrong field or password, it says in our voice."""

import re

import pytest
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils import translation

KOREAN = re.compile("[가-힣]")
FORMAL = re.compile(r"(니다|시오)(?![가-힣])")


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        (forms.CharField(), ""),
        (forms.CharField(max_length=2), "abc"),
        (forms.CharField(min_length=4), "abc"),
        (forms.CharField(), "a\0"),
        (forms.IntegerField(), "x"),
        (forms.IntegerField(max_value=3), "4"),
        (forms.IntegerField(min_value=3), "2"),
        (forms.DecimalField(max_digits=3), "12345"),
        (forms.DecimalField(decimal_places=1), "1.25"),
        (forms.DateField(), "yesterday"),
        (forms.DateTimeField(), "yesterday"),
        (forms.TimeField(), "noon"),
        (forms.EmailField(), "nobody"),
        (forms.URLField(), "nowhere"),
        (forms.ChoiceField(choices=[("a", "a")]), "b"),
        (forms.MultipleChoiceField(choices=[("a", "a")]), ["b"]),
        (forms.FileField(), None),
    ],
)
def test_a_wrong_field_is_spoken_of_in_our_voice(field, sent):
    with translation.override("ko"):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean(sent)
        sentences = refused.value.messages

        assert sentences
        assert [text for text in sentences if not is_ours(text)] == []


def test_the_rules_of_passwords_stand_in_our_voice():
    with translation.override("ko"):
        rules = list(password_validators_help_texts())

    assert len(rules) == 4
    assert [text for text in rules if not is_ours(text)] == []


def is_ours(text: str) -> bool:
    return bool(KOREAN.search(text)) and not FORMAL.search(text)
