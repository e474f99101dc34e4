import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../support/random.js';
import { isLeaf } from './check-topics.js';
import type { RawMessage, RawRecord } from './raw-topics.js';
import type { Scenario } from './scenario.js';
import { relays, type Stage } from './stage.js';

const topic = 'ledger.entries.v1';
const beyondAnyLog = 1_000_000;
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
        const records = await genuine(stage);
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
          await stage.topics.write(topic, partition, [...liesAbout(record), record]);
          lies += liesAbout(record).length;
          copies += 1;
        }
        await sleep(random.between(100, 500));
      }
    });
    stage.wroteForeign(lies);
    await stage.settle();
    await refusingRelay(stage, random);
    const took = await stage.settle();
    return `${copies} copies and ${lies} lies written by hand, a relay refused to go on behind one; ${took}`;
  },
};

/** What is not a lie of an earlier round. */
async function genuine({ topics }: Stage): Promise<readonly RawRecord[]> {
  const records = await topics.read(topic);
  return records.filter(
    ({ headers, value }) => isLeaf('entries', headers, value) && Number(headers['ce_index']) < beyondAnyLog,
  );
}

const pickSome = (records: readonly RawRecord[], random: Random): RawMessage[] =>
  Array.from({ length: Math.min(records.length, random.between(1, 12)) }, () =>
    random.pick(records as readonly [RawRecord, ...RawRecord[]]),
  );

function liesAbout({ value, headers }: RawMessage): RawMessage[] {
  const { ce_leafhash: _, ...withoutHash } = headers;
  const far = Number(headers['ce_index']) + beyondAnyLog;
  return [
    { value: Buffer.from('not a leaf'), headers },
    { value, headers: withoutHash },
    { value, headers: { ...headers, ce_source: 'ledger.example/other' } },
    { value, headers: { ...headers, ce_log: 'registry' } },
    { value, headers: { ...headers, ce_index: `${far}`, ce_id: `entries/${far}`, ce_previous: `${far - 1}` } },
    { value: null, headers },
  ];
}

/** A relay that starts does not go on behind what it did not write. */
async function refusingRelay(stage: Stage, random: Random): Promise<void> {
  const records = await genuine(stage);
  const last = random.pick(records as readonly [RawRecord, ...RawRecord[]]);
  await stage.end(...relays);
  await stage.topics.write(topic, last.partition, [{ value: Buffer.from('not a leaf'), headers: last.headers }]);
  stage.wroteForeign(1);
  stage.doing = 'waiting for a relay to refuse';
  const relay = stage.start('relay-entries');
  const code = await Promise.race([relay.end(), sleep(refusalPatience, null, { ref: false })]);
  if (code === null) throw new Error('a relay goes on behind a foreign record, or does not end');
  if (code === 0 || !relay.output.includes(`${last.partition}`)) {
    throw new Error(`a relay ended with ${code} behind a foreign record:\n${relay.output}`);
  }
  await stage.topics.write(topic, last.partition, [last]);
}
