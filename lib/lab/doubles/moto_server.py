"""Serves moto, the third-party AWS double, on a unix socket, with three of its faults mended."""

import re
import sys
from xml.sax.saxutils import escape, unescape

from moto.secretsmanager.models import SecretsManagerBackend
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

moto_get_secret_value = SecretsManagerBackend.get_secret_value


def get_secret_value(backend, secret_id, version_id, version_stage):
    """Asked for no version, moto gives the one that was current first; AWS gives the one that bears AWSCURRENT now."""
    stage = version_stage or (None if version_id else "AWSCURRENT")
    return moto_get_secret_value(backend, secret_id, version_id, stage)


SecretsManagerBackend.get_secret_value = get_secret_value

application = DomainDispatcherApplication(create_backend_app)


def with_one_date(environ, start_response):
    """werkzeug adds a Date header of its own to moto's: the AWS SDK joins the two and reads no time out of them."""

    def start(status, headers, exc_info=None):
        return start_response(status, [(name, value) for name, value in headers if name.lower() != "date"], exc_info)

    return application(environ, start)


def with_escaped_template(environ, start_response):
    """moto does not XML-escape the template in GetTemplate's answer. Other answers pass through as they stream."""
    if environ.get("REQUEST_METHOD") != "POST" or "cloudformation" not in environ.get("HTTP_AUTHORIZATION", ""):
        return with_one_date(environ, start_response)

    answer = {}

    def keep(status, headers, exc_info=None):
        answer.update(status=status, headers=headers, exc_info=exc_info)
        return lambda _: None

    body = b"".join(with_one_date(environ, keep))
    body = re.sub(
        rb"<TemplateBody>(.*?)</TemplateBody>",
        lambda match: b"<TemplateBody>" + escape(unescape(match.group(1).decode())).encode() + b"</TemplateBody>",
        body,
        flags=re.DOTALL,
    )
    headers = [(name, value) for name, value in answer["headers"] if name.lower() != "content-length"]
    start_response(answer["status"], [*headers, ("Content-Length", str(len(body)))], answer["exc_info"])
    return [body]


run_simple(f"unix://{sys.argv[1]}", 0, with_escaped_template, threaded=True)
