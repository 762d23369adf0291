"""What every search and every matching uses: the index, the text model, the terms of art.

Each is opened once in a process, as the settings say.
"""

from functools import cache
from importlib.metadata import version

from django.conf import settings

from dure.engines.matching import Lexicon
from dure.foundation import searchindex, vocabularies
from dure.foundation.embedding import CachedEmbedder, embedder_named

COLUMNS = {
    "side": searchindex.Kind.TEXT,
    "visibility": searchindex.Kind.TEXT,
    "organisation": searchindex.Kind.NUMBER,
    "field": searchindex.Kind.TEXT,
}
ANALYSER = f"kiwi {version('kiwipiepy')}, words 3"


@cache
def embedder() -> CachedEmbedder:
    """The text model of this process; vectors are kept by content under the home folder."""
    return CachedEmbedder(embedder_named(settings.DURE_EMBEDDER), settings.HOME / "vectors.sqlite")


@cache
def index() -> "searchindex.LanceIndex":
    """The search index, opened once in each process."""
    model = embedder()
    return searchindex.LanceIndex(
        settings.DURE_INDEX,
        model_id=model.model_id,
        dimension=model.dimension,
        columns=COLUMNS,
        analyser_id=ANALYSER,
    )


@cache
def lexicon() -> Lexicon:
    """The terms of art in both languages."""
    return Lexicon(vocabularies.terms())
