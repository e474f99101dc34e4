import { AddressRefused, reasonOf } from '#postgres';

/** The database cannot be used as it is, and somebody has to change something. Names host and reason, never a secret. */
export class UnusableViews extends Error {
  override readonly name = 'UnusableViews';
  /** they are another ledger's */
  readonly isForeign: boolean;

  /** @param host with port and database */
  constructor(
    readonly host: string,
    readonly reason: string,
    { isForeign = false, ...options }: ErrorOptions & { isForeign?: boolean } = {},
  ) {
    super(`the views at ${host}: ${reason}`, options);
    this.isForeign = isForeign;
  }
}

/** The database cannot be reached, or the connection broke. It passes by itself. */
export class ViewsUnavailable extends Error {
  override readonly name = 'ViewsUnavailable';

  constructor(host: string, cause: unknown) {
    super(`the views at ${host} are away: ${reasonOf(cause)}`, { cause });
  }
}

/** What was thrown while the views were opened, in words for whoever runs the process. */
export function refusalOf(host: string, error: unknown): UnusableViews {
  if (error instanceof UnusableViews) return error;
  const cause = error instanceof ViewsUnavailable ? error.cause : error;
  return new UnusableViews(cause instanceof AddressRefused ? cause.host : host, reasonOf(cause), { cause });
}
