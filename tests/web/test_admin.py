"""Curators by the web: who gets in, what they can do there, and what readers see of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from app.analysis.gazetteer import load_gazetteer
from app.config import Settings
from app.domain.curated import proposal_key
from app.importer.containers import Limits, open_sources
from app.importer.pipeline import Importer
from app.importer.reading import Options
from app.store.engine import Store
from app.store.schema import Proposal, Story
from app.web.application import create_app
from app.web.pages import admin_entities
from app.web.sessions import COOKIE, Attempts, safe_next
from tests.support.documents import another
from tests.support.findings import address, checked_story
from tests.support.stories import store_stories
from tests.web.conftest import HOSTILE
from tests.web.test_findings import plain, story_html
from tests.web.test_pages import hrefs
from tests.web.test_templates import Outline

TOKEN = "correct horse battery staple"
STORY = checked_story(1)


def site(database_url: str, **values: object) -> TestClient:
    settings = Settings(database_url=database_url, admin_token=TOKEN, page_size=10, **values)  # type: ignore[arg-type]
    return TestClient(create_app(settings), raise_server_exceptions=False)


@pytest.fixture
def desk(database_url: str) -> Iterator[TestClient]:
    """A site with one checked story, and nobody logged in."""
    with Store(database_url) as store:
        store_stories(store, STORY)
    with site(database_url) as client:
        yield client


@pytest.fixture
def names(database_url: str, tmp_path: Path) -> Iterator[TestClient]:
    """A site with three imported stories that propose names, one of them hostile; Ada is logged in."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(another(number))
    with Store(database_url) as store:
        for _ in Importer(store, load_gazetteer(), 10).run(open_sources([str(folder)], Options(), Limits())):
            pass
        with store.write() as connection:
            connection.execute(delete(Proposal))
            rows = [("Halcyon Labs", story_id) for story_id in connection.scalars(select(Story.id))]
            rows.append((HOSTILE, rows[0][1]))
            connection.execute(
                insert(Proposal),
                [
                    {
                        "story_id": story_id,
                        "name": name,
                        "folded": proposal_key(name),
                        "kind": "lab",
                        "score": 0.8,
                        "mention_count": 4,
                        "reason": "It plans something.",
                        "evidence": f"{name} plans to sell Rover 4.",
                    }
                    for name, story_id in rows
                ],
            )
    with site(database_url) as client:
        log_in(client)
        yield client


def form_token(html: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', html)
    assert found, "no form of a session"
    return found[1]


def send(client: TestClient, page: str, path: str, /, **fields: object):  # type: ignore[no-untyped-def]
    """Send a form from a page, as a browser does."""
    fields.setdefault("csrf", form_token(client.get(page).text))
    return client.post(path, data=fields, headers={"sec-fetch-site": "same-origin"}, follow_redirects=False)


def log_in(client: TestClient, token: str = TOKEN, name: str = "Ada", **fields: object):  # type: ignore[no-untyped-def]
    return send(client, "/admin/login", "/admin/login", name=name, token=token, **fields)


def decide(client: TestClient, action: str, /, **fields: object):  # type: ignore[no-untyped-def]
    public_id = address(STORY).rpartition("/")[2]
    return send(client, "/admin", f"/admin/findings/{public_id}", action=action, **fields)


# --- who gets in -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["sqlite"])
class TestDoor:
    """Logging in and out, and everything that is refused."""

    @pytest.mark.parametrize("token", [None, "", "  "])
    def test_without_a_token_there_is_no_administration(self, desk: TestClient, database_url: str, token: str | None) -> None:
        settings = Settings(database_url=database_url, admin_token=token)  # type: ignore[arg-type]
        with TestClient(create_app(settings), raise_server_exceptions=False) as client:
            for path in ("/admin", "/admin/login", "/admin/findings", "/admin/entities/proposed", "/admin/entities/openai"):
                response = client.get(path)
                assert response.status_code == 404, path
                assert "DATELINE" not in response.text
            assert client.post("/admin/login", data={"token": ""}).status_code == 404

    def test_every_page_asks_first_and_leads_on_afterwards(self, desk: TestClient) -> None:
        for path in ("/admin", "/admin/findings?kind=value", "/admin/entities/proposed", "/admin/entities/openai"):
            answer = desk.get(path, follow_redirects=False)
            assert answer.status_code == 303 and answer.headers["location"].startswith("/admin/login?next=%2Fadmin"), path
        form = desk.get("/admin/findings?kind=value")
        next_address = unescape(re.findall(r'name="next" value="([^"]*)"', form.text)[0])
        assert log_in(desk, next=next_address).headers["location"] == "/admin/findings?kind=value"
        assert desk.get("/admin/login", follow_redirects=False).status_code == 303

    def test_the_cookie_is_for_this_site_only_and_for_no_script(self, desk: TestClient, database_url: str) -> None:
        cookie = log_in(desk).headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie and "secure" not in cookie
        with site(database_url, base_url="https://news.example") as client:
            assert "secure" in client.get("/admin/login").headers["set-cookie"].lower()

    def test_a_wrong_token_or_no_name_is_told(self, desk: TestClient) -> None:
        wrong = log_in(desk, token="Correct horse battery staple")
        assert wrong.status_code == 403 and "That is not the token." in wrong.text and 'value="Ada"' in wrong.text
        for name in ("  ", "x" * 81, "A\u202eda"):
            assert log_in(desk, name=name).status_code == 422, name
        assert desk.get("/admin", follow_redirects=False).status_code == 303

    def test_after_a_few_wrong_tokens_even_the_right_one_has_to_wait(self, desk: TestClient) -> None:
        for _ in range(5):
            assert log_in(desk, token="guess").status_code == 403
        answer = log_in(desk)
        assert answer.status_code == 429 and 0 < int(answer.headers["retry-after"]) <= 60

    def test_an_id_known_before_is_worth_nothing_after_logging_in(self, desk: TestClient, database_url: str) -> None:
        desk.get("/admin/login")
        before, token_before = desk.cookies[COOKIE], form_token(desk.get("/admin/login").text)
        log_in(desk)
        assert desk.cookies[COOKIE] != before and form_token(desk.get("/admin").text) != token_before
        with site(database_url) as other:
            other.cookies.set(COOKIE, before)
            assert other.get("/admin", follow_redirects=False).status_code == 303

    # Not the last character: some of its bits say nothing.
    @pytest.mark.parametrize(
        "change", [lambda v: v[:-2] + ("A" if v[-2] != "A" else "B") + v[-1], lambda v: "", lambda v: "x.y.z"]
    )
    def test_a_cookie_that_is_not_ours_is_no_session(self, desk: TestClient, change) -> None:  # type: ignore[no-untyped-def]
        log_in(desk)
        value = desk.cookies[COOKIE]
        desk.cookies.clear()
        desk.cookies.set(COOKIE, change(value))
        assert desk.get("/admin", follow_redirects=False).status_code == 303

    def test_another_token_ends_all_sessions(self, desk: TestClient, database_url: str) -> None:
        log_in(desk)
        settings = Settings(database_url=database_url, admin_token="another token")  # type: ignore[arg-type]
        with TestClient(create_app(settings)) as client:
            client.cookies.set(COOKIE, desk.cookies[COOKIE])
            assert client.get("/admin", follow_redirects=False).status_code == 303

    def test_a_session_ends_after_a_day_s_work(self, desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        log_in(desk)
        assert desk.get("/admin").status_code == 200
        monkeypatch.setattr("app.web.sessions.LIFETIME", -1)
        assert desk.get("/admin", follow_redirects=False).status_code == 303

    def test_a_store_that_is_busy_is_told(self, desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def busy(*arguments: object) -> None:
            raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

        log_in(desk)
        monkeypatch.setattr("app.web.pages.admin_findings.decide", busy)
        answer = decide(desk, "confirm")
        assert answer.status_code == 503 and "busy with an import" in answer.text

    def test_logging_out_forgets_the_session(self, desk: TestClient) -> None:
        log_in(desk)
        assert send(desk, "/admin", "/admin/logout").headers["location"] == "/admin/login"
        assert desk.get("/admin", follow_redirects=False).status_code == 303

    def test_logging_out_ends_a_cookie_that_somebody_copied(self, desk: TestClient, database_url: str) -> None:
        log_in(desk)
        copied, token = desk.cookies[COOKIE], form_token(desk.get("/admin").text)
        with site(database_url) as other:
            other.cookies.set(COOKIE, copied)
            assert other.get("/admin").status_code == 200
            send(desk, "/admin", "/admin/logout")
            assert other.get("/admin", follow_redirects=False).headers["location"].startswith("/admin/login")
            assert other.post("/admin/findings/x", data={"csrf": token, "action": "confirm"}).status_code == 403
            assert other.get("/admin/login", follow_redirects=False).status_code == 200
            assert 'action="/admin/findings/' not in other.get(address(STORY)).text

    def test_logging_out_ends_no_other_session(self, desk: TestClient, database_url: str) -> None:
        log_in(desk)
        with site(database_url) as other:
            log_in(other)
            send(desk, "/admin", "/admin/logout")
            assert other.get("/admin", follow_redirects=False).status_code == 200
            send(other, "/admin", "/admin/logout")
            assert other.get("/admin", follow_redirects=False).status_code == 303

    @pytest.mark.parametrize(
        "path", ["/admin/login", "/admin/logout", "/admin/findings/x", "/admin/entities/proposed", "/admin/entities/openai/merge"]
    )
    def test_a_form_without_its_token_or_from_elsewhere_is_refused(self, desk: TestClient, path: str) -> None:
        log_in(desk)
        token = form_token(desk.get("/admin").text)
        assert desk.post(path, data={"action": "confirm"}).status_code == 403
        assert desk.post(path, data={"csrf": "0" * 64}).status_code == 403
        assert desk.post(path, data={"csrf": token}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        desk.cookies.clear()
        assert desk.post(path, data={"csrf": token}).status_code == 403

    def test_what_is_no_form_of_ours_is_not_read(self, desk: TestClient) -> None:
        log_in(desk)
        assert desk.post("/admin/logout", json={"csrf": "x"}).status_code == 415
        assert desk.post("/admin/logout", data={"csrf": "x" * 70_000}).status_code == 413
        many = "&".join(f"f{number}=1" for number in range(200))
        form = {"content-type": "application/x-www-form-urlencoded"}
        assert desk.post("/admin/logout", content=many, headers=form).status_code == 400

    @pytest.mark.parametrize(
        "address",
        [
            "https://evil.example/admin",
            "//evil.example/admin",
            "/\\evil.example",
            "/admin\\@evil.example",
            "/admin//../..//evil.example#x",
            "javascript:alert(1)",
            "/admin\r\nset-cookie: a=b",
            "/adminx.evil.example",
            "admin",
        ],
    )
    def test_it_leads_nowhere_else(self, desk: TestClient, address: str) -> None:
        location = log_in(desk, next=address).headers["location"]
        assert location == "/admin" or (location.startswith("/admin/") and "evil.example#" not in location)
        assert location == safe_next(address)

    def test_what_curators_see_is_kept_nowhere(self, desk: TestClient) -> None:
        log_in(desk)
        for path in ("/admin", "/admin/login", "/admin/findings", "/admin/entities/proposed", address(STORY)):
            headers = desk.get(path, follow_redirects=False).headers
            assert (headers["cache-control"], headers["x-robots-tag"]) == ("no-store", "noindex"), path
            assert "etag" not in headers
        assert "Confirm" in desk.get(address(STORY)).text
        desk.cookies.clear()
        reader = desk.get(address(STORY))
        assert reader.headers["cache-control"] == "no-cache" and "csrf" not in reader.text


def test_patience_is_counted_by_address_and_for_a_while() -> None:
    now = [0.0]
    attempts = Attempts(most=2, seconds=60, remembered=2, clock=lambda: now[0])
    for _ in range(2):
        attempts.failed("192.0.2.1")
        attempts.failed("2001:db8::1")
    assert attempts.wait("192.0.2.1") == 61 and attempts.wait("192.0.2.2") == 0
    assert attempts.wait("2001:db8::ffff") == 61, "one subscriber has a whole network"
    now[0] = 60.5
    assert attempts.wait("192.0.2.1") == 0
    attempts.failed("not an address")
    assert len(attempts._failed) == 2, "it forgets"


# --- findings ----------------------------------------------------------------------------------------------------------


def test_a_curator_confirms_and_readers_see_it_with_date_and_note(desk: TestClient) -> None:
    log_in(desk)
    assert decide(desk, "confirm", note="The source says <b>$600 billion</b>.", next=address(STORY)).headers[
        "location"
    ] == address(STORY)
    assert "Confirmed." in desk.get(address(STORY)).text
    desk.cookies.clear()
    assert "≠ Figure differs, confirmed" in plain(story_html(desk))
    for html in (story_html(desk), desk.get(f"/stories/{STORY.public_id}/check").text, desk.get(address(STORY)).text):
        assert re.search(r"Confirmed on \d+ \w+ \d{4}: The source says &lt;b&gt;\$600 billion&lt;/b&gt;\.", plain(html))


@pytest.mark.parametrize(("action", "said"), [("confirm", "Confirmed"), ("correct", "Corrected")])
def test_without_a_note_the_source_is_quoted(desk: TestClient, action: str, said: str) -> None:
    log_in(desk)
    decide(desk, action)
    desk.cookies.clear()
    told = plain(story_html(desk).split('<ul class="rulings"')[1].split("</ul>")[0])
    assert re.search(rf"≠ Figure differs {said} on \d+ \w+ \d{{4}}: source 2 says \$600 billion$", told)


def test_that_a_story_was_corrected_is_told_once_it_is(desk: TestClient, database_url: str) -> None:
    log_in(desk)
    decide(desk, "correct", note="It was $600 billion.")
    desk.cookies.clear()
    with Store(database_url) as store:
        store_stories(store, replace(checked_story(1, figure=None), content_sha256="3" * 64))
    rulings = story_html(desk).split('<ul class="rulings"')[1].split("</ul>")[0]
    assert re.search(r"Finding Corrected on \d+ \w+ \d{4}: It was \$600 billion\.$", plain(rulings))
    assert desk.get(hrefs(rulings).pop()).status_code == 410


def test_what_was_corrected_is_listed_when_it_is_gone_too(desk: TestClient, database_url: str) -> None:
    log_in(desk)
    decide(desk, "confirm")
    with Store(database_url) as store:
        store_stories(store, replace(checked_story(1, figure=None), content_sha256="3" * 64))
    assert address(STORY) not in desk.get("/findings").text
    assert "Mark corrected" in desk.get(address(STORY)).text
    decide(desk, "correct", note="It was $600 billion.")
    desk.cookies.clear()
    html = desk.get("/findings?state=corrected").text
    assert address(STORY) in hrefs(html) and "1 finding under these filters" in plain(html)
    assert "The summary says $60 billion; source 2 says $600 billion." in plain(html) and "It was $600 billion." in html
    assert address(STORY) in hrefs(desk.get("/findings?state=corrected&kind=value&strength=strong").text)
    assert address(STORY) not in hrefs(desk.get("/findings?state=corrected&kind=quote").text)
    for form in ("atom", "csv"):
        assert address(STORY) in desk.get(f"/findings.{form}?state=corrected").text
    assert "$600 billion" in desk.get(address(STORY)).text
    log_in(desk)
    decide(desk, "reopen")
    assert address(STORY) not in hrefs(desk.get("/findings?state=corrected").text)


def test_what_is_dismissed_is_gone_for_readers_and_there_for_curators(desk: TestClient) -> None:
    log_in(desk)
    decide(desk, "dismiss", note="Two pledges.")
    page = desk.get(address(STORY))
    assert page.status_code == 200 and "Reopen" in page.text
    assert address(STORY) not in hrefs(desk.get("/admin/findings").text)
    assert address(STORY) in hrefs(desk.get("/admin/findings?state=dismissed").text)
    log = desk.get("/admin").text
    assert "Finding dismissed" in log and "Ada: Two pledges." in plain(log)
    desk.cookies.clear()
    assert desk.get(address(STORY)).status_code == 410
    log_in(desk)
    decide(desk, "reopen")
    desk.cookies.clear()
    assert desk.get(address(STORY)).status_code == 200


@pytest.mark.parametrize("action", ["confirm", "dismiss", "reopen"])
def test_from_a_finding_the_way_to_the_desk_leads_to_where_it_lies(desk: TestClient, action: str) -> None:
    log_in(desk)
    decide(desk, action)
    (way,) = {href for href in hrefs(desk.get(address(STORY)).text) if href.startswith("/admin/findings?")}
    queue = [href for href in hrefs(desk.get(way).text) if href.startswith("/findings/")]
    assert queue[0] == address(STORY)


def test_a_decision_on_nothing_is_told(desk: TestClient) -> None:
    log_in(desk)
    assert decide(desk, "gossip").status_code == 400
    assert send(desk, "/admin", "/admin/findings/nosuchid00", action="confirm").status_code == 404


# --- names -------------------------------------------------------------------------------------------------------------


def test_the_queue_shows_names_with_their_evidence_and_escapes_them(names: TestClient) -> None:
    html = names.get("/admin/entities/proposed").text
    assert "<script>alert" not in html and "1554" not in html
    first, second = html.split('<article class="proposed">')[1:]
    assert "Halcyon Labs" in first and "3 stories" in plain(first) and "It plans something." in first
    assert "&lt;script&gt;" in second
    elements = Outline(html).elements
    assert [tag for tag, _ in elements].count("h1") == 1 and not any("style" in attributes for _, attributes in elements)
    assert names.get("/admin/entities/proposed?after=nowhere").status_code == 400


def test_accepting_a_name_puts_it_into_every_story_at_once(names: TestClient) -> None:
    assert names.get("/entities/halcyon").status_code == 404
    answer = send(
        names,
        "/admin/entities/proposed",
        "/admin/entities/proposed",
        proposed="Halcyon Labs",
        name="Halcyon",
        kind="company",
        aliases="Halcyon Labs\r\n\r\n",
        action="accept",
    )
    assert answer.status_code == 303
    assert "Done; 3 stories analysed again." in names.get(answer.headers["location"]).text
    page = names.get("/entities/halcyon")
    assert page.status_code == 200 and "Named in 3 stories" in plain(page.text) and "also Halcyon Labs" in plain(page.text)
    assert ">Halcyon Labs</h2>" not in names.get("/admin/entities/proposed").text
    assert "Halcyon Labs" in plain(names.get("/admin/entities/halcyon").text.split('id="split"')[1])


def test_a_rejected_name_leaves_the_queue_and_a_refused_one_stays_with_the_reason(names: TestClient) -> None:
    queue = "/admin/entities/proposed"
    refused = send(names, queue, queue, proposed="Halcyon Labs", name="OpenAI", kind="lab", action="accept")
    assert refused.status_code == 422 and "openai is the address of OpenAI" in plain(refused.text)
    assert "Halcyon Labs" in refused.text
    assert send(names, queue, queue, proposed=HOSTILE, action="reject", note=HOSTILE).status_code == 303
    html = names.get("/admin").text
    assert "rejected" in html and "<script>alert" not in html
    assert send(names, queue, queue, proposed="Halcyon Labs", action="gossip").status_code == 400


def test_a_merge_shows_what_it_changes_before_it_is_made(names: TestClient) -> None:
    queue = "/admin/entities/proposed"
    send(names, queue, queue, proposed="Halcyon Labs", name="Halcyon Labs", kind="lab", action="accept")
    here = "/admin/entities/halcyon-labs"
    unknown = send(names, here, f"{here}/merge", into="nobody")
    assert unknown.status_code == 422 and "nobody" in unknown.text
    preview = send(names, here, f"{here}/merge", into="OpenAI", note="One company.")
    assert preview.status_code == 200 and "3 stories will be analysed again." in plain(preview.text)
    assert names.get("/entities/halcyon-labs", follow_redirects=False).status_code == 200
    made = send(names, here, f"{here}/merge", into="openai", note="One company.", confirmed="yes")
    assert made.headers["location"] == "/admin/entities/openai"
    history = plain(names.get("/admin/entities/openai").text)
    assert "Halcyon Labs merged into OpenAI Ada: One company." in history
    moved = names.get("/entities/halcyon-labs?order=oldest", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, "/entities/openai?order=oldest")
    for form in ("json", "atom", "csv", "ics"):
        moved = names.get(f"/entities/halcyon-labs.{form}?type=launch", follow_redirects=False)
        assert (moved.status_code, moved.headers["location"]) == (308, f"/entities/openai.{form}?type=launch")
    assert names.get(here, follow_redirects=False).headers["location"] == "/admin/entities/openai"
    narrowed = names.get("/timeline?entity=halcyon-labs&type=launch", follow_redirects=False)
    assert narrowed.headers["location"] == "/timeline?entity=openai&type=launch"
    assert (
        names.get("/compare?entity=halcyon-labs&entity=openai", follow_redirects=False)
        .headers["location"]
        .endswith("entity=openai")
    )
    for path in ("/search?q=entity:halcyon-labs", "/findings?entity=halcyon-labs"):
        response = names.get(path)
        assert response.status_code == 200 and "Nothing" not in response.text and "unknown: " not in response.text, path


def test_rename_retype_and_split_by_form(names: TestClient) -> None:
    here = "/admin/entities/openai"
    renamed = send(names, here, f"{here}/rename", name="Open Research")
    assert renamed.headers["location"] == "/admin/entities/open-research"
    here = renamed.headers["location"]
    send(names, here, f"{here}/retype", kind="company")
    assert send(names, here, f"{here}/retype", kind="planet").status_code == 422
    split = send(names, here, f"{here}/split", names=["OpenAI"], kind="lab")
    assert split.headers["location"] == "/admin/entities/openai", "the old address is an entity's again"
    assert "Named in 3 stories" in plain(names.get("/entities/openai").text)
    assert send(names, here, f"{here}/sing").status_code == 404


def test_what_takes_longer_goes_on_behind(names: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin_entities, "AT_ONCE", 1)
    queue = "/admin/entities/proposed"
    answer = send(names, queue, queue, proposed="Halcyon Labs", name="Halcyon Labs", kind="lab", action="accept")
    assert "3 stories are being analysed again" in names.get(answer.headers["location"]).text
    assert "Named in 3 stories" in plain(names.get("/entities/halcyon-labs").text)
    assert "waiting" not in names.get("/admin").text


def test_names_are_found_and_suggested(names: TestClient) -> None:
    assert "/admin/entities/openai" in hrefs(names.get("/admin/entities?name=opena").text)
    assert '<option value="openai">' in names.get("/admin/entities/suggest?into=OpenA").text
    assert "No name begins like that." in names.get("/admin/entities?name=zzzz").text
