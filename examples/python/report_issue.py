"""Reports an issue over HTTP, and reads its ticket once it has a priority."""

import os
import time
import uuid

import httpx2

INTAKE = os.environ.get("UPHELD_INTAKE_URL", "http://127.0.0.1:8101")
KEY = {"Authorization": f"Bearer {os.environ['UPHELD_API_KEY']}"}
ISSUE = {
    "reporter": {"name": "Ann", "account": "acme"},
    "description": "Outbound calls fail",
    "services": ["voice"],
    "environment": "production",
    "impact": "outage",
    "ongoing": True,
}
ONCE = {"Idempotency-Key": str(uuid.uuid4())}  # made before the first try: a retry under it reports nothing twice

with httpx2.Client(base_url=INTAKE, headers=KEY) as http:
    while (answer := http.post("/v1/issues", json=ISSUE, headers=ONCE)).status_code == 503:
        time.sleep(float(answer.headers.get("Retry-After", 1)))
    number = answer.raise_for_status().json()["ticket"]["number"]
    while (ticket := http.get(f"/v1/tickets/{number}").raise_for_status().json())["priority"] is None:
        time.sleep(0.1)
    print(number, ticket["priority"], ticket["reasons"][0]["clause"], ticket["state"])
