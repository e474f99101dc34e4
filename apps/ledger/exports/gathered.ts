import type { Caller } from '#access';
import { nameOf } from '#catalogue';
import type { Scope } from '#compliance';
import { asHtml, asText, type AgencyNames, type Document } from '#compliance/documents';
import {
  contents,
  gather,
  leakTest,
  quarterNamed,
  registerOf,
  versions,
  type CalendarQuarter,
  type ExportedEntry,
  type ExportProfile,
  type ExportScope,
  type Gathered,
  type LeakTested,
  type Material,
} from '#compliance/exports';
import { DomainError, leafIndex, treeSize, type AgencyId, type EntryId, type LogName } from '#kernel';
import { RimError } from '#platform';
import { parseLeaf } from '#statement';
import type { Ledger } from '../ledger.js';
import type { Issue } from '../trails/trail-jobs.js';
import { scopeOf, viewed } from '../views/viewing.js';
import type { ExportRequest } from './export-request.js';
import { withholdingEntries } from './withholding-entries.js';

export interface Order {
  readonly caller: Caller;
  readonly request: ExportRequest;
  /** whose entries */
  readonly agencies: readonly AgencyId[];
  readonly purpose: string;
  /** what a search found */
  readonly ids?: readonly EntryId[];
}

/** What belongs to an export, as far as it passes the leak test of its profile. */
export interface Passed extends Gathered {
  readonly tested: LeakTested | null;
  /** under which the one agency was admitted */
  readonly regime: string | null;
  readonly agencyNames: AgencyNames;
  readonly admissions: Required<Material>['admissions'];
}

type Untested = Omit<Passed, 'tested'>;

/**
 * Finds what belongs to an export.
 *
 * @throws DomainError `not-found` where nothing of this exchange or matter exists for the caller, or no such agreement
 * @throws RimError `unavailable` while the views do not hold everything recorded: an export that leaves something out
 * must not look whole
 */
export async function entriesFor(ledger: Ledger, order: Order): Promise<Passed> {
  const { profile } = order.request;
  const found = profile.log === 'registry' ? await fromRegistry(ledger, order) : await fromViews(ledger, order);
  if (found.entries.length === 0 && mustBeThere.includes(profile.of)) {
    throw new DomainError('not-found', 'there is nothing of it for this caller');
  }
  const tested = profile.leakTest === true ? await testedOf(ledger, found) : null;
  return { ...found, entries: tested?.told ?? found.entries, tested };
}

async function testedOf({ vault }: Ledger, { entries, context }: Untested): Promise<LeakTested | null> {
  if (context === null) return null;
  const ids = entries.map(({ id }) => id);
  return leakTest(entries, { ...context, withholding: await withholdingEntries(vault, ids) });
}

/** Of these, one is asked for by its id. */
const mustBeThere: readonly ExportScope[] = ['matter', 'exchange-or-matter'];

/**
 * Finds what belongs to an export and writes its documents.
 *
 * @throws DomainError `not-found` as {@link entriesFor}; `forbidden` for the person concerned whom the agency refused
 * @throws RimError `unavailable` as {@link entriesFor}
 */
export async function gathered(ledger: Ledger, order: Order): Promise<Issue> {
  const { request, purpose } = order;
  const { profile, basis } = request;
  const passed = await entriesFor(ledger, order);
  const { entries, tested } = passed;
  if (tested?.isRefused === true) {
    throw new DomainError('forbidden', 'the agency decided to refuse access, or to neither confirm nor deny');
  }
  const last = profile.documentsOnly === true ? undefined : entries.at(-1)?.index;
  // What was recorded a moment ago would lie beyond the last one.
  const published = await ledger.integrators[profile.log].over(last === undefined ? 0 : last + 1);
  return {
    ...rangeOf(profile.log, profile.documentsOnly === true ? [] : entries),
    published,
    purpose,
    profile: profile.id,
    owners: order.agencies,
    title: `${profile.id} ${profile.title.en}`,
    blocks: profile.blocks,
    documents: writtenFrom(profile, materialOf(ledger, order, passed)),
    ...(tested && { leakTest: { removed: tested.removed, masked: tested.masked } }),
    ...(basis !== undefined && { basis }),
  };
}

function rangeOf(log: LogName, entries: readonly ExportedEntry[]): Pick<Issue, 'log' | 'from' | 'to' | 'selection'> {
  const selection = entries.map(({ index }) => index);
  return {
    log,
    from: selection[0] ?? leafIndex(0),
    to: treeSize((selection.at(-1) ?? -1) + 1),
    selection,
  };
}

async function fromViews(ledger: Ledger, { caller, request, agencies, ids }: Order): Promise<Untested> {
  const { profile, from, until, exchange, matter, agreement } = request;
  const quarter = quarterOf(request);
  const scope: Scope = scopeOf(caller);
  const now = ledger.clock.now();
  const { registry } = await ledger.registry.registryAt(await ledger.store.size('registry'));
  const size = await ledger.store.size('entries');
  const wanted = {
    agencies,
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(quarter && { from: quarter.from, until: quarter.until, closes: quarter.closes }),
    ...(exchange !== undefined && { exchange }),
    ...(matter !== undefined && { matter }),
    ...(agreement !== undefined && { agreement }),
    ...(ids && { ids }),
  };
  const [agency, another] = agencies;
  const found = await viewed(ledger, (views) => gather(views, scope, profile, wanted, { now, registry }));
  if (found.completeUpTo < size)
    throw new RimError('unavailable', [{ pointer: '/views', detail: 'is not complete yet' }]);
  const isKnown = registry.agreements.some(({ version }) => nameOf(version) === agreement);
  if (agreement !== undefined && found.entries.length === 0 && !isKnown) {
    throw new DomainError('not-found', 'no such agreement is known, nor cited');
  }
  const regime = agency === undefined || another !== undefined ? null : registry.regimeOf(agency);
  return { ...found, regime, agencyNames: registry.agencyNames, admissions: registry };
}

const quarterOf = ({ quarter }: ExportRequest): CalendarQuarter | null =>
  quarter === undefined ? null : quarterNamed(quarter);

/** The registry log is short and open: it is read as it is. */
async function fromRegistry({ registry, store }: Ledger, { request, agencies }: Order): Promise<Untested> {
  const size = await store.size('registry');
  const entries: ExportedEntry[] = [];
  for (let next = leafIndex(0); next < size;) {
    const records = await store.read('registry', next, size - next);
    if (records.length === 0) break;
    for (const { index, bytes } of records) {
      const leaf = parseLeaf(bytes);
      if (leaf.log !== 'registry') throw new RangeError('a leaf of another log');
      const { jti, iss, type, data } = leaf.statement;
      if (request.profile.types?.includes(type) === false) continue;
      const said = { type, occurredAt: leaf.recordedAt, terms: data };
      entries.push({ index, id: jti, issuer: iss, recordedAt: leaf.recordedAt, said });
    }
    next = leafIndex(next + records.length);
  }
  const { registry: admissions } = await registry.registryAt(size);
  const { agencyNames } = admissions;
  const told = registerOf(entries, agencies);
  const unasked = { tally: null, judged: [], context: null, regime: null };
  return { entries: told, completeUpTo: size, agencyNames, admissions, ...unasked };
}

/** What its documents are written from. */
export const materialOf = (
  { clock }: Ledger,
  { request, agencies }: Order,
  { entries, tally, judged, completeUpTo, tested, regime, agencyNames, admissions }: Passed,
): Material => ({
  language: request.language,
  at: clock.now(),
  completeUpTo,
  agencies,
  quarter: quarterOf(request),
  agencyNames,
  admissions,
  regime,
  entries,
  tally,
  judged,
  leakTest: tested,
});

/** Each document as a page and as plain text, and by which forms and rules they were written: annex E.2. */
function writtenFrom(profile: ExportProfile, material: Material): ReadonlyMap<string, string> {
  const documents: readonly (readonly [string, Document])[] = [
    ['contents', contents(profile, material)],
    ...(profile.documents?.(material) ?? []),
  ];
  return new Map([
    ...documents.flatMap(([name, document]) => [
      [`${name}.html`, asHtml(document)] as const,
      [`${name}.txt`, asText(document)] as const,
    ]),
    ['versions.json', `${JSON.stringify(versions(), null, 2)}\n`],
  ]);
}
