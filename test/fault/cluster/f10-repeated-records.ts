import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../support/random.js';
import { isLeaf, isVouchedFor } from './check-topics.js';
import type { RawMessage, RawRecord } from './raw-topics.js';
import type { Scenario } from './scenario.js';
import { relays, type Stage } from './stage.js';

const topic = 'ledger.entries.v1';
const farAway = 1_000_000;
const fewest = 10;
/** Milliseconds in which a relay must have ended. */
const refusalPatience = 20_000;

/** F10: the topic holds records twice, old ones again, in another order, and some that are lies. */
export const repeatedRecords: Scenario = {
  name: 'F10',
  title: 'repeated, reordered, lying and foreign records in the topic; a relay that finds one at the end',
  rounds: { short: 2, long: 12 },
  run: async ({ stage, random, rounds }) => {
    let [copies, lies] = [0, 0];
    await stage.underLoad(async () => {
      for (let round = 0; round < rounds; round++) {
        stage.doing = 'reading what to repeat';
        const records = await enough(stage);
        const partitions = [...new Set(records.map(({ partition }) => partition))];
        for (const partition of partitions) {
          stage.doing = `writing into partition ${partition}`;
          const own = records.filter((record) => record.partition === partition);
          const some = pickSome(own, random);
          await stage.topics.write(topic, partition, some);
          copies += some.length;
          const [record] = some;
          if (record === undefined) continue;
          // The copy behind them is what a relay that starts finds at the end.
          const told = [...liesAbout(record), ...liesThatFit(own)];
          await stage.topics.write(topic, partition, [...told, record]);
          lies += told.length;
          copies += 1;
        }
        await sleep(random.between(100, 500));
      }
    });
    stage.wroteForeign(lies);
    await stage.settle();
    lies += await refusingRelay(stage);
    // What is true still comes after what was not.
    await stage.mend();
    await stage.underLoad(() => sleep(500));
    const took = await stage.settle();
    return `${copies} copies and ${lies} lies written by hand, a relay refused to go on behind some; ${took}`;
  },
};

/** Waits until there is something to repeat and to lie about. */
async function enough(stage: Stage): Promise<readonly RawRecord[]> {
  const late = AbortSignal.timeout(refusalPatience);
  for (;;) {
    const records = await genuine(stage);
    if (records.length >= fewest) return records;
    if (late.aborted) throw new Error(`the topic has ${records.length} leaves, and never more`);
    await sleep(100);
  }
}

/** What is not a lie of an earlier round. */
async function genuine({ topics, cluster }: Stage): Promise<readonly RawRecord[]> {
  const records = await topics.read(topic);
  return records.filter(
    (record) => isLeaf('entries', record.headers, record.value) && isVouchedFor(record, cluster.partitionKey),
  );
}

const pickSome = (records: readonly RawRecord[], random: Random): RawMessage[] =>
  Array.from({ length: Math.min(records.length, random.between(1, 12)) }, () =>
    random.pick(records as readonly [RawRecord, ...RawRecord[]]),
  );

function liesAbout({ value, headers }: RawMessage): RawMessage[] {
  const { ce_leafhash: _, ...withoutHash } = headers;
  const index = Number(headers['ce_index']);
  return [
    { value: Buffer.from('not a leaf'), headers },
    { value, headers: withoutHash },
    { value, headers: { ...headers, ce_source: 'ledger.example/other' } },
    { value, headers: { ...headers, ce_log: 'registry' } },
    { value, headers: placed(headers, index + farAway, index + farAway - 1) },
    { value: null, headers },
  ];
}

/** Old leaves that say they come after the last one of the partition: only the relay's word is missing. */
function liesThatFit(own: readonly RawRecord[]): RawMessage[] {
  const [first] = own;
  const last = Math.max(...own.map(({ headers }) => Number(headers['ce_index'])));
  if (first === undefined) return [];
  const next = placed(first.headers, last + 1, last);
  const { ce_mac: _, ...withoutMac } = next;
  return [
    { value: first.value, headers: next },
    { value: first.value, headers: withoutMac },
    { value: first.value, headers: placed(first.headers, last + farAway, last) },
  ];
}

const placed = (headers: RawMessage['headers'], index: number, previous: number): RawMessage['headers'] => ({
  ...headers,
  ce_index: `${index}`,
  ce_id: `entries/${index}`,
  ce_previous: `${previous}`,
});

/** What fits is written while no relay runs, so that nothing comes between it and the leaf it says comes before it. */
async function refusingRelay(stage: Stage): Promise<number> {
  await stage.end(...relays);
  const partitions = Map.groupBy(await genuine(stage), ({ partition }) => partition);
  let lies = 0;
  for (const [partition, own] of partitions) {
    const told = [{ value: Buffer.from('not a leaf'), headers: {} }, ...liesThatFit(own)];
    await stage.topics.write(topic, partition, told);
    lies += told.length;
  }
  stage.wroteForeign(lies);
  stage.doing = 'waiting for a relay to refuse';
  const relay = stage.start('relay-entries');
  const code = await Promise.race([relay.end(), sleep(refusalPatience, null, { ref: false })]);
  if (code === null) throw new Error('a relay goes on behind a foreign record, or does not end');
  if (code === 0 || !/partition \d+ of ledger\.entries\.v1 ends with/.test(relay.output)) {
    throw new Error(`a relay ended with ${code} behind a foreign record:\n${relay.output}`);
  }
  for (const [partition, own] of partitions) await stage.topics.write(topic, partition, own.slice(-1));
  return lies;
}
