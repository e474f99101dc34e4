import { entryTypes } from '#catalogue';
import { RegistryFollower } from '#compliance/registry';
import { everyRule, judge, type JudgedEntry, type Matter } from '#compliance/rules';
import { treeSize, type AgencyId, type EntryId, type Instant, type LeafIndex } from '#kernel';
import { benchId } from '../entries.js';

const rounds = 2_000;
const entries = 30;
const inExchange = [...entryTypes.values()].filter(({ exchange, log }) => exchange === 'required' && log === 'entries');

/** An exchange of thirty entries: the catalogue's examples, one after the other. */
const matter: Matter = {
  kind: 'exchange',
  id: benchId('exchange'),
  entries: Array.from({ length: entries }, (_, place): JudgedEntry => {
    const { name, example } = inExchange[place % inExchange.length] ?? { name: '', example: { occurredAt: '', data: {} } };
    const occurredAt = example.occurredAt as Instant;
    return {
      index: place as LeafIndex,
      id: benchId(`entry ${place}`) as EntryId,
      issuer: (place % 2 === 0 ? 'police.example' : 'youth-office.example') as AgencyId,
      recordedAt: occurredAt,
      said: { type: name, occurredAt, terms: { ...example.data, present: Object.keys(example.data) } },
    };
  }),
  linked: new Map(),
};

/** Milliseconds in which all rules judge one exchange of thirty entries. */
export async function measureJudging(): Promise<number> {
  const then = await new RegistryFollower({ read: () => Promise.resolve([]) }).registryAt(treeSize(0));
  for (let round = 0; round < rounds / 10; round += 1) judge(matter, everyRule, () => then);
  const began = performance.now();
  for (let round = 0; round < rounds; round += 1) judge(matter, everyRule, () => then);
  return (performance.now() - began) / rounds;
}
