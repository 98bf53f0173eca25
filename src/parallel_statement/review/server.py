"""The server of the review: this machine only, and only who knows the token.

A page of another site can send requests to this machine, too. So every request must name the
token in its path and this server as its host; one that changes something must come from this
server's own page (``Origin``) and be JSON, which no form can send. Nothing is served but what
stands in the table of assets.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from parallel_statement.errors import ParallelStatementError
from parallel_statement.formats.record import Record
from parallel_statement.review.actions import ACTIONS
from parallel_statement.review.session import Session, StaleError
from parallel_statement.review.state import changed, findings, whole

HOST = "127.0.0.1"
_SCRIPTS = ("cursor", "data", "dialogs", "frame", "review", "rows", "split", "work")
ASSETS = {
    "": ("review.html", "text/html; charset=utf-8"),
    **{f"{name}.js": (f"{name}.js", "text/javascript; charset=utf-8") for name in _SCRIPTS},
    "review.css": ("review.css", "text/css; charset=utf-8"),
    **{
        f"strings/{tag}.json": (f"strings/{tag}.json", "application/json")
        for tag in ("en", "it", "ja")
    },
}
"""Path below the token -> file of the package, media type."""
_LONGEST = 1 << 20
"""Most bytes of a request."""
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

Handler = Callable[[Request], Awaitable[Response]]


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)


def application(session: Session, token: str, port: int) -> Starlette:
    """Return the application that serves *session* at ``http://127.0.0.1:PORT/TOKEN/``."""
    base = f"/{token}"
    routes = [
        *(Route(f"{base}/{name}", _asset(name)) for name in ASSETS),
        Route(f"{base}/api/state", _state(session)),
        Route(f"{base}/api/revision", _revision(session)),
        Route(f"{base}/api/check", _check(session), methods=["POST"]),
        *(
            Route(f"{base}/api/{name}", _action(session, name), methods=["POST"])
            for name in ACTIONS
        ),
    ]
    guard = Middleware(Guard, token=token, hosts=(f"{HOST}:{port}", f"localhost:{port}"))
    return Starlette(routes=routes, middleware=[guard])


class Guard:
    """Lets through what the page itself asks for, and nothing else."""

    def __init__(self, app: ASGIApp, token: str, hosts: tuple[str, ...]) -> None:
        """Guard *app*: requests must name the *token* and one of the *hosts*."""
        self._app = app
        self._token = token.encode()
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            return
        refusal = self._refusal(Request(scope))

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                extra = [(k.encode(), v.encode()) for k, v in _HEADERS.items()]
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        if refusal:
            answer = JSONResponse({"error": refusal}, 403)
            await answer(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _refusal(self, request: Request) -> str:
        """Return why *request* is refused, or nothing."""
        _, _, named = request.scope["path"].partition("/")
        named = named.partition("/")[0].encode()
        if not secrets.compare_digest(named, self._token):
            return "open the address that `align review` printed last"
        host = request.headers.get("host", "")
        if host not in self._hosts:
            return "the request names another host"
        origin = request.headers.get("origin")
        if origin is None:
            return "" if request.method == "GET" else "the request does not say where it is from"
        return "" if origin == f"http://{host}" else "the request is from another site"


def _asset(name: str) -> Handler:
    file, media_type = ASSETS[name]

    async def answer(_: Request) -> Response:
        return Response(_content(file), media_type=media_type)

    return answer


@cache
def _content(file: str) -> bytes:
    return files("parallel_statement.review").joinpath("assets", *file.split("/")).read_bytes()


def _state(session: Session) -> Handler:
    def look() -> dict[str, Any]:
        with session.lock:
            session.refresh()
            return whole(session)

    async def answer(_: Request) -> Response:
        return await _answered(look)

    return answer


def _revision(session: Session) -> Handler:
    def look() -> dict[str, Any]:
        with session.lock:
            return {"disk": session.refresh(), "revision": session.revision}

    async def answer(_: Request) -> Response:
        return await _answered(look)

    return answer


def _check(session: Session) -> Handler:
    """Make the checks beside everything else: they take long in a long text."""

    def look() -> dict[str, Any]:
        session.recheck()
        with session.lock:
            return findings(session)

    async def answer(_: Request) -> Response:
        return await _answered(look)

    return answer


def _action(session: Session, name: str) -> Handler:
    def do(content: object) -> dict[str, Any]:
        asked = Record(Path("request"), "", content)
        with session.lock:
            session.expect(asked.get("revision", int))
            before = session.checked
            ACTIONS[name](session, asked)
            return changed(session, before)

    async def answer(request: Request) -> Response:
        try:
            content = await _body(request)
        except ValueError as error:
            return JSONResponse({"error": f"the request cannot be read: {error}"}, 400)
        except ClientDisconnect:
            return Response(status_code=400)
        return await _answered(lambda: do(content))

    return answer


async def _body(request: Request) -> object:
    """Return the JSON that *request* holds.

    Raises:
        ValueError: it holds none, or too much.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise ValueError("it is not JSON")
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > _LONGEST:
            raise ValueError("it is too long")
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


async def _answered(work: Callable[[], dict[str, Any]]) -> Response:
    """Return what *work* answers, beside the server's own work, or what hindered it."""
    try:
        return JSONResponse(await run_in_threadpool(work))
    except StaleError as error:
        return JSONResponse({"error": str(error), "reason": error.reason}, 409)
    except ParallelStatementError as error:
        return JSONResponse({"error": str(error)}, 422)
    except OSError as error:
        return JSONResponse({"error": f"{error.filename or 'system'}: {error.strerror}"}, 422)
