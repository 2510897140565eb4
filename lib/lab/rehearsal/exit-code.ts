/** How `npm run rehearse` ends. What `cutover` ended with is handed on as it is. */
export const exitCode = {
  /** The rehearsal succeeded: nothing differs but what was expected. */
  succeeded: 0,
  /** The target's boot failed, a step failed, or something differs. */
  failed: 1,
  /** Wrong options, or a machine that cannot hold the lab; nothing was begun. */
  badInput: 2,
} as const;
