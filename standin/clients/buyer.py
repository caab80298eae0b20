"""What stands beside a client: a buyer who types into pages, a server that hears of webhooks, and steps that say so."""

import contextlib
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE = 20


@contextlib.contextmanager
def step(name):
    yield
    print(f"done: {name}", flush=True)


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where a page leads to is what one wants to know."""

    def redirect_request(self, *_):
        return None


def type_into(page, **typed):
    """Sends the form of a page; where that leads to."""
    body = urllib.parse.urlencode(typed).encode()
    try:
        with urllib.request.build_opener(Stay).open(page, body) as answer:
            raise AssertionError(f"the page stays: {answer.read().decode()}")
    except urllib.error.HTTPError as answer:
        assert answer.code == 303, (answer.code, answer.read().decode())
        return answer.headers["location"]


def save_card(page):
    """Types a good card into a page of Stripe's."""
    card = {"number": "4242424242424242", "expiry": "12/34", "cvc": "123"}
    return type_into(page, **card, name="Bia Reis", email="bia@example.com")


class Listener:
    """A server that hears of webhooks: of each its body and its headers, whose names are in small letters."""

    def __init__(self):
        self.heard = heard = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                heard.append((body, {name.lower(): value for name, value in self.headers.items()}))
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}/hooks"

    def wait(self, is_it):
        """The first one of which this is true."""
        begin = time.monotonic()
        while time.monotonic() - begin < PATIENCE:
            for body, headers in list(self.heard):
                if is_it(json.loads(body)):
                    return body, headers
            time.sleep(0.02)
        raise AssertionError(f"no such webhook among {[body for body, _ in self.heard]}")
