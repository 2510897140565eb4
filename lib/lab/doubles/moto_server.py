"""Serves moto, the third-party AWS double, on a unix socket, with its faults mended that the lab would stumble over."""

import os
import re
import sys
from xml.sax.saxutils import escape, unescape

import cloudformation_signals  # noqa: F401 (adds what moto's CloudFormation lacks)
import instance_metadata
import simulated_policy  # noqa: F401 (adds what moto's IAM lacks)
from moto.iam.models import iam_backends
from moto.secretsmanager.models import SecretsManagerBackend
from moto.server import DomainDispatcherApplication, create_backend_app
from moto.sts.models import STSBackend
from moto.sts.responses import TokenResponse
from werkzeug.serving import run_simple

moto_get_secret_value = SecretsManagerBackend.get_secret_value


def get_secret_value(backend, secret_id, version_id, version_stage):
    """Asked for no version, moto gives the one that was current first; AWS gives the one that bears AWSCURRENT now."""
    stage = version_stage or (None if version_id else "AWSCURRENT")
    return moto_get_secret_value(backend, secret_id, version_id, stage)


SecretsManagerBackend.get_secret_value = get_secret_value

moto_get_caller_identity = STSBackend.get_caller_identity


def roles_of(account):
    """Each role with its tags, which say whose it is."""
    roles = list(iam_backends[account]["aws"].roles.values())
    return [(role, {tag["Key"]: tag["Value"] for tag in role.tags.values()}) for role in roles]


def get_caller_identity(backend, access_key_id, region):
    """A host of the lab is the session of the role whose tags name its access key, as on EC2 it is its instance role's."""
    for role, tags in roles_of(backend.account_id):
        if tags.get("lab-access-key") == access_key_id:
            session = tags["lab-session"]
            arn = f"arn:aws:sts::{backend.account_id}:assumed-role/{role.name}/{session}"
            return f"{role.id}:{session}", arn, backend.account_id
    return moto_get_caller_identity(backend, access_key_id, region)


def get_access_key(response):
    """moto takes for a key only what is as long as AWS's."""
    return re.search(r"Credential=([^/]+)/", response.headers.get("Authorization", "")).group(1)


STSBackend.get_caller_identity = get_caller_identity
TokenResponse.get_access_key = get_access_key

application = DomainDispatcherApplication(create_backend_app)
metadata = instance_metadata.application_for(
    lambda: [(role.name, tags) for role, tags in roles_of(os.environ["MOTO_ACCOUNT_ID"])]
)


def with_one_date(environ, start_response):
    """werkzeug adds a Date header of its own to moto's: the AWS SDK joins the two and reads no time out of them."""

    def start(status, headers, exc_info=None):
        return start_response(status, [(name, value) for name, value in headers if name.lower() != "date"], exc_info)

    return application(environ, start)


def with_escaped_template(environ, start_response):
    """moto does not XML-escape the template in GetTemplate's answer. Other answers pass through as they stream."""
    if environ.get("HTTP_HOST") == instance_metadata.ADDRESS:
        return metadata(environ, start_response)
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
