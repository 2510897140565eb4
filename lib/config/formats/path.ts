import { text } from "./text";

/**
 * An absolute path in its one plain spelling: no "..", no doubled or trailing slash, none of the characters
 * that a shell or a systemd unit reads otherwise. So two paths can be compared as texts.
 */
export const absolutePath = text('an absolute path, such as "/var/lib/postgresql"', (value) => {
  if (!value.startsWith("/")) return { why: "is not an absolute path" };
  if (value === "/") return { why: "is the root of the file system", remedy: "Name a directory under it." };
  const segments = value.slice(1).split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    return {
      why: 'has an empty, "." or ".." part',
      remedy: "Write the path out plainly, with no slash at its end.",
    };
  }
  if (!segments.every((segment) => /^[A-Za-z0-9._@+-]+$/.test(segment))) {
    return { why: "holds other characters than letters, digits and ._@+-", remedy: "Choose a plainer path." };
  }
  return undefined;
});

/** Whether a path is the directory or lies under it. Both in the plain spelling. */
export function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}
