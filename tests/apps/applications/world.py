"""Applications in several states, for the test of routes."""


def things(cast, world):
    draft = cast.draft_application()
    return {"applications:": draft.pk}
