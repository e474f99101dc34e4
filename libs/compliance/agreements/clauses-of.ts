import { isObject } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';

/** The clauses of an agreement in their order; what is no object reads as an empty clause and keeps its place. */
export function clausesOf(agreement: JsonObject): readonly JsonObject[] {
  const clauses = agreement['clauses'];
  if (!Array.isArray(clauses)) return [];
  return (clauses as readonly JsonValue[]).map((clause) => (isObject(clause) ? clause : {}));
}
