"""A royalty that is billed, for the test of routes."""


def things(cast, world):
    royalty = cast.royalty("P-78")
    cast.reported(royalty)
    return {
        "royalties:": royalty.pk,
    }
