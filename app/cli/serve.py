"""``dateline serve``: the web server."""

from __future__ import annotations

import errno
import os
import socket
from collections import Counter
from typing import Annotated

import typer
import uvicorn

from app.cli.console import errors, migrations, open_store
from app.cli.imports import import_sample
from app.config import Settings, get_settings
from app.store.engine import Store

USAGE = 2
#: Hosts that mean all addresses of the machine; a person reaches the server under the local one.
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.", min=1)] = 1,
    prepare: Annotated[
        bool,
        typer.Option("--prepare", help="First bring the store to this version; an empty one gets the sample corpus."),
    ] = False,
) -> None:
    """Serve the pages."""
    settings = get_settings()
    _require_free_port(host, port)
    with open_store(settings, require_schema=not prepare) as store:
        if prepare:
            migrations(store).upgrade()
            _import_sample(store, settings)
    address = f"http://{'127.0.0.1' if host in EVERYWHERE else host}:{port}"
    if "base_url" not in settings.model_fields_set:  # links in feeds and exports then lead to this very server
        os.environ["DATELINE_BASE_URL"] = address
        get_settings.cache_clear()
    errors.print(f"Dateline is at [bold]{address}[/] (stop it with Ctrl-C)", highlight=False)
    uvicorn.run(
        "app.web.application:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        log_level="warning",
        server_header=False,
    )


def _require_free_port(host: str, port: int) -> None:
    """End with wrong usage where the server could not listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "is taken by another program" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
            errors.print(
                f"[bold red]error:[/] {host}:{port} {reason}; choose another: dateline serve --port {port + 1} "
                f"(or make serve PORT={port + 1})",
                highlight=False,
            )
            raise typer.Exit(USAGE) from error


def _import_sample(store: Store, settings: Settings) -> None:
    """Import the sample corpus where the store never had it, and say so."""
    results = import_sample(store, settings)
    if results is None:
        return
    errors.print("importing the sample corpus …", highlight=False)
    counts = Counter(result.outcome for result in results)
    errors.print(", ".join(f"{count} {outcome}" for outcome, count in counts.items()), highlight=False)
