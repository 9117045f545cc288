"""The worker portal's API (docs/architecture.md)."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.task_dispatch.slots import TaskConflictError
from groundwork.task_types.task_type import InvalidAnswerError

from functions import wiring
from functions.observability import logger
from functions.portal_api import tasks
from functions.portal_api.pages import held_by_token, page
from functions.portal_api.refusal import RefusalError
from functions.portal_api.requests import Decline, Draft, NextTask, Submission, TaskToken, read
from functions.portal_api.worker import Worker, worker_of

app = APIGatewayHttpResolver()


def _worker() -> Worker:
    return worker_of(app.current_event.request_context.authorizer.jwt_claim or {})


def _number(entry: str) -> int:
    """Read the number of a task; eight digits are what the queue's keys hold."""
    if not (entry.isascii() and entry.isdecimal() and len(entry) <= 8):
        raise LookupError(f"no task is called {entry[:40]!r}")
    return int(entry)


@app.get("/jobs")
def list_jobs() -> dict[str, Any]:
    """List the jobs open to the worker's teams, and what the worker has stopped at."""
    return tasks.list_jobs(_worker())


@app.post("/jobs/<job>/tasks")
def next_task(job: str) -> dict[str, Any]:
    """Give the worker a task."""
    return tasks.next_task(_worker(), job, read(NextTask, app.current_event.body))


@app.post("/jobs/<job>/tasks/<entry>/answer")
def submit(job: str, entry: str) -> dict[str, Any]:
    """Take an answer."""
    return tasks.submit(_worker(), job, _number(entry), read(Submission, app.current_event.body))


@app.post("/jobs/<job>/tasks/<entry>/show")
def show(job: str, entry: str) -> dict[str, Any]:
    """Start the clock of a reserved task."""
    return tasks.show(_worker(), job, _number(entry), read(TaskToken, app.current_event.body))


@app.post("/jobs/<job>/tasks/<entry>/decline")
def decline(job: str, entry: str) -> dict[str, Any]:
    """Take a task back for ever."""
    return tasks.decline(_worker(), job, _number(entry), read(Decline, app.current_event.body))


@app.post("/jobs/<job>/tasks/<entry>/skip")
def skip(job: str, entry: str) -> dict[str, Any]:
    """Take a task back for now."""
    return tasks.skip(_worker(), job, _number(entry), read(TaskToken, app.current_event.body))


@app.put("/jobs/<job>/tasks/<entry>/draft")
def save_draft(job: str, entry: str) -> dict[str, Any]:
    """Keep unfinished work."""
    return tasks.save_draft(_worker(), job, _number(entry), read(Draft, app.current_event.body))


@app.post("/jobs/<job>/tasks/<entry>/renew")
def renew(job: str, entry: str) -> dict[str, Any]:
    """Give fresh addresses for those that have aged."""
    return tasks.renew(_worker(), job, _number(entry), read(TaskToken, app.current_event.body))


@app.get("/pages/<job>/<entry>/<token>")
def task_page(job: str, entry: str, token: str) -> Response[str]:
    """Serve the page of a task to whoever holds it."""
    at = wiring.at_hand(job.lower(), "task_dispatch")
    html, headers = page(at, held_by_token(at, _number(entry), token))
    return Response(200, headers.pop("Content-Type", content_types.TEXT_HTML), html, dict(headers))


@app.exception_handler(RefusalError)  # type: ignore[untyped-decorator]
def refuse(error: RefusalError) -> Response[dict[str, str]]:
    """Tell what can't be done."""
    return _problem(error.status, error.code, error.message)


@app.exception_handler(TaskConflictError)  # type: ignore[untyped-decorator]
def conflict(error: TaskConflictError) -> Response[dict[str, str]]:
    """Tell what the task's state no longer allows."""
    return _problem(409, error.code, str(error))


@app.exception_handler(InvalidAnswerError)  # type: ignore[untyped-decorator]
def invalid_answer(error: InvalidAnswerError) -> Response[dict[str, str]]:
    """Tell why an answer is not accepted."""
    return _problem(400, "invalid_answer", str(error))


@app.exception_handler(LookupError)  # type: ignore[untyped-decorator]
def missing(error: LookupError) -> Response[dict[str, str]]:
    """Tell that there is no such job or task."""
    logger.info("not found", detail=str(error))
    return _problem(404, "not_found", "There is no such task.")


def _problem(status: int, code: str, message: str) -> Response[dict[str, str]]:
    return Response(status, content_types.APPLICATION_JSON, {"code": code, "message": message})


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Route one call."""
    return app.resolve(event, context)
