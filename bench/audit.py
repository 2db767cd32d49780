"""What the pages are like, as programs of others see it: ``python -m bench.audit``.

A server with the sample corpus is started, and every type of page is weighed, checked by axe (WCAG 2.2 AA, on a phone and on a wide
screen, light and dark) and by the Nu HTML checker; Lighthouse measures the pages that people land on (its mobile preset) beside a file
of one paragraph. Lighthouse and the checker are npm packages, installed once into ``.audit``; Node, npm, Java and a Chromium are needed.
Prints Markdown tables; ends with 1 where something is below what the project asks of itself.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from app.cli.imports import import_sample
from app.config import Settings
from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from tests.support.chromium import ARGUMENTS, CURE, executable
from tests.support.server import running_server
from tests.support.visits import fetch, visits

TOOLS = Path(".audit")
PACKAGES = ("lighthouse@12.2.3", "vnu-jar@26.9.27")
#: Where people land; what Lighthouse measures.
LANDINGS = ("front", "story", "entity", "timeline", "search, empty", "search")
#: Results of a search are kept out of search engines on purpose, which Lighthouse counts against them.
UNLISTED = {("search", "seo")}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Bytes, compressed: of a page, which comes whole with the first ten packets, and of a whole first visit.
LONG, FIRST_VISIT = 14_600, 60_000
#: Largest contentful paint against that of one paragraph.
SLOWER = 1.3
#: Chromium now and then begins too late for Lighthouse to see the page load.
ATTEMPTS = 3
PARAGRAPH = (
    "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>One</title><p>One paragraph.</p>"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of Lighthouse on each page")
    parser.add_argument("--without", nargs="*", default=[], choices=["weights", "axe", "nu", "lighthouse"])
    arguments = parser.parse_args()
    audits = {"weights": weights, "axe": axe, "nu": nu, "lighthouse": functools.partial(lighthouse, runs=arguments.runs)}
    with tempfile.TemporaryDirectory() as name, sample_site(Path(name)) as address:
        paths = visits(address)
        failures = [
            failure for name, audit in audits.items() if name not in arguments.without for failure in audit(address, paths)
        ]
    for failure in failures:
        print(f"below what is asked: {failure}")
    sys.exit(1 if failures else 0)


@contextmanager
def sample_site(directory: Path) -> Iterator[str]:
    """The address of a server with the sample corpus."""
    url = f"sqlite:///{directory / 'store.db'}"
    with Store(url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()
        for _ in import_sample(store, Settings(database_url=url)) or ():
            pass
    with running_server(url, directory / "server.log") as address:
        yield address


def weights(address: str, paths: Mapping[str, str]) -> Iterator[str]:
    """Compressed bytes of every page, and of all that a first visit to the front page asks for."""
    print("\n| page | KB, brotli |\n|---|---|")
    for name, path in paths.items():
        size = compressed(address + path)
        print(f"| {name} | {size / 1000:.1f} |", flush=True)
        if size > LONG:
            yield f"{name} weighs {size:,} bytes"
    front = fetch(address).decode()
    scripts = scripts_of(address, front)
    fonts = [font for font in re.findall(r"url\([\"']?([^)\"']+)", front) if "-basic-" in font]
    size = compressed(address) + sum(compressed(address + file) for file in {*scripts, *fonts})
    print(f"| first visit: front page, style, scripts, fonts | {size / 1000:.1f} |")
    if size > FIRST_VISIT:
        yield f"a first visit weighs {size:,} bytes"


def scripts_of(address: str, text: str) -> set[str]:
    """The scripts that a page or a script fetches, and those that these fetch."""
    files = set(re.findall(r'"(/static/[^"]+\.js)"', text))
    return files.union(*(scripts_of(address, fetch(address + file).decode()) for file in files))


def compressed(url: str) -> int:
    return len(fetch(url, {"accept-encoding": "br"}))


def axe(address: str, paths: Mapping[str, str]) -> Iterator[str]:
    """Violations on every page."""
    print("\n| axe | pages | violations |\n|---|---|---|")
    with chromium() as browser:
        for width in (360, 1280):
            for scheme in ("light", "dark"):
                context = browser.new_context(base_url=address, color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
                page = context.new_page()
                found = []
                for name, path in paths.items():
                    page.goto(path)
                    rules = {"resultTypes": ["violations"], "runOnly": STANDARDS}
                    violations = Axe().run(page, options=rules).response["violations"]
                    found += [f"{name}: {rule['id']} at {node['html'][:120]}" for rule in violations for node in rule["nodes"]]
                context.close()
                print(f"| {width} px, {scheme} | {len(paths)} | {len(found)} |", flush=True)
                yield from found


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        yield browser
        browser.close()


def nu(address: str, paths: Mapping[str, str]) -> Iterator[str]:
    """What the Nu HTML checker says to every page."""
    checker = tools() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    with tempfile.TemporaryDirectory() as name:
        files = {Path(name) / f"{number}.html": page for number, page in enumerate(paths)}
        for file, page in files.items():
            file.write_bytes(fetch(address + paths[page]))
        command = ["java", "-Xss2m", "-jar", str(checker), "--format", "json", "--exit-zero-always", *map(str, files)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(answer.stderr or answer.stdout)["messages"]
    # Of styles the checker knows less than browsers do (anchor positioning), and what it only advises is no error.
    messages = [message for message in said if message["type"] == "error" and not message["message"].startswith("CSS:")]
    print(
        f"\n| Nu HTML checker | pages | errors |\n|---|---|---|\n| {PACKAGES[1]} | {len(paths)} | {len(messages)} |", flush=True
    )
    by_name = {file.name: page for file, page in files.items()}
    for message in messages:
        yield f"{by_name[message['url'].rsplit('/', 1)[-1]]}: {message['message']} (line {message.get('lastLine')})"


def lighthouse(address: str, paths: Mapping[str, str], runs: int) -> Iterator[str]:
    """Lighthouse's scores and paints, medians of the runs, beside a file of one paragraph in the same rounds."""
    with one_paragraph() as paragraph:
        urls = {"one paragraph": paragraph} | {name: address + paths[name] for name in LANDINGS}
        rounds: dict[str, list[dict[str, Any]]] = {name: [] for name in urls}
        for _ in range(runs):
            for name, url in urls.items():
                rounds[name].append(measured(url))
    print(
        "\n| Lighthouse, mobile | "
        + " | ".join(CATEGORIES)
        + " | LCP, s | against one paragraph | CLS |\n|"
        + "---|" * (len(CATEGORIES) + 4)
    )
    least = median(rounds["one paragraph"], "largest-contentful-paint")
    for name, reports in rounds.items():
        scores = [
            round(100 * statistics.median(report["categories"][category]["score"] or 0 for report in reports))
            for category in CATEGORIES
        ]
        paint, shift = median(reports, "largest-contentful-paint"), median(reports, "cumulative-layout-shift")
        print(f"| {name} | {' | '.join(map(str, scores))} | {paint / 1000:.2f} | {paint / least:.2f} | {shift:.3f} |", flush=True)
        if name == "one paragraph":
            continue
        for category, score in zip(CATEGORIES, scores, strict=True):
            if score < 100 and (name, category) not in UNLISTED:
                lost = [audit for audit in failed(reports[-1], category)]
                yield f"{name}: {category} {score} ({', '.join(lost)})"
        if paint > SLOWER * least:
            yield f"{name}: largest contentful paint {paint / least:.2f} times that of one paragraph"
        if shift:
            yield f"{name}: layout shift {shift:.3f}"


def measured(url: str) -> dict[str, Any]:
    """One report of Lighthouse."""
    path = executable() or sys.exit(CURE)
    command = ["node", str(tools() / "lighthouse" / "cli" / "index.js"), url, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}"]
    for _ in range(ATTEMPTS):
        answer = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"CHROME_PATH": path}, check=False)
        if not answer.returncode:
            break
    else:
        sys.exit(f"Lighthouse could not measure {url}:\n{answer.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(answer.stdout)
    return report


def median(reports: list[dict[str, Any]], audit: str) -> float:
    return statistics.median(report["audits"][audit]["numericValue"] for report in reports)


def failed(report: dict[str, Any], category: str) -> Iterator[str]:
    """The audits of a category that cost points."""
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
            yield reference["id"]


@contextmanager
def one_paragraph() -> Iterator[str]:
    """The address of a file of one paragraph on a server that does nothing else."""

    class Paragraph(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PARAGRAPH.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Paragraph)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@functools.cache
def tools() -> Path:
    """The directory of the installed npm packages; they are installed where they are missing."""
    modules = TOOLS / "node_modules"
    wanted = {package.rpartition("@")[0]: package.rpartition("@")[2] for package in PACKAGES}
    for name, version in wanted.items():
        manifest = modules / name / "package.json"
        if not manifest.exists() or json.loads(manifest.read_text())["version"] != version:
            if not shutil.which("npm"):
                sys.exit("The audit needs Node and npm (apt install nodejs npm).")
            TOOLS.mkdir(exist_ok=True)
            print(f"Installing {', '.join(PACKAGES)} into {TOOLS} …", file=sys.stderr)
            subprocess.run(
                ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(TOOLS), *PACKAGES], check=True
            )
            break
    return modules


if __name__ == "__main__":
    main()
