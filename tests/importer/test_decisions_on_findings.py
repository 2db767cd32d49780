"""What people decide on findings outlives everything that is done to their stories."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.analysis.gazetteer import load_gazetteer
from app.domain.curation import Action, Decision, Subject
from app.domain.findings import FindingKind, FindingState
from app.importer.containers import Limits, open_sources
from app.importer.curating import accept, decide
from app.importer.interchange import as_line, decision_as_line
from app.importer.pipeline import Importer
from app.importer.reading import Options
from app.importer.reanalysis import Reanalysis
from app.store import finding_decisions
from app.store.curation import decisions
from app.store.engine import Store
from app.store.findings import FindingFilter, FindingRow, counts, findings
from app.store.revisions import all_stories, forget_analyses
from tests.importer.test_importing import migrated
from tests.support.documents import VARIANT_B, with_front_matter

#: The summary says ten times what its source says.
DOCUMENT = VARIANT_B.replace("technology\n", "").replace(
    "The company raised $4.2 billion in October 2025\n2", "The company raised $42 billion in October 2025\n2"
)


def import_text(store: Store, tmp_path: Path, text: str) -> None:
    (tmp_path / "story.txt").write_text(with_front_matter(text, id="'7'", published="2025-11-20"))
    for _ in Importer(store, load_gazetteer(), 5).run(open_sources([str(tmp_path / "story.txt")], Options(), Limits())):
        pass


def values(store: Store, *states: FindingState) -> list[FindingRow]:
    with store.read() as connection:
        wanted = FindingFilter(kinds=(FindingKind.VALUE.value,), states=states or tuple(FindingState))
        found = list(findings(connection, wanted, 100))
        assert sum(count.findings for count in counts(connection, wanted)) == len(found)
        return found


def decided(store: Store, action: Action) -> str:
    (row,) = [row for row in values(store) if "$42 billion" in row.sentence[row.start : row.end]]
    decision = Decision(
        action, Subject.FINDING, row.public_id, "Ada", datetime(2025, 12, 20, tzinfo=UTC), note="It says $4.2 billion."
    )
    with store.write() as connection:
        assert finding_decisions.decide(connection, decision)
    return row.public_id


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.CONFIRM, FindingState.CONFIRMED),
        (Action.DISMISS, FindingState.DISMISSED),
        (Action.CORRECT, FindingState.CORRECTED),
    ],
)
def test_a_decision_outlives_imports_reanalysis_and_revisions(
    store: Store, tmp_path: Path, action: Action, state: FindingState
) -> None:
    import_text(store, tmp_path, DOCUMENT)
    finding_id = decided(store, action)

    def is_kept(after: str) -> None:
        assert [row.public_id for row in values(store, state)] == [finding_id], after
        assert finding_id not in [row.public_id for row in values(store, FindingState.OPEN)], after

    is_kept("the decision")
    import_text(store, tmp_path, DOCUMENT)
    is_kept("the same document again")
    import_text(store, tmp_path, DOCUMENT.replace("It had been open for years.", "It had been open for ten years."))
    is_kept("a revision that says the same in this sentence")
    with store.write() as connection:
        forget_analyses(connection, [])
    assert list(Reanalysis(store, load_gazetteer(), 5).run()) == [1]
    is_kept("reanalysis")
    decide(store, load_gazetteer(), accept("Halcyon Labs", "Ada", kind="lab"))
    is_kept("a decision on a name of the story")
    import_text(store, tmp_path, DOCUMENT.replace("$42 billion", "$4.2 billion"))
    assert [row.public_id for row in values(store)] == [], "the document was mended"
    import_text(store, tmp_path, DOCUMENT.replace("It had been open for years.", "It had been open for long."))
    is_kept("the mistake is back")
    with store.read() as connection:
        assert [made.action for made in decisions(connection, Subject.FINDING)] == [action]


def test_a_correction_is_known_where_its_finding_never_was(store: Store, tmp_path: Path) -> None:
    import_text(store, tmp_path, DOCUMENT)
    finding_id = decided(store, Action.CORRECT)
    import_text(store, tmp_path, DOCUMENT.replace("$42 billion", "$4.2 billion"))
    with store.read() as connection:
        lines = [*map(decision_as_line, decisions(connection)), *map(as_line, all_stories(connection))]
    file = tmp_path / "stories.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with migrated(f"sqlite:///{tmp_path / 'other.db'}") as other:
        for _ in Importer(other, load_gazetteer(), 5).run(open_sources([str(file)], Options(), Limits())):
            pass
        for somewhere in (store, other):
            with somewhere.read() as connection:
                (gone,) = finding_decisions.mended(connection, FindingFilter())
            assert gone.decision.subject_id == finding_id and "$42 billion" in gone.decision.details["reason"]
