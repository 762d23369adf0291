"""The part of a programme file that says who pays what, and under which rules."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from dure.foundation.programmes._parts import (
    MOST_ROWS,
    FactName,
    Id,
    InstrumentName,
    KindName,
    Months,
    Number,
    Percent,
    RoleName,
    SizeName,
    Strict,
    TermName,
    Text,
    Trl,
    Won,
)

ScopeName = Literal["project", "organisation", "year"]


def _lowest_first(levels: list[int]) -> list[int]:
    if levels[0] > levels[1]:
        raise PydanticCustomError("lowest_first", "the lowest comes first")
    return levels


class When(Strict):
    """When a rule applies; all that is named must hold."""

    trl: (
        Annotated[list[Trl], Field(min_length=2, max_length=2), AfterValidator(_lowest_first)]
        | None
    ) = None
    size: Annotated[list[SizeName], Field(min_length=1)] | None = None
    region: Annotated[list[str], Field(min_length=1)] | None = None
    paid_by: Annotated[list[RoleName], Field(min_length=1)] | None = None
    not_paid_by: Annotated[list[RoleName], Field(min_length=1)] | None = None


class Of(Strict):
    """Which money is meant; what is not named is not asked for."""

    roles: Annotated[list[RoleName], Field(min_length=1)] | None = None
    instruments: Annotated[list[InstrumentName], Field(min_length=1)] | None = None
    kinds: Annotated[list[KindName], Field(min_length=1)] | None = None
    phase: Id | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("says_nothing", "names nothing")
        return self


class _Rule(Strict):
    """What rules have in common. `role` is told as the one concerned and counted unless `roles`
    names more."""

    roles: Annotated[list[RoleName], Field(min_length=1)] | None = None
    instruments: Annotated[list[InstrumentName], Field(min_length=1)] | None = None
    kinds: Annotated[list[KindName], Field(min_length=1)] | None = None
    phase: Id | None = None
    per: ScopeName = "project"
    when: When | None = None


class TotalMax(_Rule):
    """The total, or that of `roles` and `instruments`, is at most `won`."""

    rule: Literal["total_max"]
    won: Won


class AmountMax(_Rule):
    """Money of a role is at most `won`."""

    rule: Literal["amount_max"]
    role: RoleName
    won: Won


class AmountMin(_Rule):
    """Money of a role is at least `won`."""

    rule: Literal["amount_min"]
    role: RoleName
    won: Won


class ShareMax(_Rule):
    """Money of a role is at most `percent` of the total, or of that of `of`."""

    rule: Literal["share_max"]
    role: RoleName
    percent: Percent
    of: Of | None = None


class ShareMin(_Rule):
    """Money of a role is at least `percent` of the total, or of that of `of`."""

    rule: Literal["share_min"]
    role: RoleName
    percent: Percent
    of: Of | None = None


class CashShareMin(_Rule):
    """Of what a role bears itself, at least `percent` is cash."""

    rule: Literal["cash_share_min"]
    role: RoleName
    percent: Percent


class MultipleMax(_Rule):
    """Money of a role is at most `times` that of `of`."""

    rule: Literal["multiple_max"]
    role: RoleName
    times: Number
    of: Of


class DurationMax(Strict):
    """The project takes at most `months`."""

    rule: Literal["duration_max"]
    months: Months
    when: When | None = None


class Order(Strict):
    """Money of `first` is `confirmed` before any of `then`; `won` of it are there by then."""

    rule: Literal["order"]
    first: Of
    then: Of
    role: RoleName
    confirmed: FactName | None = None
    won: Won | None = None
    when: When | None = None


class Confirmed(Strict):
    """One of `any_of` has been shown."""

    rule: Literal["missing"]
    any_of: Annotated[list[FactName], Field(min_length=1)]
    role: RoleName | None = None
    when: When | None = None


Rule = Annotated[
    TotalMax
    | AmountMax
    | AmountMin
    | ShareMax
    | ShareMin
    | CashShareMin
    | MultipleMax
    | DurationMax
    | Order
    | Confirmed,
    Field(discriminator="rule"),
]


class Payer(Strict):
    """A role that may pay, and in which form."""

    role: RoleName
    instruments: Annotated[list[InstrumentName], Field(min_length=1)]


class Phase(Strict):
    """A part of a project with money of its own, in order."""

    id: Id
    name: Text
    months: Months | None = None
    instruments: list[InstrumentName] = []


class Instalment(Strict):
    """The percent of the public money that is paid when a stage is reached."""

    stage: Id
    percent: Annotated[int, Field(gt=0, le=100)]


class Money(Strict):
    """Who pays, in which phases, under which rules, and when."""

    payers: Annotated[list[Payer], Field(min_length=1, max_length=20)]
    phases: Annotated[list[Phase], Field(max_length=20)] = []
    rules: Annotated[list[Rule], Field(max_length=MOST_ROWS)] = []
    instalments: Annotated[list[Instalment], Field(max_length=50)] = []
    terms: list[TermName] = []

    def faults(self) -> list[tuple[tuple[str | int, ...], str, dict[str, Any]]]:
        """Return what contradicts itself here, as (place, code of the mistake, its facts)."""
        return [
            *_doubles(self),
            *_strangers(self),
            *_impossible(self),
            *_not_whole(self),
            *_caps_below_whole(self),
            *_before_itself(self),
        ]


_Fault = tuple[tuple[str | int, ...], str, dict[str, Any]]


def _doubles(money: Money) -> list[_Fault]:
    faults: list[_Fault] = []
    for name, values in (
        ("payers", [payer.role for payer in money.payers]),
        ("phases", [phase.id for phase in money.phases]),
    ):
        key = "role" if name == "payers" else "id"
        faults += [
            ((name, place, key), "twice", {"value": value})
            for place, value in enumerate(values)
            if value in values[:place]
        ]
    bodies = [
        rule.model_dump(exclude={"won", "percent", "months", "times"}) for rule in money.rules
    ]
    faults += [
        (("rules", place, "rule"), "rule_twice", {"value": rule.rule})
        for place, rule in enumerate(money.rules)
        if bodies[place] in bodies[:place] and rule.rule != "missing"
    ]
    return faults


def _strangers(money: Money) -> list[_Fault]:
    """Rules that speak of payers, instruments or phases which the programme does not have."""
    instruments = {payer.role: set(payer.instruments) for payer in money.payers}
    phases = {phase.id for phase in money.phases}
    faults: list[_Fault] = []
    for place, rule in enumerate(money.rules):
        spots: list[tuple[tuple[str | int, ...], Any]] = [(("rules", place), rule)]
        spots += [
            (("rules", place, name), part)
            for name in ("of", "first", "then")
            if (part := getattr(rule, name, None)) is not None
        ]
        for spot, part in spots:
            named = [*(getattr(part, "roles", None) or [])]
            if getattr(part, "role", None) and not named:
                named = [part.role]
            roles = [role for role in named if role in instruments]
            if named and not roles:
                key = "roles" if getattr(part, "roles", None) else "role"
                faults.append(((*spot, key), "no_payer", {"value": ", ".join(named)}))
            used = set().union(*(instruments[role] for role in roles or instruments))
            faults += [
                ((*spot, "instruments"), "not_paid_so", {"value": instrument})
                for instrument in getattr(part, "instruments", None) or []
                if instrument not in used
            ]
            phase = getattr(part, "phase", None)
            if phase is not None and phase not in phases:
                faults.append(((*spot, "phase"), "no_phase", {"value": phase}))
        for key in ("paid_by", "not_paid_by"):
            named = getattr(rule.when, key, None) or []
            if named and not set(named) & set(instruments):
                facts = {"value": ", ".join(named)}
                faults.append((("rules", place, "when", key), "no_payer", facts))
    used = set().union(*instruments.values())
    faults += [
        (("phases", place, "instruments"), "not_paid_so", {"value": instrument})
        for place, phase in enumerate(money.phases)
        for instrument in phase.instruments
        if instrument not in used
    ]
    return faults


def _impossible(money: Money) -> list[_Fault]:
    """Rules of the same money that no plan can obey together."""
    faults: list[_Fault] = []
    floors = [
        (place, rule)
        for place, rule in enumerate(money.rules)
        if isinstance(rule, ShareMin) and rule.of is None and rule.when is None
    ]
    for phase in {rule.phase for _place, rule in floors}:
        alike = [(place, rule) for place, rule in floors if rule.phase == phase]
        if sum(rule.percent for _place, rule in alike) > 100:
            faults.append((("rules", alike[-1][0], "percent"), "floors_above_whole", {}))
    totals = [rule.won for rule in money.rules if isinstance(rule, TotalMax) and not rule.when]
    faults += [
        (("rules", place, "won"), "floor_above_total", {})
        for place, rule in enumerate(money.rules)
        if isinstance(rule, AmountMin) and not rule.when and totals and rule.won > min(totals)
    ]
    for place, rule in enumerate(money.rules):
        for other in money.rules:
            if _alike(rule, other) and _is_above(rule, other):
                key = "won" if isinstance(rule, AmountMin) else "percent"
                faults.append((("rules", place, key), "floor_above_cap", {}))
    return faults


def _caps_below_whole(money: Money) -> list[_Fault]:
    """Highest shares of all payers that do not come to the whole."""
    caps = [
        (place, rule)
        for place, rule in enumerate(money.rules)
        if isinstance(rule, ShareMax)
        and rule.model_fields_set <= {"rule", "role", "roles", "percent"}
    ]
    capped = {role for _place, rule in caps for role in rule.roles or [rule.role]}
    whole = sum(rule.percent for _place, rule in caps)
    if caps and capped >= {payer.role for payer in money.payers} and whole < 100:
        return [(("rules", caps[-1][0], "percent"), "caps_below_whole", {})]
    return []


def _before_itself(money: Money) -> list[_Fault]:
    """Money that would have to come before itself."""

    def meet(ids: list[str] | None, other: list[str] | None) -> bool:
        return not ids or not other or not set(ids).isdisjoint(other)

    return [
        (("rules", place, "then"), "before_itself", {})
        for place, rule in enumerate(money.rules)
        if isinstance(rule, Order)
        and meet(rule.first.roles, rule.then.roles)
        and meet(rule.first.instruments, rule.then.instruments)
        and meet(rule.first.kinds, rule.then.kinds)
        and (rule.first.phase or rule.then.phase) == (rule.then.phase or rule.first.phase)
    ]


def _alike(rule: Any, other: Any) -> bool:
    names = ("role", "roles", "instruments", "kinds", "phase", "per", "when", "of")
    return all(getattr(rule, name, None) == getattr(other, name, None) for name in names)


def _is_above(rule: Any, other: Any) -> bool:
    if isinstance(rule, AmountMin) and isinstance(other, AmountMax):
        return rule.won > other.won
    if isinstance(rule, ShareMin) and isinstance(other, ShareMax):
        return bool(rule.percent > other.percent)
    return False


def _not_whole(money: Money) -> list[_Fault]:
    whole = sum(instalment.percent for instalment in money.instalments)
    if money.instalments and whole != 100:
        return [(("instalments", 0, "percent"), "not_hundred", {"value": whole})]
    return []
