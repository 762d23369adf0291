"""A run, a case and a question, for the test of routes."""


def things(cast, world):
    made = cast.project("P-44")
    cast.claimed_twice(made)
    run = cast.screening()
    place = run.places.get(project=made)
    case = cast.audit_case(made)
    question = cast.audit_question(case, place.findings.get(signal="same_evidence"))
    of_files = cast.screened_files()
    return {"place_id": place.pk, "case_id": case.pk, "question_id": question.pk,
            "rules_id": cast.drafted_rules().pk, "screening:change_rules:signal": "cash",
            "file_run_id": of_files.run_id, "file_place_id": of_files.pk}  # fmt: skip
