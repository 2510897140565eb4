import { readFileSync } from "node:fs";
import { join } from "node:path";
import { linkInRoot, writeInRoot } from "./root-files";

const script = join(__dirname, "boot", "link-devices.sh");
const [path, service] = ["usr/local/lib/lab/link-devices", "lab-device-links.service"];

/** Gives a host the lab's stand-in for udev: the links by which its data volume is found, there before any mount. */
export function writeDeviceLinks(root: string, volumeId: string): void {
  writeInRoot(root, path, readFileSync(script, "utf8"), 0o755);
  const unit = `[Unit]
Description=Stand-in for udev: links to the data volume
DefaultDependencies=no
Before=local-fs-pre.target sysinit.target shutdown.target
Conflicts=shutdown.target
[Service]
Type=notify
NotifyAccess=all
ExecStart=/${path} ${volumeId}
`;
  writeInRoot(root, `etc/systemd/system/${service}`, unit);
  linkInRoot(root, `etc/systemd/system/sysinit.target.wants/${service}`, `/etc/systemd/system/${service}`);
}
