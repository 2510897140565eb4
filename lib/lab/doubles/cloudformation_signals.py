"""SignalResource, which moto lacks: what a boot tells the stack that waits for it, in a bucket of the lab's own."""

import json

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.responses import CloudFormationResponse
from moto.s3.exceptions import MissingBucket
from moto.s3.models import s3_backends

BUCKET = "timescale-cutover-lab-signals"


def signal_resource(response):
    """Without the bucket no deployment waits."""
    names = ("StackName", "LogicalResourceId", "UniqueId", "Status")
    told = {name: response.querystring[name][0] for name in names}
    try:
        s3_backends[response.current_account]["aws"].put_object(BUCKET, "boot", json.dumps(told).encode())
    except MissingBucket as error:
        stack = told["StackName"]
        raise ValidationError(stack, f"Stack [{stack}] does not exist") from error
    return (
        '<SignalResourceResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ResponseMetadata>'
        "<RequestId>0</RequestId></ResponseMetadata></SignalResourceResponse>"
    )


CloudFormationResponse.signal_resource = signal_resource
