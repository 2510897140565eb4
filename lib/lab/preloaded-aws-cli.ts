import { lstatSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { linkInRoot, writeInRoot } from "./root-files";

const cli = "usr/bin/aws";
/** Where aws_cli_client.py looks for it. */
const real = "usr/lib/lab/aws";
const server = "usr/lib/lab/aws_cli_server.py";
const unit = "lab-aws-cli";

/**
 * Lets a host load Debian's AWS CLI once, at its first call, for all: the loading takes 0.6 s of a processor, more than
 * half of all that the lab computes. What runs is that same CLI; another one, as a root of the user may have, is left as it is.
 */
export function preloadAwsCli(root: string): void {
  if (!isDebians(join(root, cli))) return;
  mkdirSync(dirname(join(root, real)), { recursive: true });
  renameSync(join(root, cli), join(root, real));
  writeInRoot(root, cli, double("aws_cli_client.py"), 0o755);
  writeInRoot(root, server, double("aws_cli_server.py"));
  writeInRoot(root, `etc/systemd/system/${unit}.socket`, socketUnit);
  writeInRoot(root, `etc/systemd/system/${unit}.service`, serviceUnit);
  linkInRoot(
    root,
    `etc/systemd/system/sockets.target.wants/${unit}.socket`,
    `/etc/systemd/system/${unit}.socket`,
  );
}

const socketUnit = [
  "[Unit]",
  "Description=Calls of the AWS CLI",
  "[Socket]",
  "ListenStream=/run/lab-aws-cli.sock",
  "SocketMode=0600",
  "",
].join("\n");

const serviceUnit = [
  "[Unit]",
  "Description=The AWS CLI, loaded",
  "[Service]",
  `ExecStart=/usr/bin/python3 /${server}`,
  "",
].join("\n");

function isDebians(file: string): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && readFileSync(file, "latin1").includes("import awscli.clidriver");
}

function double(name: string): string {
  return readFileSync(join(__dirname, "doubles", name), "utf8");
}
