"""The addresses of the catalogue; needs and technologies have the same pages."""

from django.urls import URLPattern, path

from dure.apps.catalog.presenters.kinds import KINDS, EntryPages
from dure.apps.catalog.views import (
    agreements,
    detail,
    duplicates,
    editing,
    imports,
    lists,
    questions,
    review,
    search,
    searches,
)

app_name = "catalog"

PAGES = {
    "list": ("", lists.entry_list),
    "export": ("export/", lists.export),
    "new": ("new/", editing.enter),
    "begin": ("new/questions/", questions.begin),
    "review": ("review/", review.review),
    "publish": ("review/publish/", review.publish),
    "return": ("review/return/", review.return_to_owners),
    "undo": ("review/undo/", review.undo),
    "detail": ("<int:pk>/", detail.entry_detail),
    "edit": ("<int:pk>/edit/", editing.edit),
    "questions": ("<int:pk>/questions/", questions.questions),
    "question": ("<int:pk>/questions/<slug:name>/", questions.question),
    "move": ("<int:pk>/move/", editing.move),
    "ask": ("<int:pk>/nda/", agreements.ask),
    "sheet": ("<int:pk>/request-sheet/", agreements.ask_in_writing),
    "attach": ("<int:pk>/attachments/", detail.attach),
    "attachment": ("<int:pk>/attachments/<int:attachment_id>/", detail.attachment),
    "detach": ("<int:pk>/attachments/<int:attachment_id>/delete/", detail.detach),
}


def pages_of(kind: EntryPages) -> list[URLPattern]:
    """The pages of needs or of technologies, named `need_list`, `technology_list` and so on."""
    return [
        path(f"{kind.path}/{route}", view, {"kind": kind.path}, name=f"{kind.name}_{page}")
        for page, (route, view) in PAGES.items()
    ]


urlpatterns = [
    path("needs/similar/", editing.similar, name="similar"),
    path("branches/", editing.branches, name="branches"),
    path("fields/", editing.fields, name="fields"),
    path("needs/duplicates/", duplicates.duplicates, name="duplicates"),
    path("needs/duplicates/<int:pk>/", duplicates.answer, name="answer_duplicate"),
    path("needs/duplicates/<int:pk>/undo/", duplicates.undo, name="undo_duplicate"),
    *(pattern for kind in KINDS.values() for pattern in pages_of(kind)),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggest, name="suggest"),
    path("searches/", searches.searches, name="searches"),
    path("searches/save/", searches.save, name="search_save"),
    path("searches/<int:pk>/rename/", searches.rename, name="search_rename"),
    path("searches/<int:pk>/delete/", searches.delete, name="search_delete"),
    path("import/document/", imports.document, name="document"),
    path(
        "import/technology-document/",
        imports.technology_document,
        name="technology_document",
    ),
    path("import/job/<uuid:pk>/", imports.import_job, name="import_job"),
    path("import/job/<uuid:pk>/confirm/", imports.confirm, name="confirm_import"),
    path("import/<slug:sheet>/", imports.import_page, name="import"),
    path("import/<slug:sheet>/template/", imports.import_template, name="import_template"),
    path("import/<slug:sheet>/upload/", imports.upload, name="upload"),
]
