import { agenciesIn, agencyIn, openSince, textIn } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import type { SaidTerms } from '../projection.js';
import { isService } from '../rules/is-service.js';
import { textsOf } from '../rules/matter.js';
import type { RegistryState } from '../rules/registry-state.js';
import type { ViewsTransaction } from '../views.js';
import { recipientsOf } from './bodies-of.js';
import { changesOf, isChangeOf } from './changes-of.js';
import { deferredDisclosures, hasPassed, nameOf } from './deferred-disclosures.js';
import type { ExportedEntry } from './export-profile.js';
import type { LeakTestContext } from './leak-test.js';
import { mentionsOf } from './mentions-of.js';
import { entriesInExchanges, entriesNamed, entriesNaming, inOrder } from './naming-entries.js';
import { ownDecision } from './own-decision.js';

type Issued = Pick<ExportedEntry, 'issuer' | 'said'>;

/** What is asked beside the views. */
export interface Surroundings {
  readonly now: Instant;
  readonly registry: Pick<RegistryState, 'kindOf' | 'regimeOf'>;
}

/**
 * What the leak test asks beside the entries: who must agree (services), who has agreed to what, which deferrals are
 * over, what was corrected or taken back, of which disclosures the notice is deferred or forbidden by a condition, and
 * what the agency decided on the person's requests. Which entries hold reasons kept from the person, the views do not know.
 *
 * @param transaction that has entered the scope of the agency that answers
 * @param entries of that agency, before the test
 * @param ofPerson deferrals of notices, requests and decisions on them, and corrections, that name the person
 */
export async function leakTestContext(
  transaction: ViewsTransaction,
  entries: readonly ExportedEntry[],
  ofPerson: readonly ExportedEntry[],
  { now, registry }: Surroundings,
): Promise<Omit<LeakTestContext, 'withholding'>> {
  const owners = new Set([...entries, ...ofPerson].map(({ issuer }) => issuer));
  const isOwn = ({ issuer }: Issued): boolean => owners.has(issuer);
  const isKnown = (one: Issued): boolean => isOwn(one) || openSince(one) <= now;
  const mentioned = entries.flatMap(mentionsOf);
  const named = [...(await entriesNamed(transaction, mentioned)), ...(await entriesNaming(transaction, mentioned))];
  const about = named.filter(isKnown);
  const ofExchanges = await entriesInExchanges(transaction, exchangesOf([...entries, ...about.filter(hasPassed)]));
  const deferrals = [...about, ...ofExchanges, ...ofPerson].filter(
    (one) => one.said?.type === 'NotificationDeferred' && isOwn(one),
  );
  const reviews = await entriesNaming(transaction, idsOf(deferrals));
  const notices = about.filter(({ said }) => said?.type === 'DataSubjectInformed');
  const ofThese = await entriesNaming(transaction, idsOf([...reviews, ...notices].filter(isOwn)));
  const byOthers = about.filter((one) => one.said?.type === 'InformationDisclosed' && !isOwn(one));
  const changes = (await changesOf(transaction, [...entries, ...byOthers])).filter(isKnown);
  const isChanged = (entry: ExportedEntry): boolean => changes.some((change) => isChangeOf(change, entry));
  const agreed = await agreedDisclosures(transaction, isKnown);
  const secretly = new Set([...entries.flatMap(toService), ...about.filter((one) => !isOwn(one)).flatMap(byService)]);
  const isNamed = (all: ReadonlySet<string>, agency: string, entry: ExportedEntry): boolean =>
    all.has(`${agency} ${nameOf(entry)}`);
  return {
    needsConsent: (agency, entry) => isService(agency as AgencyId, registry) || isNamed(secretly, agency, entry),
    agreedTo: (entry, agency) => isNamed(agreed, agency, entry),
    now,
    isChanged,
    forbidden: forbiddenOnes([...entries, ...about.filter(isOwn), ...byOthers], agreed),
    decision: await ownDecision(transaction, ofPerson, about, isOwn),
    disclosedToUs: byOthers.filter((one) => !isChanged(one)),
    deferred: deferredDisclosures(
      inOrder([...about, ...deferrals, ...reviews, ...ofThese]).filter(isOwn),
      entries,
      about,
      now,
    ),
  };
}

const idsOf = (entries: readonly ExportedEntry[]): readonly string[] => entries.map(({ id }) => id);

const exchangesOf = (entries: readonly ExportedEntry[]): readonly string[] =>
  entries.flatMap(({ said }) => textIn(said?.terms ?? {}, 'exchange') ?? []);

/** Codes of the vocabulary `condition` by which who disclosed something keeps it from the person: LED 9(3). */
const keptFromPerson: ReadonlySet<string> = new Set(['no-inform-subject', 'sealed']);

/** Disclosures of which a condition says so, and of which whoever disclosed them has not agreed that they are told. */
function forbiddenOnes(entries: readonly ExportedEntry[], agreed: ReadonlySet<string>): ReadonlySet<string> {
  const agreeing = Map.groupBy(entries, nameOf);
  const isAgreed = (name: string): boolean => {
    const disclosers = (agreeing.get(name) ?? []).flatMap(discloserOf);
    return disclosers.length > 0 && disclosers.every((one) => agreed.has(`${one} ${name}`));
  };
  return new Set(
    entries
      .filter(forbidsTelling)
      .map(nameOf)
      .filter((name) => !isAgreed(name)),
  );
}

const discloserOf = ({ issuer, said }: ExportedEntry): readonly string[] =>
  said?.type === 'InformationDisclosed' ? [issuer] : agenciesIn(said?.terms ?? {}, 'disclosedBy');

/** As it was disclosed, or as the recipient accepted it. */
const forbidsTelling = ({ said }: ExportedEntry): boolean =>
  said !== null && textsOf(said.terms, conditionsIn.get(said.type) ?? '').some((one) => keptFromPerson.has(one));

const conditionsIn: ReadonlyMap<string, string> = new Map([
  ['InformationDisclosed', 'conditions'],
  ['DisclosureReceived', 'conditionsAccepted'],
  ['ConditionsAccepted', 'conditionsAccepted'],
]);

/** Whoever received it did so as a service, whatever the registry says of that body as a whole: `agency disclosure`. */
const toService = (entry: ExportedEntry): readonly string[] =>
  entry.said?.terms['regimeRecipient'] === 'NATSEC'
    ? recipientsOf(entry).map((recipient) => `${recipient} ${nameOf(entry)}`)
    : [];

/** The other side says itself that it took part as a service. */
const byService = (entry: ExportedEntry): readonly string[] =>
  entry.said?.terms['regime'] === 'NATSEC' ? [`${entry.issuer} ${nameOf(entry)}`] : [];

/**
 * Disclosures of which a body has agreed that they are told; its latest answer counts. One that it corrected agrees to
 * nothing.
 *
 * @param isKnown whether who answers may know of an entry: what others hide agrees to nothing
 */
async function agreedDisclosures(
  transaction: ViewsTransaction,
  isKnown: (entry: Issued) => boolean,
): Promise<ReadonlySet<string>> {
  const rows = await transaction
    .selectFrom('matter')
    .innerJoin('fact', 'fact.entry_index', 'matter.entry_index')
    .select(['matter.matter', 'fact.entry_id', 'fact.issuer', 'fact.said'])
    .where('matter.kind', '=', 'originator-consent')
    .orderBy('fact.entry_index')
    .execute();
  const changes = (await entriesNaming(transaction, new Set(rows.map(({ entry_id }) => entry_id)))).filter(
    (one) => one.said?.type === 'EntryCorrected' && isKnown(one),
  );
  const corrected = new Set(changes.map((one) => `${one.issuer} ${textIn(one.said?.terms ?? {}, 'corrects')}`));
  const asked = new Map<string, readonly string[]>();
  const agreed = new Set<string>();
  for (const { matter, entry_id, issuer, ...row } of rows) {
    const said = row.said === null ? null : (JSON.parse(row.said) as SaidTerms);
    if (said === null || !isKnown({ issuer: issuer as AgencyId, said })) continue;
    const { type, terms } = said;
    if (type === 'OriginatorConsentAsked') asked.set(matter, textsOf(terms, 'covers'));
    if (type !== 'OriginatorConsentAnswered' || agencyIn(terms, 'askedBy') === null) continue;
    const covered = textsOf(terms, 'covers');
    for (const id of covered.length > 0 ? covered : (asked.get(textIn(terms, 'originatorConsent') ?? '') ?? [])) {
      if (terms['consents'] === true && !corrected.has(`${issuer} ${entry_id}`)) agreed.add(`${issuer} ${id}`);
      else agreed.delete(`${issuer} ${id}`);
    }
  }
  return agreed;
}
