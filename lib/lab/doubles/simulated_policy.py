"""SimulatePrincipalPolicy, which moto lacks: what a role's policies and its boundary say of an action on a resource."""

import json
import re
from xml.sax.saxutils import escape

from moto.iam.exceptions import ValidationError
from moto.iam.models import iam_backends
from moto.iam.responses import IamResponse


def as_list(value):
    return value if isinstance(value, list) else [value]


def matches(pattern, value, flags=0):
    expression = "".join({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern)
    return re.fullmatch(expression, value, flags | re.DOTALL) is not None


def equals(pattern, value):
    return pattern == value


COMPARISONS = {"StringEquals": equals, "StringLike": matches, "ArnLike": matches}


def condition_holds(operator, key, wanted, context):
    """Of a key without a value ForAllValues is true, and everything else false. An unknown operator is no condition met."""
    for_all, _, plain = operator.rpartition(":")
    compare = COMPARISONS.get(plain)
    if compare is None:
        raise ValidationError(f"the lab's double of IAM does not know the condition {operator}")
    values = context.get(key.lower(), [])
    if not values:
        return for_all == "ForAllValues"
    held = [any(compare(pattern, value) for pattern in as_list(wanted)) for value in values]
    return all(held) if for_all == "ForAllValues" else any(held)


def applies(statement, action, resource, context):
    if not any(matches(pattern, action, re.IGNORECASE) for pattern in as_list(statement["Action"])):
        return False
    if not any(matches(pattern, resource) for pattern in as_list(statement["Resource"])):
        return False
    conditions = statement.get("Condition", {})
    return all(
        condition_holds(operator, key, wanted, context)
        for operator, keys in conditions.items()
        for key, wanted in keys.items()
    )


def decide(documents, action, resource, context):
    statements = [statement for document in documents for statement in as_list(json.loads(document)["Statement"])]
    effects = [each["Effect"] for each in statements if applies(each, action, resource, context)]
    if "Deny" in effects:
        return "explicitDeny"
    return "allowed" if "Allow" in effects else "implicitDeny"


def boundary_detail(within):
    if within is None:
        return ""
    allowed = str(within == "allowed").lower()
    return (
        f"<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>{allowed}</AllowedByPermissionsBoundary>"
        "</PermissionsBoundaryDecisionDetail>"
    )


def result_of(action, decisions):
    """Of one resource the result itself says it; of several the result has a list, and says the worst."""
    if len(decisions) == 1:
        ((resource, decision, within),) = decisions
        specific = ""
    else:
        resource, within = "*", None
        decision = next((each[1] for each in decisions if each[1] != "allowed"), "allowed")
        specific = "".join(
            f"<member><EvalResourceName>{escape(name)}</EvalResourceName><EvalResourceDecision>{each}</EvalResourceDecision>"
            f"{boundary_detail(boundary)}</member>"
            for name, each, boundary in decisions
        )
    return (
        f"<member><EvalActionName>{escape(action)}</EvalActionName><EvalResourceName>{escape(resource)}</EvalResourceName>"
        f"<EvalDecision>{decision}</EvalDecision>{boundary_detail(within)}"
        f"<ResourceSpecificResults>{specific}</ResourceSpecificResults></member>"
    )


def listed(request, name):
    """The members of a list of AWS's query protocol, in their order."""
    pattern = re.compile(rf"{re.escape(name)}\.member\.(\d+)")
    found = {int(match[1]): values[0] for key, values in request.items() if (match := pattern.fullmatch(key))}
    return [found[number] for number in sorted(found)]


def context_of(request):
    names = {key.rsplit(".", 1)[0]: values[0] for key, values in request.items() if key.endswith(".ContextKeyName")}
    return {name.lower(): listed(request, f"{entry}.ContextKeyValues") for entry, name in names.items()}


def simulate_principal_policy(response):
    request = response.querystring
    backend = iam_backends[response.current_account]["aws"]
    role = backend.get_role_by_arn(request["PolicySourceArn"][0])
    documents = [*role.policies.values(), *(policy.document for policy in role.managed_policies.values())]
    boundary = role.permissions_boundary and backend.managed_policies[role.permissions_boundary].document
    context = context_of(request)
    members = []
    for action in listed(request, "ActionNames"):
        decisions = []
        for resource in listed(request, "ResourceArns") or ["*"]:
            decision = decide(documents, action, resource, context)
            within = decide([boundary], action, resource, context) if boundary else None
            if within is not None and within != "allowed" and decision == "allowed":
                decision = within
            decisions.append((resource, decision, within))
        members.append(result_of(action, decisions))
    return (
        '<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult>'
        f"<IsTruncated>false</IsTruncated><EvaluationResults>{''.join(members)}</EvaluationResults>"
        "</SimulatePrincipalPolicyResult><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata>"
        "</SimulatePrincipalPolicyResponse>"
    )


IamResponse.simulate_principal_policy = simulate_principal_policy
