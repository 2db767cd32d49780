"""Where documents come from: what is found, in which order, under which name, and what is refused."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import tarfile
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.documents import ParseError
from app.importer.containers import Found, Limits, NoDocuments, Sources, Unreadable, open_sources
from app.importer.reading import Options, read_document
from tests.support.documents import VARIANT_B, another

LIMITS = Limits(max_document_bytes=100_000, max_archive_bytes=1_000_000, max_archive_members=50)


def sources(*paths: Path | str, limits: Limits = LIMITS, stdin: bytes | None = None, options: Options | None = None) -> Sources:
    stream = io.BytesIO(stdin) if stdin is not None else None
    return open_sources([str(path) for path in paths], options or Options(), limits, stream)


def names(*paths: Path | str, **given: object) -> list[str]:
    return [item.raw.name if isinstance(item, Found) else f"{item.name} ({item.code})" for item in sources(*paths, **given)]  # type: ignore[arg-type]


def below(root: Path, *paths: Path | str, **given: object) -> list[str]:
    return [name.removeprefix(f"{root}/") for name in names(*(paths or (root,)), **given)]


def tar(path: Path, files: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_directory_is_read_recursively_in_the_order_of_names(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.md",
        "a/a.json",
        "c.html",
        ".hidden/x.txt",
        "a/.x.txt",
        "README.md",
        "picture.png",
        "a/LICENSE.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = sources(tmp_path)
    assert [Path(item.raw.name).name for item in found if isinstance(item, Found)] == ["a.json", "z.md", "b.txt", "c.html"]
    assert (found.files, found.size, found.read) == (4, 4, 4)
    assert found.skipped == {".md": 1, ".png": 1, ".txt": 1}


def test_nothing_is_read_twice(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text("x")
    (tmp_path / "b.txt").write_text("x")
    assert below(tmp_path, tmp_path / "inner", tmp_path, tmp_path / "b.txt") == ["inner/a.txt", "b.txt"]


def test_globs_and_named_files(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt", "three.md", "odd.name"):
        (tmp_path / name).write_text("x")
    assert below(tmp_path, f"{tmp_path}/*.txt") == ["one.txt", "two.txt"]
    assert below(tmp_path, tmp_path / "odd.name") == ["odd.name"]


@pytest.mark.parametrize("given", ["nowhere", "nowhere/*.txt", "{folder}"])
def test_paths_without_documents(tmp_path: Path, given: str) -> None:
    with pytest.raises(NoDocuments):
        sources(given.format(folder=tmp_path))


def test_standard_input_is_a_document_or_an_archive() -> None:
    assert names("-", stdin=b"a document") == ["standard input"]
    assert names("-", stdin=zipped({"a.txt": b"x", "b.txt": b"y"})) == ["standard input/a.txt", "standard input/b.txt"]
    assert names("-", stdin=b'{"a": 1}\n{"b": 2}\n') == ["standard input:1", "standard input:2"]
    assert names("-", stdin=b'{"a": 1,\n"b": 2}\n') == ["standard input"]
    story = b'{"dateline":1,"text":"%s"}\n' % (b"x" * 70_000)
    assert names("-", stdin=2 * story) == ["standard input:1", "standard input:2"]


def test_a_pipe_that_gives_little_at_a_time_is_told_as_a_file_is() -> None:
    line = b'{"a": "%s"}\n' % (b"x" * 20_000)
    taken, given = os.pipe()

    def write() -> None:
        with open(given, "wb", buffering=0) as pipe:
            for start in range(0, 2 * len(line), 5_000):
                pipe.write((2 * line)[start : start + 5_000])
                time.sleep(0.01)

    writer = threading.Thread(target=write)
    writer.start()
    with open(taken, "rb") as stream:
        found = [item.raw.name for item in open_sources(["-"], Options(), LIMITS, stream) if isinstance(item, Found)]
    writer.join()
    assert found == ["standard input:1", "standard input:2"]


def test_a_sidecar_without_its_document_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "a.txt.meta.yaml", "b.md", "b.meta.yaml", "c.tx.meta.yaml"):
        (tmp_path / name).write_text("title: x")
    assert sources(tmp_path).skipped == {"c.tx.meta.yaml without its document": 1}


def test_compressed_files_are_told_by_their_first_bytes(tmp_path: Path) -> None:
    for name, pack in (("a.txt.gz", gzip.compress), ("b.txt.bz2", bz2.compress), ("c.txt.xz", lzma.compress)):
        (tmp_path / name).write_bytes(pack(VARIANT_B.encode()))
    found = list(sources(tmp_path))
    assert [item.raw.content for item in found if isinstance(item, Found)] == [VARIANT_B.encode()] * 3


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_archives(tmp_path: Path, mode: str) -> None:
    path = tar(tmp_path / "dump.tar", {"z/a.txt": b"1", "b.txt": b"2", "pic.png": b"3"}, mode)
    found = sources(path)
    assert [item.raw.name.removeprefix(f"{path}/") for item in found if isinstance(item, Found)] == ["z/a.txt", "b.txt"]
    assert found.skipped == {".png": 1}


def test_a_zip_is_read_in_the_order_of_names_whatever_the_order_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.txt": b"2", "a.txt": b"1", "__MACOSX/._a.txt": b"x"}))
    assert below(tmp_path) == ["a.zip/a.txt", "a.zip/b.txt"]


def test_archives_within_archives_to_a_depth(tmp_path: Path) -> None:
    inner = zipped({"a.txt": b"1"})
    (tmp_path / "a.zip").write_bytes(zipped({"inner.zip": inner, "t.txt.gz": gzip.compress(b"2")}))
    assert below(tmp_path) == ["a.zip/inner.zip/a.txt", "a.zip/t.txt.gz"]
    for _ in range(4):
        inner = zipped({"inner.zip": inner})
    (tmp_path / "a.zip").write_bytes(inner)
    (found,) = list(sources(tmp_path))
    assert isinstance(found, Unreadable) and found.code == "nested-archive"


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "/etc/passwd.txt", "a\\..\\b.txt", "a/\x1b[31m.txt"])
def test_names_in_archives_are_only_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({name: b"1"}))
    tar(tmp_path / "b.tar", {name: b"1"})
    before = sorted(tmp_path.rglob("*"))
    assert len(names(tmp_path)) == 2
    assert sorted(tmp_path.rglob("*")) == before


def test_links_and_devices_in_a_tar_are_no_documents(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for name, kind in (("link.txt", tarfile.SYMTYPE), ("hard.txt", tarfile.LNKTYPE), ("device.txt", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert names(tmp_path) == []


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.zip").write_bytes(zipped({f"{number}.txt": bytes(90_000) for number in range(20)}))
    found = list(sources(tmp_path))
    assert isinstance(found[-1], Unreadable) and found[-1].code == "archive-too-large"
    assert "DATELINE_MAX_ARCHIVE_BYTES" in found[-1].message
    (tmp_path / "bomb.zip").unlink()
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(bytes(5_000_000)))
    (bomb,) = list(sources(tmp_path))
    assert isinstance(bomb, Unreadable) and bomb.code == "archive-too-large"


def test_too_many_members(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({f"{number}.txt": b"" for number in range(60)}))
    (found,) = list(sources(tmp_path))
    assert isinstance(found, Unreadable) and "DATELINE_MAX_ARCHIVE_MEMBERS" in found.message


def test_a_document_over_the_limit_is_named_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 100_001)
    (tmp_path / "b.txt").write_bytes(b"x" * 100_000)
    large, fits = list(sources(tmp_path))
    assert isinstance(large, Unreadable) and (large.code, large.size) == ("too-large", 100_001)
    assert "DATELINE_MAX_DOCUMENT_BYTES" in large.message
    assert isinstance(fits, Found)


def test_a_damaged_archive_gives_what_can_be_read_of_it(tmp_path: Path) -> None:
    whole = tar(tmp_path / "a.tar.gz", {f"{n}.txt": another(n).encode() * 20 for n in range(3)}, "w:gz").read_bytes()
    (tmp_path / "a.tar.gz").write_bytes(whole[: len(whole) // 2])
    found = list(sources(tmp_path))
    assert isinstance(found[-1], Unreadable) and found[-1].code == "damaged-archive"
    (tmp_path / "a.tar.gz").write_bytes(b"PK\x03\x04 not a zip at all")
    (bad,) = list(sources(tmp_path))
    assert isinstance(bad, Unreadable) and bad.code == "damaged-archive"


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"1", "b.txt": b"2"}))
    content[6] |= 1  # the flag in the member's own header
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1  # and in the directory
    (tmp_path / "a.zip").write_bytes(bytes(content))
    assert below(tmp_path) == ["a.zip/a.txt (encrypted)", "a.zip/b.txt"]


def test_json_lines_are_a_document_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"a": 1}\n\n{"b": 2}\r\n' + b'{"c": "' + b"x" * 100_001 + b'"}\n{"d": 4}')
    found = list(sources(tmp_path))
    assert [item.raw.content if isinstance(item, Found) else item.code for item in found] == [
        b'{"a": 1}',
        b'{"b": 2}',
        "too-large",
        b'{"d": 4}',
    ]
    assert [Path(item.raw.name).name if isinstance(item, Found) else "" for item in found] == [
        "a.jsonl:1",
        "a.jsonl:3",
        "",
        "a.jsonl:5",
    ]


@pytest.mark.parametrize("name", ["a.txt.meta.yaml", "a.meta.yaml"])
def test_a_sidecar_adds_what_is_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    (tmp_path / name).write_text("title: Said beside it\npublished: 2025-11-20\n")
    (tmp_path / "z.zip").write_bytes(zipped({"a.txt": VARIANT_B.encode(), name: b"title: Said in the archive\n"}))
    tar(tmp_path / "t.tar", {"a.txt": VARIANT_B.encode(), name: b"title: Said in the tar\n"})
    titles = [read_document(item.raw)[0].title.text for item in sources(tmp_path) if isinstance(item, Found)]
    assert titles == ["Said beside it", "Said in the tar", "Said in the archive"]
    (alone,) = [item for item in sources(tmp_path / "a.txt") if isinstance(item, Found)]
    published = read_document(alone.raw)[0].published
    assert published is not None and (published.interval.edtf, published.source) == ("2025-11-20", "sidecar")


def test_what_is_wrong_in_a_sidecar_is_said_of_the_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    (tmp_path / "a.txt.meta.yaml").write_text("title: One\npublished: [\n")
    (found,) = sources(tmp_path)
    assert isinstance(found, Found)
    with pytest.raises(ParseError) as error:
        read_document(found.raw)
    assert (error.value.code, error.value.line) == ("sidecar", None)
    assert error.value.message.startswith("its sidecar, line ")


def test_a_link_that_leads_nowhere_is_a_document_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    (item,) = sources(tmp_path)
    assert isinstance(item, Unreadable)
    message = f"a link to {tmp_path / 'gone'}, where nothing is: mend the link, or remove it"
    assert (Path(item.name).name, item.code, item.message) == ("a.txt", "unreadable", message)


def test_the_command_line_wins_over_a_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    (tmp_path / "a.txt.meta.yaml").write_text("title: Said beside it\ncategory: Policy\n")
    (found,) = sources(tmp_path, options=Options(title="Said on the command line"))
    assert isinstance(found, Found)
    (story,) = read_document(found.raw)
    assert (story.title.text, story.category) == ("Said on the command line", "Policy")


def warc(pages: list[tuple[str, str, str, bytes]], compressed: bool = True) -> bytes:
    records: list[bytes] = []
    for address, status, kind, content in pages:
        response = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        said = f"WARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(response)}"
        records.append(b"WARC/1.0\r\n" + said.encode() + b"\r\n\r\n" + response + b"\r\n\r\n")
    return b"".join(map(gzip.compress, records) if compressed else records)


def test_a_web_archive_gives_its_pages_with_their_addresses(tmp_path: Path) -> None:
    page = "<!doctype html><p>Café</p>"
    content = warc(
        [
            ("https://a.example/one", "200 OK", "text/html; charset=utf-8", page.encode()),
            ("https://a.example/two", "200 OK", "text/html; charset=iso-8859-1", page.encode("latin-1")),
            ("https://a.example/gone", "404 Not Found", "text/html", b"<p>gone</p>"),
            ("https://a.example/picture", "200 OK", "image/png", b"\x89PNG"),
        ]
    )
    for name in ("a.warc.gz", "b.warc"):
        (tmp_path / name).write_bytes(content if name.endswith("gz") else gzip.decompress(content))
    found = [item.raw for item in sources(tmp_path) if isinstance(item, Found)]
    assert [Options.from_json(raw.hints).url for raw in found] == ["https://a.example/one", "https://a.example/two"] * 2
    assert [Options.from_json(raw.hints).encoding for raw in found] == ["utf-8", "iso-8859-1"] * 2


TWO_PAGES = [(f"https://a.example/{n}", "200 OK", "text/html", f"<p>Page {n}</p>".encode() * 20) for n in (1, 2)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_web_archive_that_is_cut_gives_its_whole_pages_and_says_so(tmp_path: Path, name: str) -> None:
    first, whole = (warc(pages, name.endswith("gz")) for pages in (TWO_PAGES[:1], TWO_PAGES))
    for length in range(5, len(whole), 3):
        (tmp_path / name).write_bytes(whole[:length])
        *found, last = [*sources(tmp_path)]
        if isinstance(last, Found):
            # All that is cut is what parts records.
            assert any(end - 4 <= length <= end for end in (len(first), len(whole))) and (
                length == len(first) or name == "a.warc"
            )
            found.append(last)
        else:
            assert last.code == "damaged-archive"
            # One byte of what comes next looks like a wrong checksum.
            assert found or length <= len(first) + 1
        assert [item.raw.content for item in found if isinstance(item, Found)] == [page[3] for page in TWO_PAGES[: len(found)]]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_after_a_damaged_web_archive_the_rest_is_read(tmp_path: Path, name: str) -> None:
    whole = warc(TWO_PAGES, name.endswith("gz"))
    (tmp_path / "b.txt").write_text(VARIANT_B)
    for place in range(12, len(whole), 11):
        (tmp_path / name).write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        *found, last = sources(tmp_path)
        assert isinstance(last, Found) and last.raw.name.endswith("b.txt")
        assert {item.code for item in found if isinstance(item, Unreadable)} <= {"damaged-archive"}
        if name == "a.warc.gz":
            # It has sums to tell by.
            assert {item.raw.content for item in found if isinstance(item, Found)} <= {page[3] for page in TWO_PAGES}


def rows(columns: list[str], *values: list[str]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, escapechar="\\")
    writer.writerow(columns)
    writer.writerows(values)
    return buffer.getvalue().encode()


INCIDENTS = rows(
    ["_id", "incident_id", "date", "reports", "Alleged deployer of AI system", "description", "title"],
    ["a", "1", "2025-03-04", "[12,11]", '["halcyon"]', "A robot of Halcyon's fell.", "Robot falls"],
    ["b", "2", "2025-03-05", "[13]", '["halcyon"]', "Another fell.", "Another robot falls"],
)
REPORTS = rows(
    ["report_number", "title", "text", "url", "source_domain", "date_published", "authors"],
    ["11", 'It "fell"', "A long,\nlong text with a \\ in it.", "https://a.example/11", "a.example", "2025-03-04", "Jo Doe"],
    ["12", "Fell again", "Text.", "https://a.example/12", "a.example", "2025-03-05", ""],
    ["99", "Unrelated", "Text.", "https://a.example/99", "a.example", "2025-03-05", ""],
)


@pytest.mark.parametrize("packed", [False, True])
def test_a_snapshot_of_incidents_is_a_document_an_incident(tmp_path: Path, packed: bool) -> None:
    if packed:
        tar(
            tmp_path / "snapshot.tar.bz2",
            {"db/reports.csv": REPORTS, "db/incidents.csv": INCIDENTS, "db/taxa.csv": b"x"},
            "w:bz2",
        )
    else:
        (tmp_path / "incidents.csv").write_bytes(INCIDENTS)
        (tmp_path / "reports.csv").write_bytes(REPORTS)
    found = [item.raw for item in sources(tmp_path) if isinstance(item, Found)]
    assert [raw.name.rpartition("#")[2] for raw in found] == ["1", "2"]
    first = json.loads(found[0].content)
    assert [report["report_number"] for report in first["reports"]] == ["12", "11"]
    assert first["reports"][1]["text"] == "A long,\nlong text with a \\ in it."
    (story,) = read_document(found[0])
    assert (story.id, len(story.sources)) == ("aiid:1", 2)
    (other,) = read_document(found[1])
    assert "missing-report" in {warning.code for warning in other.warnings}


@pytest.mark.parametrize(
    "named", [["reports.csv", "incidents.csv"], ["incidents.csv", "reports.csv"], ["reports.csv"], ["*.csv"]]
)
def test_either_half_of_a_snapshot_stands_for_both(tmp_path: Path, named: list[str]) -> None:
    (tmp_path / "incidents.csv").write_bytes(INCIDENTS)
    (tmp_path / "reports.csv").write_bytes(REPORTS)
    assert below(tmp_path, *(tmp_path / name for name in named)) == ["incidents.csv#1", "incidents.csv#2"]


@pytest.mark.parametrize(("there", "missing"), [("incidents.csv", "reports.csv"), ("reports.csv", "incidents.csv")])
def test_half_a_snapshot_says_what_is_missing(tmp_path: Path, there: str, missing: str) -> None:
    (tmp_path / there).write_bytes(INCIDENTS)
    (item,) = sources(tmp_path / there)
    assert isinstance(item, Unreadable) and item.code == "incomplete-snapshot"
    assert f"{missing} has to stand beside it" in item.message


def test_incidents_without_their_reports_are_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "incidents.csv").write_bytes(INCIDENTS)
    tar(tmp_path / "b.tar", {"db/incidents.csv": INCIDENTS})
    assert below(tmp_path) == ["a/incidents.csv (incomplete-snapshot)", "b.tar/db/incidents.csv (incomplete-snapshot)"]


def test_names_that_are_not_utf_8_or_turn_text_around(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with open(os.fsencode(tmp_path) + b"/a/caf\xe9.txt", "wb") as file:
        file.write(b"x")
    (tmp_path / "a" / "\u202egnp.txt").write_text("x")
    assert below(tmp_path) == ["a/caf\ufffd.txt", "a/\ufffdgnp.txt"]


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    (found,) = list(sources(tmp_path / "a.txt"))
    assert isinstance(found, Unreadable) and found.code == "unreadable"


def test_limits_hold_for_an_archive_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": b"x" * 600, "b.txt": b"x" * 600}))
    limits = replace(LIMITS, max_archive_bytes=1000)
    assert below(tmp_path, limits=limits) == ["a.zip/a.txt", "a.zip (archive-too-large)"]
