import type { AgentHost } from "./host-process";
import { epochSeconds } from "./timestamps";

// The first version whose agent knows interpolationType ENV_VAR, which is what the lab's agent does.
const AGENT_VERSION = "3.3.2746.0";

/** The shape `InstanceInformation`; `now` in milliseconds since the epoch. */
export function instanceInformation(host: AgentHost, now: number): Record<string, unknown> {
  return {
    InstanceId: host.instanceId,
    PingStatus: pingStatus(host),
    LastPingDateTime: epochSeconds(now),
    AgentVersion: AGENT_VERSION,
    IsLatestVersion: false,
    PlatformType: "Linux",
    ResourceType: "EC2Instance",
    ComputerName: host.name,
  };
}

export function pingStatus(host: AgentHost): "Online" | "ConnectionLost" {
  return host.isUp() ? "Online" : "ConnectionLost";
}
