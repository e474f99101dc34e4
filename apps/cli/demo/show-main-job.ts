import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { network, supervisor } from '../simulation/network.js';
import type { Environment } from '../ledger-settings.js';
import { isAsIntended, notesTable } from '../simulation/compare-notes.js';
import { answeredNotes } from '../simulation/note-answers.js';
import { answerNotes } from './answer-notes.js';
import { breakLog05, expectedIn, findNotes } from './check-notes.js';
import { DemoLedger } from './demo-ledger.js';
import { printFlows, printSummary, type FlowsAnswer, type SummaryAnswer } from './printing.js';

const fhirExamples = fileURLToPath(new URL('../../../../test/data/fhir-auditevents.ndjson', import.meta.url));

/** In whose name audit events are recorded that do not say whose they are. */
const clinic = 'klinik.example';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const headline = (number: number, text: string): void => say(`\n${number}. ${text}`);

/**
 * Starts a ledger, records, imports, summarises, exports, verifies, tampers, verifies again, compares the check notes
 * with what was wrong on purpose, and lets officers answer some of them. Every step is the command or the call a user would make.
 *
 * @returns the exit code: 0 when every step ended as it must
 */
export async function showMainJob(
  { exchanges, seed, folder }: { exchanges: string; seed: string; folder: string },
  environment: Environment,
): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  headline(1, `A ledger starts on the fresh folder ${folder}: no database, no broker, no account.`);
  const ledger = await DemoLedger.start(join(folder, 'data'), environment);
  try {
    return await show(ledger, { exchanges, seed, folder });
  } finally {
    await ledger.stop();
  }
}

async function show(
  ledger: DemoLedger,
  { exchanges, seed, folder }: { exchanges: string; seed: string; folder: string },
): Promise<number> {
  headline(2, 'Nine agencies work together for a year; everything goes through the HTTP API.');
  const expectedFile = join(folder, 'expected-notes.ndjson');
  const simulation = ['--seed', seed, '--exchanges', exchanges, '--expected', expectedFile];
  await ledger.command('simulate', ...simulation, '--url', ledger.url);
  const notes = await findNotes(ledger, [...expectedIn(expectedFile), ...(await breakLog05(ledger))]);

  headline(3, 'A hospital hands in audit events it has anyway: three published FHIR R4 examples.');
  await ledger.command('import', '--format', 'fhir-auditevent', fhirExamples, '--agency', clinic, '--url', ledger.url);

  headline(4, `What the supervisor ${supervisor} sees of the nine agencies it is competent for.`);
  const competentFor = network.map(({ id }) => id);
  const regulator = await ledger.regulator(supervisor, competentFor);
  printSummary(await regulator.get<SummaryAnswer>('/v1/views/summary'), say);
  printFlows(await regulator.get<FlowsAnswer>('/v1/views/flows'), say);

  headline(5, 'It asks for a trail of the whole log, with the blocks it may see. That, too, is recorded.');
  const zip = join(folder, 'trail.zip');
  const size = await regulator.trail(zip);
  const logKey = await regulator.logKey();
  writeFileSync(join(folder, 'log-key.txt'), `${logKey}\n`);
  say(`${zip}: ${(size / 2 ** 20).toFixed(1)} MiB; the log's key, fetched separately: ${logKey}`);

  headline(6, 'Offline, without the ledger, the trail is verified:  nachweis verify trail.zip --log-key log-key.txt');
  const intact = await ledger.outcome('verify', zip, '--log-key', join(folder, 'log-key.txt'));

  headline(7, 'In a copy, one byte of one entry is changed:');
  const copy = join(folder, 'tampered.zip');
  copyFileSync(zip, copy);
  say(flipOneByte(copy));
  const tampered = await ledger.outcome('verify', copy, '--log-key', join(folder, 'log-key.txt'));

  headline(8, 'What the year did wrong on purpose, and the check notes that the data protection officers see:');
  say(`  Seed of the year: ${seed}, with ${exchanges} exchanges; the same seed breaks the same rules.`);
  for (const line of notesTable(notes)) say(`  ${line}`);
  say(`  What was wrong on purpose, as the simulation wrote it down: ${expectedFile}`);

  headline(9, 'Data protection officers answer some of them; only what they confirm is a finding:');
  const answered = await answerNotes(ledger, seed);
  for (const { rule, agency, history } of answered) say(`  ${rule} ${agency.padEnd(34)}${history.join(' → ')}`);

  const isAnswered = answered.length === answeredNotes && answered.every((one) => one.isShown);
  const isShown = intact === 0 && tampered === 1 && isAsIntended(notes) && isAnswered;
  say(
    isShown
      ? '\nThat is the point: nobody can change what was recorded without it showing.'
      : '\nThis demo did not end as it must.',
  );
  say('\nKeep a ledger running:   npm start');
  say('Its API documentation:   http://127.0.0.1:8080/docs');
  say(`What this demo recorded: ${folder} (the ledger's data, both trails, the log's key)`);
  return isShown ? 0 : 1;
}

/** Changes the year in which the middle entry was recorded, by one bit. */
function flipOneByte(file: string): string {
  const bytes = readFileSync(file);
  const start = bytes.indexOf('{"log":"entries"');
  const last = bytes.lastIndexOf('{"log":"entries"');
  const place = bytes.indexOf('"recordedAt":"2', Math.floor((start + last) / 2)) + '"recordedAt":"202'.length;
  const before = bytes.subarray(place - 3, place + 7).toString();
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  return `at byte ${place} of ${bytes.length}, "${before}" is now "${bytes.subarray(place - 3, place + 7).toString()}"`;
}
