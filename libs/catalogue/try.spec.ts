import { blocksOf, dataOf, entryTypes, validateEntry, evolve, type ExchangeHead } from '#catalogue';
import type { Instant, AgencyId } from '#kernel';
const now = '2026-11-22T10:00:00.000Z' as Instant;
it('tries', () => {
  let head: ExchangeHead | null = null;
  for (const t of entryTypes.values()) {
    const e = validateEntry(t.example, now);
    const b = blocksOf(e);
    console.log(JSON.stringify(b, null, 1));
    expect(dataOf(e.type, b)).toEqual(e.data);
    console.log(t.sentence(b.terms!, 'en'), t.sentence(b.terms!, 'de'));
    if (t.log === 'entries') head = evolve(head, { issuer: (t.name === 'InformationRequested' ? 'police.example' : 'youth-office.example') as AgencyId, type: e.type, terms: b.terms!, occurredAt: e.occurredAt });
  }
  console.log(JSON.stringify(head));
  try { validateEntry({ ...entryTypes.get('InformationDisclosed')!.example, data: { x: 1, '__proto__': 3, items: [{ dataCategory: 'no' }, 3, { zz: 1 }], recipients: ['A', 'b'], transfer: [], legalBasisCollect: { code: 3 } } }, now); } catch (e) { console.log(e); }
  const ex = entryTypes.get('InformationDisclosed')!.example;
  for (let r = 0; r < 5; r++) { const n = 5000; const t = process.hrtime.bigint(); for (let i = 0; i < n; i++) validateEntry(ex, now); console.log(Number(process.hrtime.bigint() - t) / n / 1000, 'us'); }
});
