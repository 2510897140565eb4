import { Match } from "aws-cdk-lib/assertions";
import { watchingTemplate } from "./watching-template";

const template = watchingTemplate();

describe("the end of a run", () => {
  test("is told to the alarms' topic where it is not a success, for every automation that can leave nobody writable", () => {
    template.hasResourceProperties("AWS::Events::Rule", {
      State: "ENABLED",
      EventPattern: {
        source: ["aws.ssm"],
        "detail-type": ["EC2 Automation Execution Status-change Notification"],
        detail: {
          Definition: ["Cutover", "Rollback", "Reopen", "Recover"].map(
            (name) => `timescale-cutover-prod-${name}`,
          ),
          Status: ["Failed", "TimedOut", "Cancelled"],
        },
      },
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp("^WatchingAlarmsTopic") } })],
    });
  });

  test("is told in words that name the run's document, its end and the command that shows which side is writable", () => {
    const [rule] = Object.values(template.findResources("AWS::Events::Rule"));
    const { InputPathsMap, InputTemplate } = rule?.["Properties"].Targets[0].InputTransformer as {
      InputPathsMap: Record<string, string>;
      InputTemplate: string;
    };
    expect(Object.values(InputPathsMap).sort()).toEqual([
      "$.detail.Definition",
      "$.detail.ExecutionId",
      "$.detail.Status",
    ]);
    expect(InputTemplate).toContain("cutover status --env prod");
  });

  test("may be told by EventBridge: it may publish to the topic and use its key", () => {
    const allowed = (type: string, policy: string) =>
      Object.values(template.findResources(type))
        .flatMap((resource) => resource["Properties"][policy].Statement as object[])
        .filter((statement) => JSON.stringify(statement).includes("events.amazonaws.com"));
    expect(allowed("AWS::SNS::TopicPolicy", "PolicyDocument")).toEqual([
      expect.objectContaining({ Action: "sns:Publish", Effect: "Allow" }),
    ]);
    expect(allowed("AWS::KMS::Key", "KeyPolicy")).toHaveLength(1);
  });
});
