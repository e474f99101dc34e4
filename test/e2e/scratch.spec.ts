import { instantAt, ledgerIssuer } from '#kernel';
import { appendFileSync } from 'node:fs';
import { admissionOf } from '../../apps/cli/simulation/admissions.js';
import { compareNotes } from '../../apps/cli/simulation/compare-notes.js';
import { network } from '../../apps/cli/simulation/network.js';
import { registryEntries } from '../../apps/cli/simulation/registry-entries.js';
import { simulateYear, expectedNotes } from '../../apps/cli/simulation/simulate-year.js';
import { notesOn } from './judged-year.js';

const specs = (process.env['RUNS'] ?? 'x:10').split(' ').map((r) => r.split(':'));
it.each(specs)('%s %s', async (seed, n) => {
  const end = Date.UTC(2024 + (Number(n) % 3), seed!.length % 12, 1 + (seed!.charCodeAt(0) % 28));
  const until = instantAt(end);
  const sim = { seed: seed!, exchanges: Number(n), until } as const;
  const entries = [...simulateYear(sim)];
  const all = [...network.map((a) => ({ agency: ledgerIssuer, body: admissionOf(a) })), ...registryEntries(), ...entries];
  const byId = new Map(all.map((e) => [e.body.id, e]));
  const wrong = compareNotes(expectedNotes(sim), await notesOn(all, until, instantAt(end + 3_600_000))).flatMap(({ missed, extra }) => [...missed.map((m) => ['MISSED', m] as const), ...extra.map((m) => ['EXTRA', m] as const)]);
  for (const [w, o] of wrong) appendFileSync('/tmp/stress.txt', `${seed}:${n} ${until} ${w} ${JSON.stringify(o)} ${byId.get(o.entry)?.body.type} ${byId.get(o.entry)?.body.occurredAt}\n`);
  appendFileSync('/tmp/stress.txt', `${seed}:${n} done ${entries.length} ${wrong.length}\n`);
}, 300000);
