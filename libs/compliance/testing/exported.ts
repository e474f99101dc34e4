import { leafIndex, type EntryId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import type { ExportedEntry } from '../exports/export-profile.js';
import type { LeakTestContext } from '../exports/leak-test.js';
import { clinic, uuidOf } from './recorded-log.js';

export const service = 'service.example';

interface Told extends JsonObject {
  readonly recipients?: readonly string[];
}

export const idOf = (name: string): EntryId => uuidOf(`entry ${name}`) as EntryId;

/** Recorded by the clinic; of its name it has its id and that of its disclosure. */
export function entry(name: string, terms: Told = {}, type = 'InformationDisclosed', place = 0): ExportedEntry {
  return {
    index: leafIndex(place),
    id: idOf(name),
    issuer: clinic,
    recordedAt: '2026-03-01T10:00:00.000Z' as Instant,
    said: {
      type,
      occurredAt: '2026-03-01T09:00:00.000Z' as Instant,
      terms: { disclosureId: uuidOf(`disclosure ${name}`), ...terms },
    },
  };
}

export const undecided = { isRefused: false, isAskedAnew: false, omitted: new Map(), ofDisclosure: new Map() };

/** Nothing is held back but what a service has to do with. */
export const context = (changes: Partial<LeakTestContext> = {}): LeakTestContext => ({
  needsConsent: (agency) => agency === service,
  agreedTo: () => false,
  now: '2026-03-02T00:00:00.000Z' as Instant,
  deferred: new Set(),
  isChanged: () => false,
  forbidden: new Set(),
  decision: undecided,
  disclosedToUs: [],
  withholding: new Set(),
  ...changes,
});
