/** The agent's limits (bytes) and markers, from amazon-ssm-agent's iohandler and pluginutil. */
const STANDARD_OUTPUT_BYTES = 24_000;
const STANDARD_ERROR_CHARACTERS = 8_000;
const COMBINED_BYTES = 2_500;
const STREAM_MARKER = "--output truncated--";
const ERROR_TITLE = "\n----------ERROR-------\n";
const OUTPUT_MARKER = "\n---Output truncated---";
const ERROR_MARKER = "\n---Error truncated----";

/** More of a stream than this is of no use to any answer, so no more is kept. */
export const KEPT_BYTES = STANDARD_OUTPUT_BYTES + 1;

/** StandardOutputContent: at most 24,000, the marker counted. */
export function standardOutputContent(stdout: Buffer): string {
  return streamPrefix(stdout);
}

/** StandardErrorContent: the agent cuts it as it cuts stdout, and the service shows the first 8,000. */
export function standardErrorContent(stderr: Buffer): string {
  return streamPrefix(stderr).slice(0, STANDARD_ERROR_CHARACTERS);
}

/** A plugin's Output, which is also an aws:runCommand step's: both streams in 2,500, each with its marker when cut. */
export function combinedOutput(stdout: Buffer, stderr: Buffer): string {
  const title = stderr.length > 0 ? ERROR_TITLE : "";
  const room = COMBINED_BYTES - title.length;
  if (stdout.length + stderr.length < room) return `${stdout}${title}${stderr}`;
  if (stdout.length > room / 2 && stderr.length > room / 2) {
    const half = Math.floor((room - ERROR_MARKER.length - OUTPUT_MARKER.length) / 2);
    return `${stdout.subarray(0, half)}${OUTPUT_MARKER}${title}${stderr.subarray(0, half)}${ERROR_MARKER}`;
  }
  if (stdout.length <= room / 2) {
    const rest = room - ERROR_MARKER.length - stdout.length;
    return `${stdout}${title}${stderr.subarray(0, rest)}${ERROR_MARKER}`;
  }
  const rest = room - OUTPUT_MARKER.length - stderr.length;
  return `${stdout.subarray(0, rest)}${OUTPUT_MARKER}${title}${stderr}`;
}

function streamPrefix(stream: Buffer): string {
  if (stream.length < STANDARD_OUTPUT_BYTES) return stream.toString();
  return `${stream.subarray(0, STANDARD_OUTPUT_BYTES - STREAM_MARKER.length)}${STREAM_MARKER}`;
}
