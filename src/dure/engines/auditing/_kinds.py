"""What kind of spending a budget item is, by the words that stand in its name."""

import ibis
from ibis.expr.types import StringValue

# In this order: the first word that the name holds decides.
ITEM_WORDS: dict[str, tuple[str, ...]] = {
    "reward": ("reward", "연구수당", "수당"),
    "labour": ("labour", "labor", "personnel", "salary", "인건비", "급여"),
    "equipment": ("equipment", "장비", "시설"),
    "materials": ("material", "재료", "시제품"),
    "travel": ("travel", "출장", "여비"),
    "meeting": ("meeting", "회의", "식비"),
    "service": ("service", "용역", "외부", "위탁", "전문기술", "consult"),
    "indirect": ("indirect", "overhead", "간접비"),
    "operating": ("operat", "운영", "활동비", "소모품", "사무"),
}
METHOD_WORDS: dict[str, tuple[str, ...]] = {
    "card": ("card", "카드"),
    "cash": ("cash", "현금"),
    "transfer": ("transfer", "이체", "계좌"),
}
OTHER = "other"


def kind_named(text: str, words: dict[str, tuple[str, ...]] = ITEM_WORDS) -> str:
    """The kind that a name speaks of.

    >>> kind_named("연구재료비"), kind_named("Labour"), kind_named("기타")
    ('materials', 'labour', 'other')
    """
    lowered = text.lower()
    return next((k for k, named in words.items() if any(w in lowered for w in named)), OTHER)


def kind_of(text: StringValue, words: dict[str, tuple[str, ...]]) -> StringValue:
    """The same as an expression."""
    lowered = text.lower()
    cases = [
        (ibis.or_(*(lowered.contains(word) for word in named)), ibis.literal(kind))
        for kind, named in words.items()
    ]
    return ibis.cases(*cases, else_=OTHER)
