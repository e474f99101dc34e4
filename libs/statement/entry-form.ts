import { type AgencyId, type EntryId, type Instant, isInstant, treeSize } from '#kernel';
import type { EntryLeaf } from './leaf.js';

const date = String.raw`(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z`;
const digests = String.raw`((?:"[\w-]{43}"(?:,"[\w-]{43}")*)?)`;
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const form = new RegExp(
  String.raw`^\{"log":"entries","recordedAt":"(${date})","registry":(0|[1-9]\d{0,14}),"statement":` +
    String.raw`\{"_sd":\[${digests}\],"_sd_alg":"sha-256","iss":"([a-z0-9.-]{1,63})","jti":"(${uuid})"\},"v":1\}$`,
);

let lastDay = '';

/**
 * Reads a leaf of `entries` several times faster than a JSON parser: its canonical text has one form only, without a
 * single escape, so a pattern decides.
 *
 * @returns undefined for anything else, which may still be a leaf
 */
export function matchEntryLeaf(text: string): EntryLeaf | undefined {
  const [, recordedAt, day, registry, list, iss, jti] = form.exec(text) ?? [];
  if (list === undefined || day === undefined || !isDay(day)) return undefined;
  const digests = list === '' ? [] : list.slice(1, -1).split('","');
  for (let place = 1; place < digests.length; place += 1) {
    if ((digests[place - 1] ?? '') >= (digests[place] ?? '')) return undefined;
  }
  return {
    log: 'entries',
    recordedAt: recordedAt as Instant,
    registry: treeSize(Number(registry)),
    statement: { _sd: digests, _sd_alg: 'sha-256', iss: iss as AgencyId, jti: jti as EntryId },
  };
}

/** Whether the day is in the calendar. Entries come in the order of their time, so mostly it is the one just seen. */
function isDay(day: string): boolean {
  if (day === lastDay) return true;
  if (!isInstant(`${day}T00:00:00.000Z`)) return false;
  lastDay = day;
  return true;
}
