import { instantAt, ledgerIssuer } from '#kernel';
import type { JsonObject } from '#statement';
import { supervisor } from './network.js';
import type { Intent } from './intent.js';
import { Random } from './random.js';
import type { SimulatedEntry } from './script.js';

/** What the ledger itself records when it is used: who looked, and what left it. */
export interface Uses {
  readonly entries: readonly SimulatedEntry[];
  readonly intents: readonly Intent[];
}

/**
 * The year in use, as a ledger would record it: the supervisor looks at an entry and takes two trails, one of them without
 * saying for what (LOG-05).
 *
 * @param at when, in milliseconds since 1970
 */
export function usesOf(seed: string, at: number, lookedAt: SimulatedEntry): Uses {
  const random = new Random(`${seed} in use`);
  const recorded = (type: string, data: JsonObject): SimulatedEntry => ({
    agency: ledgerIssuer,
    body: { id: random.uuidAt(at), type, occurredAt: instantAt(at), data },
  });
  const looked = recorded('LedgerAccessed', {
    actor: 'aufsicht-1',
    agency: supervisor,
    role: 'regulator',
    accessPurpose: 'supervisory-request',
    hiddenFromOwner: false,
    entry: lookedAt.body.id,
    owner: lookedAt.agency,
  });
  const trail = (accessPurpose: JsonObject): SimulatedEntry =>
    recorded('ExportIssued', {
      actor: 'aufsicht-1',
      exportId: random.uuidAt(at),
      recipient: supervisor,
      role: 'regulator',
      ...accessPurpose,
      profile: 'trail',
      log: 'entries',
      from: 0,
      to: 1,
      hiddenFromOwner: false,
    });
  const taken = trail({ accessPurpose: 'supervisory-request' });
  const unsaid = trail({ accessPurpose: { missing: 'not-given' } });
  return {
    entries: [looked, taken, unsaid],
    intents: [{ rule: 'LOG-05', agency: supervisor, entry: unsaid.body.id, part: null }],
  };
}
