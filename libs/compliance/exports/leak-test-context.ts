import { agencyIn, textIn } from '#catalogue';
import type { Instant } from '#kernel';
import type { SaidTerms } from '../projection.js';
import { textsOf } from '../rules/matter.js';
import { openSince } from '../visibility.js';
import type { ViewsTransaction } from '../views.js';
import type { ExportedEntry } from './export-profile.js';
import type { LeakTestContext } from './leak-test.js';

interface Surroundings {
  readonly now: Instant;
  /** kind of a body by the registry; null for an unknown one */
  readonly kindOf: (agency: string) => string | null;
}

/**
 * What the leak test asks beside the entries: who must agree (services), who has agreed to what, and which deferrals
 * are over.
 *
 * @param transaction that has entered the scope of the agency that answers
 */
export async function leakTestContext(
  transaction: ViewsTransaction,
  { now, kindOf }: Surroundings,
): Promise<LeakTestContext> {
  const agreed = await agreedDisclosures(transaction);
  return {
    needsConsent: (agency) => kindOf(agency) === 'domestic-intelligence',
    agreedTo: ({ said }, agency) => agreed.has(`${agency} ${textIn(said?.terms ?? {}, 'disclosureId') ?? ''}`),
    isOver: (entry: ExportedEntry) => openSince(entry) <= now,
  };
}

/** Disclosures of which a body has agreed that they are told; its latest answer counts. */
async function agreedDisclosures(transaction: ViewsTransaction): Promise<ReadonlySet<string>> {
  const rows = await transaction
    .selectFrom('matter')
    .innerJoin('fact', 'fact.entry_index', 'matter.entry_index')
    .select(['matter.matter', 'fact.issuer', 'fact.said'])
    .where('matter.kind', '=', 'originator-consent')
    .orderBy('fact.entry_index')
    .execute();
  const asked = new Map<string, readonly string[]>();
  const agreed = new Set<string>();
  for (const { matter, issuer, said } of rows) {
    if (said === null) continue;
    const { type, terms } = JSON.parse(said) as SaidTerms;
    if (type === 'OriginatorConsentAsked') asked.set(matter, textsOf(terms, 'covers'));
    if (type !== 'OriginatorConsentAnswered' || agencyIn(terms, 'askedBy') === null) continue;
    const covered = textsOf(terms, 'covers');
    for (const id of covered.length > 0 ? covered : (asked.get(textIn(terms, 'originatorConsent') ?? '') ?? [])) {
      if (terms['consents'] === true) agreed.add(`${issuer} ${id}`);
      else agreed.delete(`${issuer} ${id}`);
    }
  }
  return agreed;
}
