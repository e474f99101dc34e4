import fc from 'fast-check';
import { entryTypes } from '#catalogue';
import { agencyId, entryId, leafIndex, type Instant } from '#kernel';
import { judge } from '../judge.js';
import { everyPack } from '../packs/every-pack.js';
import { Settings } from '../settings.js';
import { emptyRegistry } from '../testing/story.js';
import { dsr01 } from './dsr-01.js';
import { dsr02 } from './dsr-02.js';
import { dsr03 } from './dsr-03.js';
import { dsr04 } from './dsr-04.js';
import { dsr05 } from './dsr-05.js';
import { bre01 } from './bre-01.js';
import { bre02 } from './bre-02.js';
import { bre03 } from './bre-03.js';
import { trf01 } from './trf-01.js';
import { trf02 } from './trf-02.js';
import { trf03 } from './trf-03.js';
import { agr01 } from './agr-01.js';
import { agr02 } from './agr-02.js';
import { ret01 } from './ret-01.js';
import { ret02 } from './ret-02.js';
import { ret03 } from './ret-03.js';
import { ret04 } from './ret-04.js';
import { int01 } from './int-01.js';
import { int02 } from './int-02.js';
import { int03 } from './int-03.js';
import { ovs01 } from './ovs-01.js';
import { ovs02 } from './ovs-02.js';

const mine = [dsr01, dsr02, dsr03, dsr04, dsr05, bre01, bre02, bre03, trf01, trf02, trf03, agr01, agr02, ret01, ret02, ret03, ret04, int01, int02, int03, ovs01, ovs02];
const ids = Array.from({ length: 6 }, (_, n) => entryId(`0195a6f0-00aa-7000-8000-${String(n).padStart(12, '0')}`));
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(...ids),
  fc.constantFrom({ missing: 'unknown' }, '2026-11-11', '2027-02-29', '9999-12-31', '0000-01-01', '9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00.000Z', '2026-11-11T10:00:00.000Z', [], ['police.example'], { from: '0000-01-01' }, true, false, 'high', 'unlikely', 'granted', 'staff'),
);
describe('mine', () => {
  it.each(mine.map((rule) => [rule.id, rule] as const))('%s is total, deterministic, independent of order', (_, rule) => {
    const inForce = { settings: new Settings(everyPack), registry: emptyRegistry };
    const kind = typeof rule.about === 'string' ? rule.about : (rule.about[0] ?? 'exchange');
    const entry = fc.constantFrom(...rule.reads).chain((type) => {
      const base = entryTypes.get(type)?.example.data ?? {};
      return fc.tuple(fc.constant(type), fc.record(Object.fromEntries([...Object.keys(base), 'present', 'covers', 'transfer', 'activity', 'completes', 'followsUp'].map((n) => [n, fc.oneof({ weight: 3, arbitrary: fc.constant(base[n]) }, { weight: 1, arbitrary: odd }, {weight: 1, arbitrary: fc.constantFrom(...ids)})]))), fc.integer({ min: 0, max: 5 }), fc.boolean());
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (list) => {
        const entries = list.map(([type, terms, hour, gone], n) => {
          const at = `2026-0${n + 1}-0${hour + 1}T10:00:00.000Z` as Instant;
          const clean = Object.fromEntries(Object.entries(terms).filter(([, v]) => v !== undefined));
          return { index: leafIndex(n), id: ids[n] as never, issuer: agencyId(hour > 3 ? 'host.example' : 'police.example'), recordedAt: at, said: gone && hour === 5 ? null : { type, occurredAt: at, terms: clean as never } };
        });
        const linked = new Map(ids.map((id) => [id as string, { kind: 'exchange' as const, id, entries, linked: new Map() }]));
        const of = (e: typeof entries) => judge({ kind, id: 'm', entries: e, linked }, [rule], () => inForce).map((j) => JSON.stringify([j.key, j.verdict, [...j.facts].sort()])).sort();
        const found = of(entries);
        expect(of([...entries].reverse())).toEqual(found);
        const keys = judge({ kind, id: 'm', entries, linked }, [rule], () => inForce).map(({ key, verdict }) => key + (verdict.is === 'not-decidable' ? Math.random() : ''));
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});
