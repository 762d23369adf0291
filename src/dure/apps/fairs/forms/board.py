"""One change on the board."""

from django import forms


class ChangeForm(forms.Form):
    """What is done to which meeting or pair, and the state that the writer saw."""

    WHAT = [(what, what) for what in ("move", "place", "out", "lock", "unlock")]
    what = forms.ChoiceField(choices=WHAT)
    meeting = forms.IntegerField(required=False)
    pair = forms.IntegerField(required=False)
    slot = forms.IntegerField(required=False)
    table = forms.IntegerField(required=False)
    onto = forms.IntegerField(required=False)
    revision = forms.IntegerField(required=False, min_value=0)
    is_blind = forms.BooleanField(required=False)
