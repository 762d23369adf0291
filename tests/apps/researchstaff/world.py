"""A researcher whom a firm asks, for the test of all routes."""


def things(cast, world):
    candidate = cast.asked_researcher("reviewer")
    return {"researchstaff:": candidate.pk}
