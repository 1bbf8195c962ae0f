"""A server that does what it is told, connection by connection and byte by byte."""

import json
import socket
import threading
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple


@dataclass
class Received:
    method: str
    target: str
    headers: Dict[str, str]
    body: bytes
    connection: int

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Step = Callable[[socket.socket], bool]
"""What is done with a request: whether the connection is kept for another one."""


def answer(status: int = 200, body: Any = None, headers: Optional[Mapping[str, str]] = None) -> Step:
    """A whole answer of JSON; the connection is kept."""
    data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"Content-Type": "application/json", "Content-Length": str(len(data)), "X-Request-Id": "req_1"}
    lines.update(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
    return raw(f"HTTP/1.1 {status} Words\r\n{head}\r\n".encode() + data, keep=True)


def problem(status: int, code: str, headers: Optional[Mapping[str, str]] = None, **more: Any) -> Step:
    document = {
        "type": f"https://auth.example/docs/errors#{code}",
        "title": "Title",
        "status": status,
        "detail": "Detail",
        "code": code,
        "requestId": "req_1",
        **more,
    }
    return answer(status, document, {"Content-Type": "application/problem+json", **(headers or {})})


def raw(data: bytes, keep: bool = False) -> Step:
    def step(connection: socket.socket) -> bool:
        connection.sendall(data)
        return keep

    return step


def silent(connection: socket.socket) -> bool:
    """Says nothing until the other side hangs up."""
    while connection.recv(4096):
        pass
    return False


def trickle(start: bytes, drop: bytes) -> Step:
    """Says a little more again and again, and never comes to an end."""

    def step(connection: socket.socket) -> bool:
        connection.sendall(start)
        connection.settimeout(0.02)
        while True:
            try:
                if not connection.recv(4096):
                    return False
            except socket.timeout:
                pass
            connection.sendall(drop)

    return step


def nobody() -> Tuple[socket.socket, str]:
    """An address where nobody listens, and what keeps it that way."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    return taken, f"http://127.0.0.1:{taken.getsockname()[1]}"


class ScriptedServer:
    """Takes a step for each request, the last one for all further ones."""

    def __init__(self, *steps: Step, context: Any = None) -> None:
        self.steps = list(steps)
        self.received: List[Received] = []
        self.gone = threading.Event()
        """A client hung up in the middle of a step."""
        self._connections = 0
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> Tuple[str, int]:
        return ("127.0.0.1", self.port)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http{'s' if self._context else ''}://localhost:{self.port}"

    def __enter__(self) -> "ScriptedServer":
        return self

    def __exit__(self, *_: Any) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections += 1
            threading.Thread(target=self._serve, args=(connection, self._connections), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        hung_up = False
        try:
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection:
                while not hung_up:
                    received = _read(connection, number)
                    if received is None:
                        return
                    with self._lock:
                        self.received.append(received)
                        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
                    hung_up = not step(connection)
        except OSError:
            pass
        # Once the other side can know of it.
        self.gone.set()


def _read(connection: socket.socket, number: int) -> Optional[Received]:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    first, *lines = head.decode().split("\r\n")
    method, target, _ = first.split(" ")
    headers: Dict[str, str] = dict(_header(line) for line in lines)
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    return Received(method, target, headers, body, number)


def _header(line: str) -> Tuple[str, str]:
    name, value = line.split(": ", 1)
    return name.lower(), value
