"""The programme files and rule sets that dure comes with, or those of a folder of one's own."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dure.foundation.programmes._file import Programme
from dure.foundation.programmes._lines import Place
from dure.foundation.programmes._mistakes import UnusableFile
from dure.foundation.programmes._plan import Sample, SampleFile, loaded
from dure.foundation.programmes._read import mistakes_at, parse, parse_rule_set

_PACKED = Path(__file__).parent / "files"
_CHECKOUT = Path(__file__).resolve().parents[4] / "programmes"


def folder() -> Path:
    """Where the files of dure are: inside an installed package, or beside the source."""
    return _PACKED if _PACKED.is_dir() else _CHECKOUT


@dataclass(frozen=True)
class RuleSets:
    """The rule sets of a folder, by kind and id, oldest first."""

    rule_sets: tuple[Any, ...]

    def ids(self, kind: str) -> list[str]:
        """The ids of the rule sets of a kind."""
        return sorted({rule_set.id for rule_set in self.rule_sets if rule_set.kind == kind})

    def rule_set(self, kind: str, name: str | None, on: date) -> Any:
        """Return the rule set in force on a day; the oldest where none is old enough.

        None where the programme names none. Raises KeyError when there is no such rule set.
        """
        if name is None:
            return None
        versions = [
            rule_set for rule_set in self.rule_sets if (rule_set.kind, rule_set.id) == (kind, name)
        ]
        if not versions:
            raise KeyError(name)
        begun = [version for version in versions if version.valid_from <= on]
        return begun[-1] if begun else versions[0]

    def faults(self, programme: Programme) -> list[tuple[Place, str, dict[str, Any]]]:
        """Return references of a programme to rule sets, or parts of them, that do not exist."""
        faults: list[tuple[Place, str, dict[str, Any]]] = []
        for kind in type(programme.rules).model_fields:
            name = getattr(programme.rules, kind)
            if name is not None and name not in self.ids(kind):
                facts = {"value": name, "known": self.ids(kind)}
                faults.append((("rules", kind), "no_rule_set", facts))
        reasons = {
            rule.id
            for rule_set in self.rule_sets
            if rule_set.kind == "exclusions" and rule_set.id == programme.rules.exclusions
            for rule in rule_set.eligibility
        }
        faults += [
            (("exempt_from", place), "no_exclusion", {"value": name, "known": sorted(reasons)})
            for place, name in enumerate(programme.exempt_from)
            if name not in reasons and programme.rules.exclusions in self.ids("exclusions")
        ]
        stages = {stage.id for stage in programme.stages}
        for kind in ("documents", "questions"):
            faults += [
                (("rules", kind), f"{kind}_stage", {"value": stage})
                for stage in sorted(self._stages_of(kind, programme) - stages)
            ]
        return [*faults, *self._too_few_reviews(programme)]

    def _too_few_reviews(self, programme: Programme) -> list[tuple[Place, str, dict[str, Any]]]:
        """Fewer reviews of an application than its rule set asks for."""
        fewest = max(
            (
                rule_set.fewest_present
                for rule_set in self.rule_sets
                if rule_set.kind == "selection" and rule_set.id == programme.rules.selection
            ),
            default=0,
        )
        if programme.reviewing is None or programme.reviewing.reviews >= fewest:
            return []
        return [(("reviewing", "reviews"), "too_few_reviews", {"limit": fewest})]

    def _stages_of(self, kind: str, programme: Programme) -> set[str]:
        """The stages at which a rule set of a programme asks for something."""
        return {
            asked.stage
            for rule_set in self.rule_sets
            if rule_set.kind == kind and rule_set.id == getattr(programme.rules, kind)
            for asked in getattr(rule_set, kind)
        }


@cache
def rule_sets() -> RuleSets:
    """The rule sets that dure comes with."""
    read = [parse_rule_set(path.read_bytes()) for path in (folder() / "rules").glob("*.toml")]
    return RuleSets(
        tuple(sorted(read, key=lambda rule_set: (rule_set.kind, rule_set.id, rule_set.valid_from)))
    )


def read(content: bytes) -> Programme:
    """Return the programme that a file's `content` says, with all it refers to known.

    Raises UnusableFile, with every mistake by line and key.
    """
    programme = parse(content)
    if faults := rule_sets().faults(programme):
        raise UnusableFile(mistakes_at(content, faults))
    return programme


def shipped() -> dict[str, Path]:
    """The programme files that dure comes with, by id."""
    return dict(sorted((path.stem, path) for path in folder().glob("*.toml")))


def samples(programme_id: str) -> tuple[Sample, ...]:
    """The sample plans of a programme that dure comes with; none where it has none."""
    path = folder() / "plans" / f"{programme_id}.json"
    if programme_id not in shipped() or not path.is_file():
        return ()
    return tuple(loaded(SampleFile, path.read_bytes()).samples)


def budget_lines(programme: Programme, on: date) -> dict[str, Any]:
    """The budget categories (비목) by id that bind a project agreed `on` that day; none without a rule set."""
    budget = rule_sets().rule_set("budget", programme.rules.budget, on)
    return {} if budget is None else {category.id: category for category in budget.categories}
