/** What the agent needs to start one script. */
export interface ScriptStart {
  /** The plugin's orchestration folder on the host. */
  folder: string;
  script: string;
  workingDirectory: string | undefined;
  /** Beside what the agent itself has. */
  environment: Record<string, string>;
}

// The agent's unit has WorkingDirectory=/usr/bin/, and a script without a directory of its own inherits it.
const AGENT_WORKING_DIRECTORY = "/usr/bin";

/**
 * A shell program that does what the agent does: writes the script (0700), makes it the leader of a process group of
 * its own, says the group's id in the first line, and hands the file to `sh -c`, so that the kernel honours a first
 * line `#!` and without one `sh` runs it. Everything goes in over standard input: no value is ever an argument.
 */
export function scriptProgram(start: ScriptStart): string {
  const path = `${start.folder}/_script.sh`;
  return [
    `umask 077`,
    `mkdir -p ${quote(start.folder)} || exit 1`,
    `printf %s ${quote(start.script)} > ${quote(path)} || exit 1`,
    `chmod 0700 ${quote(path)} || exit 1`,
    `umask 022`,
    ...Object.entries(start.environment).map(([name, value]) => `export ${name}=${quote(value)}`),
    `if [ -r /etc/os-release ]; then`,
    `  AWS_SSM_PLATFORM_NAME=$(. /etc/os-release; printf %s "$NAME")`,
    `  AWS_SSM_PLATFORM_VERSION=$(. /etc/os-release; printf %s "$VERSION_ID")`,
    `  export AWS_SSM_PLATFORM_NAME AWS_SSM_PLATFORM_VERSION`,
    `fi`,
    `unset OLDPWD`,
    `cd ${quote(start.workingDirectory ?? AGENT_WORKING_DIRECTORY)} || exit 1`,
    `read -r _ _ _ _ group _ < /proc/$$/stat`,
    // The id is said by who leads the group already: whoever is to kill the group must find it. setsid would fork if this
    // process led one, and the id would be another's.
    `set -- sh -c 'echo $$; exec sh -c "$1"' sh ${quote(path)}`,
    `[ "$group" = "$$" ] && exec "$@" < /dev/null`,
    `exec setsid "$@" < /dev/null`,
    ``,
  ].join("\n");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
