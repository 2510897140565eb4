import type { AwsPlace } from "./aws-contents";

/** A role of the lab's account, and the host that is its session. */
export interface LabRole {
  readonly name: string;
  /** By their names; each whole, as IAM takes it. */
  readonly policies: Readonly<Record<string, unknown>>;
  /** The access key that the host calls with, and its instance's id. */
  readonly session?: { readonly accessKey: string; readonly instanceId: string };
}

const anybody = { Version: "2012-10-17", Statement: [] };

/** Makes the role that is not there yet, and gives it the policies. */
export async function makeRole(place: AwsPlace, { name, policies, session }: LabRole): Promise<void> {
  await unlessThere(
    callIam(place, "CreateRole", {
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify(anybody),
      ...(session && {
        "Tags.member.1.Key": "lab-access-key",
        "Tags.member.1.Value": session.accessKey,
        "Tags.member.2.Key": "lab-session",
        "Tags.member.2.Value": session.instanceId,
      }),
    }),
  );
  for (const [PolicyName, document] of Object.entries(policies)) {
    await callIam(place, "PutRolePolicy", {
      RoleName: name,
      PolicyName,
      PolicyDocument: JSON.stringify(document),
    });
  }
}

/** Makes the user that is not there yet. */
export async function makeUser(place: AwsPlace, UserName: string): Promise<void> {
  await unlessThere(callIam(place, "CreateUser", { UserName }));
}

/** A call of IAM in AWS's query protocol: the SDK's client for it is no dependency of ours. */
export async function callIam(
  { url }: AwsPlace,
  Action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const scope = "LABOPERATOR/20260101/us-east-1/iam/aws4_request";
  const response = await fetch(url, {
    method: "POST",
    headers: { Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams({ Action, Version: "2010-05-08", ...parameters }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${Action} at the AWS doubles: ${answer}`);
  return answer;
}

async function unlessThere(made: Promise<unknown>): Promise<void> {
  try {
    await made;
  } catch (error) {
    if (!String(error).includes("EntityAlreadyExists")) throw error;
  }
}
