import { createHash } from 'node:crypto';
import { blocksOf, entryTypes, retentionOf, validateEntry } from '#catalogue';
import { entryId, treeSize, type AgencyId, type Instant } from '#kernel';
import { encodeEntryLeaf, encodeRegistryLeaf, sealStatement } from '#statement';
import type { Intent } from '../../apps/cli/simulation/intent.js';
import type { SimulatedEntry } from '../../apps/cli/simulation/script.js';
import { judgements } from '../../libs/compliance/judging/judgements.js';
import { projected, type Projected } from '../../libs/compliance/testing/projected.js';
import { RecordedLog } from '../../libs/compliance/testing/recorded-log.js';

/** What the rules say at a moment of simulated entries that were all recorded then, in this process. */
export async function notesOn(
  entries: Iterable<SimulatedEntry>,
  now: Instant,
  asked: Instant = now,
): Promise<readonly Intent[]> {
  const log = new RecordedLog();
  await recordAll(log, entries, now);
  await using views = await projected({ log, projections: [judgements] });
  await views.caughtUp();
  return brokenAt(views, asked);
}

async function recordAll(log: RecordedLog, simulated: Iterable<SimulatedEntry>, recordedAt: Instant): Promise<void> {
  const registry: Buffer[] = [];
  const entries: SimulatedEntry[] = [];
  for (const one of simulated) {
    const { id, type, data } = one.body;
    const isRegistry = entryTypes.get(type)?.log === 'registry';
    validateEntry(JSON.parse(JSON.stringify(one.body)), recordedAt);
    if (isRegistry) {
      registry.push(
        encodeRegistryLeaf({
          recordedAt,
          statement: { jti: entryId(id), iss: one.agency, type, dataVersion: 1, data },
        }),
      );
    } else entries.push(one);
  }
  await log.store.append('registry', treeSize(0), registry);
  const size = await log.store.size('registry');
  for (const { agency, body } of entries) await recordOne(log, agency, body, { recordedAt, size });
}

async function recordOne(
  log: RecordedLog,
  agency: AgencyId,
  body: SimulatedEntry['body'],
  { recordedAt, size }: { recordedAt: Instant; size: ReturnType<typeof treeSize> },
): Promise<void> {
  const id = entryId(body.id);
  const valid = validateEntry(JSON.parse(JSON.stringify(body)), recordedAt);
  const { statement, disclosures } = sealStatement(agency, id, blocksOf(valid), (block) =>
    createHash('md5').update(`${id} ${block}`).digest(),
  );
  const type = entryTypes.get(body.type);
  await log.vault.store([
    {
      id,
      agency,
      exchange: valid.exchange,
      index: [],
      blocks: disclosures.map(({ block, digest, encoded }) => ({
        block,
        digest,
        encoded,
        retention: type ? retentionOf(type, block) : 'record',
      })),
    },
  ]);
  await log.append(encodeEntryLeaf({ recordedAt, registry: size, statement }));
}

async function brokenAt({ views }: Projected, now: Instant): Promise<readonly Intent[]> {
  const rows = await views.database
    .selectFrom('judgement')
    .select(['rule', 'agency', 'entry_id', 'part'])
    .where('verdict', 'in', ['broken', 'pending'])
    .where('due', '<', now)
    .execute();
  return rows.map(({ rule, agency, entry_id: entry, part }) => ({ rule, agency: agency as AgencyId, entry, part }));
}
