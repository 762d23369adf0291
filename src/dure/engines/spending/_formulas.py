"""Sums that are disallowed at settlement by how much of the plan was spent."""

from fractions import Fraction

from dure.values.money import at_least


def reward_clawback(*, paid: int, planned: int, direct_spent: int, direct_planned: int) -> int:
    """What of the research reward (연구수당) goes back: it ran ahead of the direct cost.

    paid x (reward rate - direct rate - 20/100) where that is positive; direct cost without in kind
    and without what was carried over from earlier years (GL 14.다.2).
    """
    ahead = _rate(paid, planned) - _rate(direct_spent, direct_planned) - Fraction(20, 100)
    return at_least(paid, ahead) if ahead > 0 else 0


def indirect_cut(*, spent: int, planned: int, direct_spent: int, direct_planned: int) -> int:
    """What of the indirect cost (간접비) goes back where under half of the direct cost was spent.

    indirect x (indirect rate - direct rate) where that is positive (GL 14.다.2).
    """
    direct = _rate(direct_spent, direct_planned)
    ahead = _rate(spent, planned) - direct
    return at_least(spent, ahead) if direct < Fraction(1, 2) and ahead > 0 else 0


def _rate(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)
