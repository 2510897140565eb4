import { pause } from "../clock";
import { type Action, type ActionContext, ActionFailure, noOutputs, unknownInputs } from "./action";

const LONGEST_SECONDS = 604_799;
const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

export const sleep: Action = {
  name: "aws:sleep",
  mayFollowCancel: false,
  jumps: () => [],
  problems: (step) => [...unknownInputs(step, ["Duration", "Timestamp"]), ...noOutputs(step)],
  async run(context) {
    await pause(context.clock, secondsToSleep(context), context.signal);
    return {};
  },
};

function secondsToSleep({ inputs, clock }: ActionContext): number {
  const { Duration: duration, Timestamp: timestamp } = inputs;
  const seconds =
    typeof timestamp === "string"
      ? Math.max(0, (Date.parse(timestamp) - clock.now()) / 1000)
      : parseDuration(String(duration));
  if (Number.isNaN(seconds) || seconds > LONGEST_SECONDS) {
    const given = JSON.stringify(duration ?? timestamp);
    throw new ActionFailure(`${given} is no time of at most ${LONGEST_SECONDS} seconds`, "InputValidation");
  }
  return seconds;
}

function parseDuration(text: string): number {
  const match = DURATION.exec(text);
  if (match === null || text === "P" || text.endsWith("T")) return Number.NaN;
  const [days, hours, minutes, seconds] = match.slice(1).map((each) => Number(each ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
}
