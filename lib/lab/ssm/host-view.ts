import { agentVersion } from "../host-files";
import type { AgentHost } from "./host-process";
import { epochSeconds } from "./timestamps";

/** The shape `InstanceInformation`; `now` in milliseconds since the epoch. */
export function instanceInformation(host: AgentHost, now: number): Record<string, unknown> {
  return {
    InstanceId: host.instanceId,
    PingStatus: pingStatus(host),
    LastPingDateTime: epochSeconds(now),
    AgentVersion: agentVersion,
    IsLatestVersion: false,
    PlatformType: "Linux",
    ResourceType: "EC2Instance",
    ComputerName: host.name,
  };
}

export function pingStatus(host: AgentHost): "Online" | "ConnectionLost" {
  return host.isUp() ? "Online" : "ConnectionLost";
}
