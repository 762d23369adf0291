"""An agreement, for the test of routes."""


def things(cast, world):
    return {"ndas:": cast.nda(cast.need(title="비공개 수요", visibility="TEASER")).pk}
