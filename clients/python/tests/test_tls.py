import base64
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest
from typing import Any, List
from unittest import mock

import webauthn_playground as playground
from webauthn_playground import Client

from .scripted_server import ScriptedServer, answer

VERDICT = {"ip": "::1", "allowed": True, "match": None, "reason": "No list."}


class Proxy:
    """Connects whoever asks with the right word to the port that they name, and sees only what passes."""

    def __init__(self) -> None:
        self.seen: List[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            head = connection.recv(65536)
            self.seen.append(head)
            if base64.b64encode(b"user:word") not in head:
                connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
                return
            port = int(head.split()[1].rsplit(b":", 1)[1])
            with socket.create_connection(("127.0.0.1", port)) as there:
                connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                back = threading.Thread(target=self._pass, args=(there, connection), daemon=True)
                back.start()
                self._pass(connection, there)
                back.join()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while True:
                data = one.recv(65536)
                self.seen.append(data)
                other.sendall(data)
                if not data:
                    other.shutdown(socket.SHUT_WR)
                    return
        except OSError:
            pass


@unittest.skipUnless(shutil.which("openssl"), "openssl makes the certificate")
class Tls(unittest.TestCase):
    folder: "tempfile.TemporaryDirectory[str]"
    certificate: str
    key: str

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.certificate, cls.key = (os.path.join(cls.folder.name, name) for name in ("certificate.pem", "key.pem"))
        made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        files = ["-keyout", cls.key, "-out", cls.certificate]
        subprocess.run(["openssl", *made, *named, *files], check=True, capture_output=True)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def call(self, server: ScriptedServer, url: str = "", **environment: str) -> Any:
        clean = {name: "" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY")}
        with mock.patch.dict("os.environ", {**clean, **environment}):
            with Client(api_key="sk_test_key", base_url=url or server.url, max_retries=0, timeout=10) as client:
                return client.keys.test_address("k", "::1")

    def server(self) -> ScriptedServer:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        made = ScriptedServer(answer(200, VERDICT), context=context)
        self.addCleanup(made.__exit__)
        return made

    def test_a_certificate_is_verified_and_its_name_too(self) -> None:
        server = self.server()
        with self.assertRaisesRegex(playground.ApiConnectionError, "not to be trusted"):
            self.call(server)
        with self.assertRaisesRegex(playground.ApiConnectionError, "not to be trusted"):
            self.call(server, f"https://127.0.0.1:{server.port}", SSL_CERT_FILE=self.certificate)
        self.assertEqual(server.received, [])
        self.assertTrue(self.call(server, SSL_CERT_FILE=self.certificate).allowed)

    def test_https_goes_through_the_proxy_of_the_environment_which_sees_nothing_inside(self) -> None:
        server, proxy = self.server(), Proxy()
        self.addCleanup(proxy.close)
        trust = {"SSL_CERT_FILE": self.certificate}
        through = f"http://user:word@127.0.0.1:{proxy.port}"
        self.assertTrue(self.call(server, https_proxy=through, **trust).allowed)
        self.assertIn(f"CONNECT localhost:{server.port}".encode(), proxy.seen[0])
        self.assertNotIn(b"sk_test_key", b"".join(proxy.seen))
        with self.assertRaisesRegex(playground.ApiConnectionError, "407"):
            self.call(server, https_proxy=f"http://user:wrong@127.0.0.1:{proxy.port}", **trust)
        seen = len(proxy.seen)
        self.assertTrue(self.call(server, https_proxy=through, no_proxy="localhost", **trust).allowed)
        self.assertEqual(len(proxy.seen), seen)

    def test_plain_http_goes_through_no_proxy(self) -> None:
        with ScriptedServer(answer(200, VERDICT)) as server:
            self.assertTrue(self.call(server, http_proxy="http://127.0.0.1:1").allowed)
