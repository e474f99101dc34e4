import { openSince, visibilityIn } from '#catalogue';
import type { JsonObject } from '#statement';

/** What an entry is filled in from: what a person said, and what follows from other entries. */
interface Filled {
  readonly given: JsonObject;
  readonly more: JsonObject;
}

/**
 * An entry that names a conference tells of it. One that would be known before its convening is hidden as that is,
 * whatever was said of it: that follows from the convening, and nobody has to say it again.
 *
 * @param convening its terms, or what is said of it
 */
export function noMoreOpenly(convening: JsonObject, { given, more }: Filled): Filled {
  if (sinceWhen(given) >= sinceWhen(convening)) return { given, more };
  const { visibility: _, hiddenUntil: __, ...others } = given;
  const visibility = visibilityIn(convening) ?? 'restricted';
  const { hiddenUntil } = convening;
  const isUntil = visibility === 'deferred-until' && hiddenUntil !== undefined;
  return { given: others, more: { ...more, visibility, ...(isUntil && { hiddenUntil }) } };
}

const sinceWhen = (terms: JsonObject): string => openSince({ said: { type: 'ConferenceConvened', terms } });
