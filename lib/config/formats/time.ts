import { text } from "./text";

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/;

/** A moment with its offset: a time without one is another moment on every computer. */
export const moment = text('a time with its offset, such as "2026-12-06T01:00:00Z"', (value) => {
  if (TIME.test(value) && !Number.isNaN(Date.parse(value))) return undefined;
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(value)) {
    return {
      why: "has no offset",
      remedy: `Write "${value}Z" if it is UTC, or its offset, such as "+01:00".`,
    };
  }
  return { why: "is no time of that form" };
});
