import { mkdtempSync, rmSync, statSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLedger } from '../ledger/embedded-ledger.js';
import { ledgerService } from '../ledger/application.js';
import { systemClock } from './system-clock.js';
import { readConfig, createLogger } from '#platform';
import { LedgerClient } from './ledger-client.js';
import { mintedTokens } from './bearer-tokens.js';
import { ledgerSettings } from './ledger-settings.js';
import { recordSimulation } from './simulation/record-simulation.js';
import { importRecords } from './import/import-records.js';
import { recordsOf } from './import/record-file.js';
import { mapAuditEvent } from './import/fhir-audit-event.js';
it('works', async () => {
  const data = mkdtempSync(join(tmpdir(), 'n-'));
  const env = { NACHWEIS_DATA: data, NACHWEIS_PORT: '0', NACHWEIS_LOG_LEVEL: 'warn' };
  const config = readConfig(env);
  const ledger = await openEmbeddedLedger(config, systemClock, { progress: () => {}, alarm: (w, e) => console.error(w, e) });
  const { application, close } = await ledgerService(ledger, createLogger('warn'));
  await application.listen(0, '127.0.0.1');
  const url = await application.getUrl();
  const client = new LedgerClient({ url, tokens: mintedTokens(ledgerSettings(env), systemClock, 'x') });
  let t = performance.now();
  const s = await recordSimulation(client, { seed: 1, exchanges: 1000, year: 2025 });
  console.log(s, (performance.now() - t) / 1000, s.entries / ((performance.now() - t) / 1000));
  console.log((await recordSimulation(client, { seed: 1, exchanges: 1000, year: 2025 })).isRepeat);
  for (let i = 0; i < 2; i++) {
    const lines: string[] = [];
    const r = await importRecords({ records: recordsOf('test/data/fhir-auditevents.ndjson'), map: (v) => mapAuditEvent(v, { byName: new Map(), all: 'klinik.example' as never }), client, clock: systemClock, report: (l) => lines.push(l) });
    console.log(r, lines.join('\n'));
  }
  await close();
  rmSync(data, { recursive: true });
}, 120000);
