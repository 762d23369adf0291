import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.assigning import (
    Application,
    Impossible,
    Instance,
    PanelRules,
    Reviewer,
    check_panels,
    form_panels,
)
from tests.engines.assigning.instances import relaxed


@st.composite
def pools(draw):
    """Twelve reviewers in two fields and up to eight applications, with a few conflicts."""
    reviewers = tuple(
        Reviewer(f"R{n}", kinds=frozenset({"law"} if n % 4 == 0 else ())) for n in range(12)
    )
    applications = tuple(Application(f"A{n}", 0) for n in range(draw(st.integers(2, 8))))
    pairs = st.tuples(
        st.sampled_from([reviewer.id for reviewer in reviewers]),
        st.sampled_from([application.id for application in applications]),
    )
    fit = draw(st.dictionaries(pairs, st.integers(0, 100)))
    return Instance(reviewers, applications, fit, draw(st.frozensets(pairs, max_size=5)))


@relaxed
@given(pools())
def test_panels_keep_their_rules(pool):
    rules = PanelRules(panels=2, members=5, least=3, needs={"law": 1})
    try:
        panels = form_panels(pool, rules)
    except Impossible:
        return

    assert check_panels(pool, rules, panels) == ()


def test_members_sit_where_their_field_is_and_challenges_stay_together():
    reviewers = tuple(Reviewer(f"R{n}") for n in range(6))
    applications = tuple(Application(f"A{n}", 0) for n in range(4))
    fit = {(f"R{n}", f"A{m}"): 9 for n in range(6) for m in range(4) if n % 2 == m // 2}
    rules = PanelRules(2, 3, 3, same={"A0": "c1", "A1": "c1", "A2": "c2", "A3": "c2"})

    panels = form_panels(Instance(reviewers, applications, fit), rules)

    assert {(panel.members, panel.applications) for panel in panels} == {
        (("R0", "R2", "R4"), ("A0", "A1")),
        (("R1", "R3", "R5"), ("A2", "A3")),
    }


def test_an_application_that_too_few_may_read_moves_to_another_panel():
    reviewers = tuple(Reviewer(f"R{n}") for n in range(4))
    applications = (Application("A0", 0), Application("A1", 0))
    conflicts = frozenset({("R0", "A0"), ("R1", "A0")})
    instance = Instance(reviewers, applications, {("R0", "A0"): 9, ("R1", "A0"): 9}, conflicts)

    panels = form_panels(instance, PanelRules(2, 2, 2))

    home = next(panel for panel in panels if "A0" in panel.applications)
    assert home.members == ("R2", "R3")


def test_panels_without_enough_people_are_impossible():
    with pytest.raises(Impossible):
        form_panels(Instance((Reviewer("R0"),), (Application("A0", 0),)), PanelRules(1, 5, 5))
