import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '#statement';
import { countInputs, leastBodies } from '../../apps/ledger/quick-entries/count-inputs.js';
import type { Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { freshId } from './sample-entries.js';

interface Listed {
  readonly template: string;
  readonly kind: string;
  readonly counterparts: readonly string[];
  readonly purposes: readonly string[];
  readonly needs: readonly string[];
}

const folder = join(import.meta.dirname, '../../deploy/agreements');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const terms = (file: string) =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')) as JsonObject & {
    readonly agreement: string;
    readonly parties: readonly string[];
  };

let network: RunningLedger;

beforeAll(async () => {
  network = await RunningLedger.start();
  const agreements = files.map(terms);
  await network.admit(...new Set(agreements.flatMap(({ parties }) => parties)));
  for (const { validUntil: _until, ...agreement } of agreements) {
    const by = await network.as('agency', agreement.parties[0] ?? '');
    const data = { ...agreement, validFrom: '2026-01-01' };
    const answer = await by.record({
      id: freshId(),
      type: 'AgreementAdopted',
      occurredAt: network.clock.now(),
      data,
    });
    expect(answer.status).toBe(201);
  }
});
afterAll(() => network.remove());

/** Records the least that a template needs, and gives the first entry of it. */
const within = async (by: Caller, template: string, needs: readonly string[], changes: object): Promise<JsonObject> => {
  const [first] = await Promise.all(
    leastBodies(template, needs).map(async (least) => {
      const body = { ...least, ...changes };
      const { inputs, most } = countInputs(body);
      expect([template, inputs <= most]).toEqual([template, true]);
      const answer = await by.post('/v1/quick-entries', { id: freshId(), ...body });
      expect([template, answer.status]).toEqual([template, 201]);
      return answer.json<{ readonly entries: readonly { readonly entry: JsonObject }[] }>().entries[0]?.entry ?? {};
    }),
  );
  return first ?? {};
};

describe('The templates of the shipped agreements', () => {
  test.each(files)('%s: ask each party for no more than the limit, and what was picked is recorded', async (file) => {
    const { agreement, parties } = terms(file);
    for (const party of parties) {
      const by = await network.as('agency', party);
      const { templates } = (await by.get('/v1/templates')).json<{ templates: readonly Listed[] }>();
      const own = templates.filter(({ template }) => template.startsWith(`${agreement}@`));
      expect(own.length).toBeGreaterThan(0);
      for (const { template, kind, counterparts, purposes, needs } of own.filter((one) => one.kind !== 'answer')) {
        const entry = await within(by, template, needs, {});
        expect(entry).toMatchObject({ data: { purpose: purposes[0] } });
        if (kind === 'spontaneous') expect(entry).toMatchObject({ data: { recipients: counterparts } });
        if (kind !== 'request') continue;
        expect(entry).toMatchObject({ data: { addressee: counterparts[0] } });
        const asked = await network.as('agency', counterparts[0] ?? '');
        const answering = ['request', 'case', 'items', 'reason'];
        const decided = await within(asked, template, answering, { request: entry['id'] });
        expect(decided).toMatchObject({ type: 'RequestDecided', data: { request: entry['id'] } });
      }
    }
  });
});
