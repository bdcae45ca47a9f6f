"""Prints each notification that comes by webhook once: receive_webhook.py PORT, with its secret in WEBHOOK_SECRET."""

import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

signed = Webhook(os.environ["WEBHOOK_SECRET"])
seen: set[str] = set()  # at least once: keep it where the effect is


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:  # with the bytes as they came: parsed and written again they may be others
            sent = signed.verify(body, dict(self.headers))["data"]
        except WebhookVerificationError:
            self.send_error(401)
            return
        if (id := self.headers["webhook-id"]) not in seen:  # the same on every attempt
            print(sent["number"], sent["status"], sent["priority"], sent["description"], flush=True)
            seen.add(id)
        self.send_response(204)
        self.end_headers()


HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
