"""From panel scores to a ranking with its outcomes: ties, bonus, minima, places, quotas, reserve."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from dure.engines.scoring._model import (
    Cause,
    Entry,
    Outcome,
    PanelScore,
    Places,
    Quota,
    Ranked,
    Ranking,
    Rules,
    UnusableSheets,
)
from dure.engines.scoring._score import score


def rank(entries: Sequence[Entry], rules: Rules, places: Places) -> Ranking:
    """Return the ranking of all `entries`, of all panels together. Raises UnusableSheets.

    Of equal scores that no tie rule parts, the id decides who stands first, not who is better: they
    have the same rank.
    """
    if len({entry.id for entry in entries}) < len(entries):
        raise UnusableSheets("an application stands twice")
    scores = {entry.id: score(entry, rules) for entry in entries}
    bonus = {entry.id: _bonus(entry, scores[entry.id], rules) for entry in entries}

    def key(entry: Entry) -> tuple[Fraction, ...]:
        panel_score = scores[entry.id]
        ties = (-tie_point for tie_point in _tie_points(panel_score, rules))
        return Fraction(entry.tier), -(panel_score.score + bonus[entry.id]), *ties

    ordered = sorted(entries, key=lambda entry: (key(entry), entry.id))
    lines: list[Ranked] = []
    for at, entry in enumerate(ordered):
        equal = at > 0 and key(ordered[at - 1]) == key(entry)
        panel_score = scores[entry.id]
        cause, of = _out(panel_score, bonus[entry.id], rules) or (Cause.BEYOND_PLACES, "")
        lines.append(
            Ranked(
                id=entry.id,
                panel=entry.panel,
                rank=lines[-1].rank if equal else at + 1,
                score=panel_score,
                bonus=bonus[entry.id],
                final=panel_score.score + bonus[entry.id],
                outcome=Outcome.REJECTED,
                cause=cause,
                of=of,
            )
        )
    belongs = {entry.id: entry.belongs for entry in entries}
    return Ranking(tuple(_placed(lines, places, belongs)))


def influence(
    entries: Sequence[Entry], rules: Rules, places: Places
) -> dict[tuple[str, str], int | None]:
    """Return the rank that every application would have without each of its sheets.

    By application and reviewer; None where the sheets left are too few to count.
    """
    return {
        (entry.id, reviewer): place
        for entry in entries
        for reviewer, place in influence_of(entry, entries, rules, places).items()
    }


def influence_of(
    entry: Entry, entries: Sequence[Entry], rules: Rules, places: Places
) -> dict[str, int | None]:
    """Return the rank that one of the `entries` would have without each of its sheets, by reviewer."""
    influence: dict[str, int | None] = {}
    for sheet in entry.sheets:
        left = replace(entry, sheets=tuple(other for other in entry.sheets if other is not sheet))
        without = [left if other is entry else other for other in entries]
        try:
            ranking = rank(without, rules, places)
        except UnusableSheets:
            influence[sheet.reviewer] = None
        else:
            influence[sheet.reviewer] = ranking.line(entry.id).rank
    return influence


def severity(ranking: Ranking) -> dict[str, Fraction]:
    """Return by how many points each panel's mean score lies above that of all (below: severe)."""
    if not ranking.lines:
        return {}
    overall = sum((line.score.score for line in ranking.lines), Fraction(0)) / len(ranking.lines)
    of_panel: dict[str, list[Fraction]] = {}
    for line in ranking.lines:
        of_panel.setdefault(line.panel, []).append(line.score.score)
    return {
        panel: sum(scores, Fraction(0)) / len(scores) - overall
        for panel, scores in sorted(of_panel.items())
    }


def judged_again(
    ranking: Ranking, places: int, fixed: Fraction, until: Fraction
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who is selected at once and who is judged again across panels.

    `fixed` of the places go to the best as they are; ranks up to `until` of the places are judged
    again (GL 8.카: 70 % and 130 %).
    """
    able = [
        line.id
        for line in ranking.lines
        if line.cause not in (Cause.GATE, Cause.BELOW_MINIMUM, Cause.BELOW_THRESHOLD)
    ]
    first, last = int(places * fixed), int(places * until)
    return tuple(able[:first]), tuple(able[first:last])


def _tie_points(panel_score: PanelScore, rules: Rules) -> list[Fraction]:
    groups = [
        sum((panel_score.points[criterion] for criterion in group), Fraction(0))
        for group in rules.ties
    ]
    if rules.by_heaviest and rules.criteria:
        heaviest = max(rules.criteria, key=lambda criterion: criterion.weight)
        groups.append(panel_score.marks[heaviest.id])
    return groups


def _bonus(entry: Entry, panel_score: PanelScore, rules: Rules) -> Fraction:
    bonus = entry.bonus if rules.most_bonus is None else min(entry.bonus, rules.most_bonus)
    passes = rules.pass_score
    if not rules.bonus_lifts and passes is not None and panel_score.score < passes:
        bonus = Fraction(0)
    return bonus - entry.penalty


def _out(panel_score: PanelScore, bonus: Fraction, rules: Rules) -> tuple[Cause, str] | None:
    """Return why an application cannot be selected whatever the others are, if so."""
    if panel_score.failed:
        return Cause.GATE, panel_score.failed[0]
    for criterion in rules.criteria:
        if criterion.minimum is not None and panel_score.marks[criterion.id] < criterion.minimum:
            return Cause.BELOW_MINIMUM, criterion.id
    if rules.pass_score is not None and panel_score.score + bonus < rules.pass_score:
        return Cause.BELOW_THRESHOLD, ""
    return None


def _placed(
    lines: Sequence[Ranked], places: Places, belongs: dict[str, Mapping[str, str]]
) -> list[Ranked]:
    able = [line.id for line in lines if line.cause is Cause.BEYOND_PLACES]
    taken: list[str] = []
    full: dict[str, Quota] = {}
    for entry_id in able:
        quota = _full_quota([*taken, entry_id], places.quotas, belongs)
        if quota:
            full[entry_id] = quota
        elif len(taken) < places.selected:
            taken.append(entry_id)
    by_quota, displaced = _lifted(able, taken, places.quotas, belongs)
    selected = set(taken)
    waiting = [entry_id for entry_id in able if entry_id not in selected and entry_id not in full][
        : places.reserve
    ]
    wait_for = dict.fromkeys(waiting, "")
    for quota in places.quotas:
        kept_out = [
            entry_id
            for entry_id in able
            if entry_id not in selected and full.get(entry_id) is quota
        ]
        wait_for |= dict.fromkeys(kept_out[: quota.reserve], quota.value)
    result = []
    for line in lines:
        if line.id in selected:
            quota_of = by_quota.get(line.id, "")
            cause = Cause.BY_QUOTA if quota_of else Cause.IN_PLACES
            line = replace(line, outcome=Outcome.SELECTED, cause=cause, of=quota_of)  # noqa: PLW2901
        elif line.id in wait_for:
            line = replace(  # noqa: PLW2901
                line, outcome=Outcome.RESERVE, cause=Cause.NEXT_IN_LINE, of=wait_for[line.id]
            )
        elif line.id in full:
            line = replace(line, cause=Cause.QUOTA_FULL, of=full[line.id].value)  # noqa: PLW2901
        elif line.id in displaced:
            line = replace(  # noqa: PLW2901
                line, cause=Cause.DISPLACED_BY_QUOTA, of=displaced[line.id]
            )
        result.append(line)
    return result


def _full_quota(
    taken: Sequence[str], quotas: Sequence[Quota], belongs: dict[str, Mapping[str, str]]
) -> Quota | None:
    for quota in quotas:
        count = sum(belongs[entry_id].get(quota.by) == quota.value for entry_id in taken)
        concerns_last = belongs[taken[-1]].get(quota.by) == quota.value
        if quota.most is not None and concerns_last and count > quota.most:
            return quota
    return None


def _lifted(
    able: Sequence[str],
    taken: list[str],
    quotas: Sequence[Quota],
    belongs: dict[str, Mapping[str, str]],
) -> tuple[dict[str, str], dict[str, str]]:
    """Put the best of what a quota wants in the place of the last that no quota needs."""
    lifted: dict[str, str] = {}
    displaced: dict[str, str] = {}

    def count(quota: Quota) -> int:
        return sum(belongs[entry_id].get(quota.by) == quota.value for entry_id in taken)

    for quota in quotas:
        for entry_id in able:
            if count(quota) >= quota.least:
                break
            if entry_id in taken or belongs[entry_id].get(quota.by) != quota.value:
                continue
            if _full_quota([*taken, entry_id], quotas, belongs):
                continue
            leaver = _dispensable(taken, quotas, belongs)
            if leaver is None:
                break
            taken.remove(leaver)
            taken.append(entry_id)
            lifted[entry_id] = quota.value
            displaced[leaver] = quota.value
    return lifted, displaced


def _dispensable(
    taken: Sequence[str], quotas: Sequence[Quota], belongs: dict[str, Mapping[str, str]]
) -> str | None:
    held = Counter(
        (quota.by, belongs[entry_id].get(quota.by)) for quota in quotas for entry_id in taken
    )
    for entry_id in reversed(taken):
        needed = any(
            belongs[entry_id].get(quota.by) == quota.value
            and held[quota.by, quota.value] <= quota.least
            for quota in quotas
        )
        if not needed:
            return entry_id
    return None
