/** Why a field has no value. `follows`: it will be recorded in a later entry. */
export const missingCodes = ['not-given', 'unknown', 'follows'] as const;

/**
 * What stands in a field instead of its value, so that nothing that happened is unrecordable: `{"missing": "unknown"}`.
 * It raises a check note and never a refusal.
 */
export class Missing {
  readonly missing: (typeof missingCodes)[number];
}

/** A field's content: its value, or why there is none. */
export type Given<Value> = Value | Missing;

/** True for exactly `{missing: <code>}` and nothing beside it. */
export function isMissing(value: unknown): value is Missing {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'missing')) return false;
  const { missing } = value as { readonly missing: unknown };
  return Object.keys(value).length === 1 && missingCodes.some((code) => code === missing);
}
