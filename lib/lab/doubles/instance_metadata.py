"""The metadata service of an EC2 instance that demands IMDSv2, as far as the credentials of the instance's role."""

import datetime
import json
import secrets
import time

ADDRESS = "169.254.169.254"
# The one host that has such a service: the target.
ACCESS_KEY = "LABTARGET"
CREDENTIALS = "/latest/meta-data/iam/security-credentials"
LONGEST_TOKEN = 21600

tokens = {}


def application_for(roles):
    """roles: gives the roles of the account, each with its name and its tags."""

    def application(environ, start_response):
        status, body = answer(environ, roles)
        content = body.encode()
        start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(content)))])
        return [content]

    return application


def answer(environ, roles):
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"].rstrip("/")
    if (method, path) == ("PUT", "/latest/api/token"):
        return new_token(environ.get("HTTP_X_AWS_EC2_METADATA_TOKEN_TTL_SECONDS", ""))
    if tokens.get(environ.get("HTTP_X_AWS_EC2_METADATA_TOKEN"), 0) < time.monotonic():
        return "401 Unauthorized", ""
    role = next((name for name, tags in roles() if tags.get("lab-access-key") == ACCESS_KEY), None)
    if method == "GET" and role is not None:
        if path == CREDENTIALS:
            return "200 OK", role
        if path == f"{CREDENTIALS}/{role}":
            return "200 OK", credentials()
    return "404 Not Found", ""


def new_token(seconds):
    if not seconds.isdecimal() or not 1 <= int(seconds) <= LONGEST_TOKEN:
        return "400 Bad Request", ""
    token = secrets.token_urlsafe(42)
    tokens[token] = time.monotonic() + int(seconds)
    return "200 OK", token


def credentials():
    now = datetime.datetime.now(datetime.timezone.utc)
    until = now + datetime.timedelta(hours=6)
    return json.dumps(
        {
            "Code": "Success",
            "LastUpdated": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "Type": "AWS-HMAC",
            "AccessKeyId": ACCESS_KEY,
            "SecretAccessKey": "not-a-secret",
            "Token": "not-a-session",
            "Expiration": f"{until:%Y-%m-%dT%H:%M:%SZ}",
        }
    )
