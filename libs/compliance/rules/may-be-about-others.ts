import { isMissing } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';

/** Categories of data that are never about one person alone, unless somebody says that they are. */
const ofSeveral: ReadonlySet<JsonValue | undefined> = new Set(['family', 'network-contacts']);

export const isOfSeveral = (dataCategory: JsonValue | undefined): boolean => ofSeveral.has(dataCategory);

/** Whether an item of a disclosure is about somebody else, too, or may be as far as anybody said: LED 6. */
export function mayBeAboutOthers({ dataCategory, thirdPerson }: JsonObject): boolean {
  if (thirdPerson === false) return false;
  return thirdPerson === true || isMissing(thirdPerson) || isOfSeveral(dataCategory);
}
