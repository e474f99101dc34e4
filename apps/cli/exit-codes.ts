/** Exit codes all commands share, as in sysexits.h. What 1 and 2 mean is said by each command. */
export const exitCodes = {
  wrongUse: 64,
  /** The program failed. Never 1, which for `verify` says that a trail was tampered with. */
  failure: 70,
} as const;
