"""Counting a vote by its rule."""

from collections import Counter
from collections.abc import Sequence

from dure.engines.voting._model import Base, Outcome, Result, Rule, Tie


def is_quorate(rule: Rule, *, present: int, entitled: int) -> bool:
    """Say whether enough of the entitled are present; of nobody it is never enough."""
    return present > 0 and present >= rule.quorum.needed(entitled)


def tally(
    rule: Rule, ballots: Sequence[str], *, present: int, entitled: int, casting: str = ""
) -> Result:
    """Count `ballots` (an option each) of those `present` among the `entitled`.

    `casting` is the option that the chair would choose of several that lead together; it counts one
    vote more. Raises ValueError for what is no option, or more ballots than people.
    """
    if not len(ballots) <= present <= entitled:
        raise ValueError(f"{len(ballots)} ballots of {present} present of {entitled} entitled")
    if unknown := set(ballots) - set(rule.options):
        raise ValueError(f"no options of this vote: {', '.join(sorted(unknown))}")
    cast = Counter(ballots)
    counts = {option: cast[option] for option in rule.options}
    needed = max(1, rule.majority.needed(_base(rule, counts, present, entitled)))
    ended, option, by_chair = _decided(rule, counts, needed, casting)
    if not is_quorate(rule, present=present, entitled=entitled):
        ended, option, by_chair = Outcome.NO_QUORUM, "", False
    return Result(counts, ended, option, needed, rule.quorum.needed(entitled), by_chair)


def _base(rule: Rule, counts: dict[str, int], present: int, entitled: int) -> int:
    cast = sum(counts.values())
    return {
        Base.VALID: cast - counts.get(rule.abstention, 0),
        Base.CAST: cast,
        Base.PRESENT: present,
        Base.ENTITLED: entitled,
    }[rule.base]


def _decided(
    rule: Rule, counts: dict[str, int], needed: int, casting: str
) -> tuple[Outcome, str, bool]:
    """How it ended with this count, for which option, and whether the chair decided."""
    real = {option: count for option, count in counts.items() if option != rule.abstention}
    top = max(real.values())
    leading = [option for option, count in real.items() if count == top and top]
    if not leading:
        return Outcome.NO_MAJORITY, "", False
    if len(leading) == 1:
        [leader] = leading
        return _passed(leader, top, needed, is_by_chair=False)
    if rule.tie == Tie.CHAIR and casting in leading:
        return _passed(casting, top + 1, needed, is_by_chair=True)
    return Outcome.TIED, "", False


def _passed(
    option: str, count: int, needed: int, *, is_by_chair: bool
) -> tuple[Outcome, str, bool]:
    if count >= needed:
        return Outcome.CARRIED, option, is_by_chair
    return Outcome.NO_MAJORITY, "", False
