"""HTTP over kept connections: ``http.client``, with a limit to the time and the size of an answer."""

from __future__ import annotations

import base64
import collections
import http.client
import os
import select
import socket
import ssl
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any, Deque, Mapping, Optional, Tuple, Union

from ._cancellation import Cancellation
from ._connecting import InTime, connect, left, tunnel

MAX_ANSWER_BYTES = 16 * 1024 * 1024
#: Servers end connections that were idle for five seconds; a request must not cross that.
IDLE_SECONDS = 4.0
#: Idle connections that are kept; there may be as many more as there are calls at once.
KEPT = 16


@dataclass(frozen=True)
class Answered:
    """An answer that came whole."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    request_id: str


@dataclass(frozen=True)
class Failed:
    """No answer came, or none that was whole."""

    kind: str
    """``connection``, ``timeout`` or ``answer`` (one that is not HTTP, or too large)."""
    words: str
    sent: bool
    """Whether the server may have the request."""


class Connections:
    """Connections to one origin, safe between threads: a connection is one call's at a time."""

    def __init__(self, base_url: str, max_answer_bytes: int = MAX_ANSWER_BYTES) -> None:
        parts = urllib.parse.urlsplit(base_url)
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._prefix = parts.path.rstrip("/")
        self._max = max_answer_bytes
        self._idle: Deque[Tuple[float, int, http.client.HTTPConnection]] = collections.deque(maxlen=KEPT)

    def close(self) -> None:
        while self._idle:
            self._idle.pop()[2].close()

    def exchange(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: Optional[bytes],
        timeout: float,
        cancellation: Cancellation,
    ) -> Union[Answered, Failed]:
        """Sends a request and reads its answer, within ``timeout`` seconds altogether.

        What happened is answered, not raised, so that no exception of the standard library, with what it holds of the
        answer, hangs on to the one that the caller sees.
        """
        deadline = time.monotonic() + timeout
        where = f"{self._host}:{self._port}"
        connection = self._take() or self._new()
        sent = reusable = False
        answer: Union[Answered, Failed]
        try:
            if connection.sock is None:
                self._open(connection, deadline, cancellation)
            connected = _socket_of(connection)
            cancellation.watch(connected)
            connected.settimeout(left(deadline))
            sent = True
            try:
                connection.request(method, self._prefix + target, body=body, headers=dict(headers))
            except BrokenPipeError:
                pass  # Whoever refuses a body may have answered before it was whole.
            answer, reusable = self._read(connection, deadline)
        except (TimeoutError, socket.timeout):
            answer = Failed("timeout", f"No answer came within {timeout:g} seconds.", sent)
        except ssl.SSLCertVerificationError as error:
            words = f"The certificate of {where} is not to be trusted: {error.verify_message}."
            answer = Failed("connection", words, sent)
        except OSError as error:
            answer = Failed("connection", _words_of(error, where), sent)
        except http.client.IncompleteRead:
            answer = Failed("connection", "The connection broke in the middle of the answer.", sent)
        except (http.client.HTTPException, ValueError) as error:
            answer = Failed("answer", f"The answer is not HTTP as it should be ({type(error).__name__}).", sent)
        finally:
            cancellation.watch(None)
            if reusable:
                self._keep(connection)
            else:
                connection.close()
        cancellation.check()
        return answer

    def _read(
        self, connection: http.client.HTTPConnection, deadline: float
    ) -> Tuple[Union[Answered, Failed], bool]:
        """An answer, and whether its connection is fit for another request."""
        stream = InTime(_socket_of(connection), deadline)
        connection.response_class = lambda _, **rest: http.client.HTTPResponse(stream, **rest)  # type: ignore
        response = connection.getresponse()
        announced = response.length
        if stream.ended:
            raise http.client.IncompleteRead(b"")
        body = response.read(self._max + 1)
        if len(body) > self._max:
            response.close()
            return Failed("answer", f"The answer is larger than {self._max} bytes.", True), False
        if announced is not None and len(body) < announced:
            raise http.client.IncompleteRead(b"")
        # The last chunk of several has to be read for the connection to be fit for another request.
        body += response.read()
        headers = {name.lower(): value for name, value in response.getheaders()}
        answered = Answered(response.status, headers, body, headers.get("x-request-id", ""))
        return answered, not response.will_close and response.isclosed()

    def _keep(self, connection: http.client.HTTPConnection) -> None:
        if len(self._idle) < KEPT:
            self._idle.append((time.monotonic(), os.getpid(), connection))
        else:
            connection.close()

    def _take(self) -> Optional[http.client.HTTPConnection]:
        while True:
            try:
                since, process, connection = self._idle.pop()
            except IndexError:
                return None
            # One that the server ended is readable; one of before a fork is the other process's.
            fresh = time.monotonic() - since < IDLE_SECONDS and process == os.getpid()
            if fresh and connection.sock is not None and not _readable(connection.sock):
                return connection
            connection.close()

    def _new(self) -> http.client.HTTPConnection:
        if self._tls is None:
            return http.client.HTTPConnection(self._host, self._port)
        return http.client.HTTPSConnection(self._host, self._port, context=self._tls)

    def _open(self, connection: http.client.HTTPConnection, deadline: float, cancellation: Cancellation) -> None:
        proxy = None if self._tls is None else self._proxy()
        host, port, headers = proxy or (self._host, self._port, {})
        connected = connect(host, port, deadline, cancellation)
        connection.sock = connected
        if proxy is not None:
            tunnel(connected, self._host, self._port, headers, deadline)
        if self._tls is not None:
            secured = self._tls.wrap_socket(connected, server_hostname=self._host, do_handshake_on_connect=False)
            connection.sock = secured
            cancellation.watch(secured)
            secured.settimeout(left(deadline))
            secured.do_handshake()

    def _proxy(self) -> Optional[Tuple[str, int, Mapping[str, str]]]:
        """The proxy that HTTPS_PROXY names, as NO_PROXY allows. It sees where a connection leads, and nothing inside it."""
        url = urllib.request.getproxies().get("https")
        if not url or urllib.request.proxy_bypass(self._host):
            return None
        parts = urllib.parse.urlsplit(url if "://" in url else f"http://{url}")
        if not parts.hostname:
            return None
        headers = {}
        if parts.username is not None:
            user = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
            headers["Proxy-Authorization"] = "Basic " + base64.b64encode(user.encode()).decode()
        return parts.hostname, parts.port or 80, headers


def _socket_of(connection: http.client.HTTPConnection) -> socket.socket:
    assert connection.sock is not None
    return connection.sock


def _readable(connected: socket.socket) -> bool:
    if isinstance(connected, ssl.SSLSocket) and connected.pending():
        return True
    try:
        if hasattr(select, "poll"):
            poll = select.poll()
            poll.register(connected, select.POLLIN)
            return bool(poll.poll(0))
        return bool(select.select([connected], [], [], 0)[0])
    except (OSError, ValueError):
        return True


def _words_of(error: OSError, where: str) -> str:
    if isinstance(error, socket.gaierror):
        return f"The name of {where} is not known."
    if isinstance(error, http.client.RemoteDisconnected):
        return f"{where} ended the connection without an answer."
    return f"The connection to {where} failed: {error.strerror or str(error) or type(error).__name__}."
