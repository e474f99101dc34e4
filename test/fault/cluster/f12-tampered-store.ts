import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { leafHashOf, RawLog, type RawEvent } from './raw-log.js';
import type { Scenario } from './scenario.js';
import { members, type Stage } from './stage.js';

interface Tampering {
  readonly what: string;
  /** whether a relay can tell: it reads no tree heads and only the end of what it has relayed */
  readonly isSeenByRelay: boolean;
  /** whether a ledger can tell: it goes on from the newest head, and only that one */
  readonly isSeenByLedger: boolean;
  tamper(stage: Stage, log: Logs): Promise<void>;
}

interface Logs {
  readonly entries: readonly RawEvent[];
  readonly heads: readonly RawEvent[];
}

/** Milliseconds in which a process must have refused. */
const refusalPatience = 20_000;
const entries = 'nachweis-entries';
const middle = (events: readonly RawEvent[]): RawEvent => at(events, Math.floor(events.length / 2));

/** In turn what is crude and what takes care that the event's id fits its bytes. */
const tamperings: readonly Tampering[] = [
  {
    what: 'an event edited',
    isSeenByRelay: false,
    isSeenByLedger: true,
    tamper: ({ cluster }, log) =>
      cluster.eventStore.change(entries, middle(log.entries).revision, { data: edited(middle(log.entries).bytes) }),
  },
  {
    what: 'an event edited, its id made to fit',
    isSeenByRelay: false,
    isSeenByLedger: true,
    tamper: (stage, log) => rewrite(stage, entries, middle(log.entries)),
  },
  {
    what: 'the last event edited, its id made to fit',
    isSeenByRelay: true,
    isSeenByLedger: true,
    tamper: (stage, log) => rewrite(stage, entries, at(log.entries, -1)),
  },
  {
    what: 'a stream truncated',
    isSeenByRelay: true,
    isSeenByLedger: true,
    tamper: ({ cluster }, log) => cluster.eventStore.truncate(entries, middle(log.entries).revision),
  },
  {
    what: 'a stream tombstoned',
    isSeenByRelay: true,
    isSeenByLedger: true,
    tamper: ({ cluster }) => cluster.eventStore.tombstone(entries),
  },
  {
    what: 'the last tree head edited, its id made to fit',
    isSeenByRelay: false,
    isSeenByLedger: true,
    tamper: (stage, log) => rewriteHead(stage, at(log.heads, -1)),
  },
  {
    what: 'an older tree head edited, its id made to fit',
    isSeenByRelay: false,
    isSeenByLedger: false,
    tamper: (stage, log) => rewriteHead(stage, middle(log.heads)),
  },
  {
    what: 'the stream of tree heads tombstoned',
    isSeenByRelay: true,
    isSeenByLedger: true,
    tamper: ({ cluster }) => cluster.eventStore.tombstone(`${entries}.checkpoints`),
  },
];

/** F12: somebody at the event store's disk changes what is there. */
export const tamperedStore: Scenario = {
  name: 'F12',
  title: 'an edited event, a truncated stream, a tombstone: reported by ledger, relay and verifier',
  rounds: { short: tamperings.length, long: 3 * tamperings.length },
  run: async ({ stage, rounds, report }) => {
    await stage.underLoad(() => sleep(1_500));
    await stage.settle();
    await stage.check();
    await stage.kill(...members);
    const whole = join(stage.cluster.folder, 'whole.journal');
    const { eventStore } = stage.cluster;
    await eventStore.kill();
    copyFileSync(eventStore.file, whole);
    await eventStore.restart();
    const raw = new RawLog(eventStore.url);
    const log = { entries: await raw.events('entries'), heads: await raw.events('entries.checkpoints') };
    const missed: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const tampering = tamperings[round % tamperings.length] as Tampering;
      stage.doing = tampering.what;
      await tampering.tamper(stage, log);
      const seen = await whoSees(stage, tampering, round);
      report(`  ${tampering.what}: ${seen.said.join('; ')}`);
      missed.push(...seen.missed);
      await eventStore.kill();
      copyFileSync(whole, eventStore.file);
      await eventStore.restart();
    }
    if (missed.length > 0) throw new Error(missed.join('\n'));
    const took = await stage.settle();
    return `${rounds} tamperings, all reported; whole again: ${took}`;
  },
};

async function whoSees(
  stage: Stage,
  { what, isSeenByLedger, isSeenByRelay }: Tampering,
  round: number,
): Promise<{ readonly said: readonly string[]; readonly missed: readonly string[] }> {
  const [said, missed]: [string[], string[]] = [[], []];
  const refusal = async (service: 'ledger' | 'relay', isExpected: boolean): Promise<void> => {
    // A folder of its own: what was derived from the log before says nothing of the log.
    const one = stage.launchBeside(service === 'ledger' ? 'ledger-one' : 'relay-entries', `fresh-${service}-${round}`);
    // A relay answers how it is before it has looked at the end of its topic.
    const waiting = isExpected ? sleep(refusalPatience, null, { ref: false }) : one.ready;
    const code = await Promise.race([one.end(), waiting.then(() => null)]).catch(() => one.end());
    if (code === null) await one.kill();
    if (code === null && isExpected) missed.push(`${what}: a ${service} goes on`);
    if (code !== null && code !== 0) said.push(`${service} refuses (${code}): ${sentenceIn(one.output)}`);
  };
  const [findings] = await Promise.all([
    stage.logFindings(),
    refusal('ledger', isSeenByLedger),
    refusal('relay', isSeenByRelay),
  ]);
  if (findings.length === 0) missed.push(`${what}: the verifier finds nothing`);
  said.push(`verifier: ${findings[0]?.slice(0, 100) ?? 'nothing'}`);
  return { said, missed };
}

const sentenceIn = (output: string): string =>
  output
    .split('\n')
    .find((line) => /entries|NACHWEIS/.test(line))
    ?.slice(0, 160) ?? '';

/** One character of a commitment, so that it stays a leaf. */
function edited(bytes: Buffer): Buffer {
  const text = bytes.toString();
  const place = text.indexOf('"_sd":["') + '"_sd":["'.length + 5;
  return Buffer.from(text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1));
}

const rewrite = (stage: Stage, stream: string, { revision, bytes }: RawEvent): Promise<void> =>
  stage.cluster.eventStore.change(stream, revision, { data: edited(bytes), id: idOf(edited(bytes)) });

async function rewriteHead({ cluster }: Stage, { revision, bytes }: RawEvent): Promise<void> {
  const [origin = '', size = ''] = bytes.toString().split('\n');
  const data = Buffer.from([origin, size, leafHashOf(bytes).toString('base64'), ''].join('\n'));
  await cluster.eventStore.change(`${entries}.checkpoints`, revision, { data, id: idOf(data) });
}

/** As the ledger names events: version 8 of RFC 9562, from the leaf hash. */
function idOf(bytes: Buffer): string {
  const hex = leafHashOf(bytes).toString('hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}

function at(events: readonly RawEvent[], place: number): RawEvent {
  const event = events.at(place);
  if (event === undefined) throw new RangeError('the stream is empty');
  return event;
}
