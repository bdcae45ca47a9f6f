"""Polls the pages: those that are due and claimed, each as a task of its own, so that a slow one delays no other."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

import asyncpg

from services.status_monitor.domain.maintenances import gone_from_active
from services.status_monitor.handlers import pages as handlers
from services.status_monitor.reader import EVERY_TIME, Reader, pages_of
from services.status_monitor.store import pages as store
from services.status_monitor.store.pages import Page
from shared.db import LOST
from shared.service import App

TICK = 1.0
TROUBLE = (asyncpg.PostgresError, *LOST)


async def poll(app: App) -> None:
    """For as long as the service runs: look what is due, read it."""
    pages = pages_of(app.settings.status_pages)
    if not pages:
        await asyncio.Event().wait()
    reader = Reader()
    running: set[asyncio.Task[None]] = set()
    known = False
    try:
        while True:
            try:
                if not known:
                    await store.keep_pages(app.db.pool, pages)
                    known = True
                for page in await store.claim_pages(app.db.pool, list(pages), handlers.new_lease(), handlers.LEASE):
                    task = asyncio.create_task(_poll_safely(app, reader, page), name=f"page {page.name}")
                    running.add(task)
                    task.add_done_callback(running.discard)
                for name, seconds in (await store.list_failing(app.db.pool, list(pages))).items():
                    app.metrics.pages_failing.labels(app.name, name).set(seconds)
            except TROUBLE as error:
                app.log.warning("pages cannot be polled", error=f"{type(error).__name__}: {error}")
            await asyncio.sleep(min(TICK, app.settings.poll_seconds / 4))
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await reader.close()


async def _poll_safely(app: App, reader: Reader, page: Page) -> None:
    """What goes wrong here is ours or the database's, not the page's: it is not held against it."""
    try:
        about = {"upheld.page": page.name}
        with app.tracing.work("poll page", [], about) if app.tracing else contextlib.nullcontext():
            await _poll_page(app, reader, page)
    except Exception as error:
        app.log.error("page not handled", page=page.name, error=f"{type(error).__name__}: {error}", exc_info=error)
        with contextlib.suppress(*TROUBLE):
            await store.release(app.db.pool, page, timedelta(seconds=app.settings.poll_seconds))


async def _poll_page(app: App, reader: Reader, page: Page) -> None:
    answer = await reader.read(page.url, EVERY_TIME)
    read = handlers.read_of(page, answer.documents, answer.problems)
    open_windows = await store.load_open_windows(app.db.pool, read.page)
    if gone_from_active(read, open_windows):
        more = await reader.read(page.url, ("maintenances",))
        answer.documents |= more.documents
        read = handlers.read_of(page, answer.documents, answer.problems)
    await handlers.apply_page(
        app.db, page, read, retry_after=answer.retry_after, poll_seconds=app.settings.poll_seconds
    )
    if read.problems:
        app.log.warning(
            "page cannot be read",
            page=page.name,
            problems=list(read.problems)[:5],
            failures=page.failures + 1,
            retry_after=answer.retry_after,
        )
    elif page.failures:
        app.log.info("page can be read again", page=page.name, after_failures=page.failures)
