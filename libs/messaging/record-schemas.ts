import type { LogName } from '#kernel';
import type { JsonObject } from '#statement';
import { cloudEventTypes } from './cloud-event.js';

/** JSON Schemas (draft 7) of headers and values of the record stream, for those who subscribe to it. */

const text = (description: string, rest: JsonObject = {}): JsonObject => ({ type: 'string', description, ...rest });
const counter = (description: string): JsonObject => text(description, { pattern: '^(0|[1-9][0-9]{0,15})$' });
const instant = (description: string): JsonObject => text(description, { format: 'date-time' });

const objectOf = (properties: Record<string, JsonObject>, optional: readonly string[] = []): JsonObject => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});

const attributes = (type: string, contentType: string): Record<string, JsonObject> => ({
  ce_specversion: text('CloudEvents version.', { const: '1.0' }),
  ce_id: text(
    'Log and place in it, `<log>/<index>`, or `<log>/<size>` of a tree head. The same id is the same record.',
  ),
  ce_source: text('Origin of the ledger.'),
  ce_type: text('What the record is.', { const: type }),
  'content-type': text('Media type of the value.', { const: contentType }),
  ce_log: text('The log it is of.', { enum: ['entries', 'registry'] }),
  traceparent: text('W3C trace context it was recorded under. Advisory.'),
});

const leafAttributes = (): Record<string, JsonObject> => ({
  ...attributes(cloudEventTypes.leaf, 'application/json'),
  ce_time: instant('`recordedAt` of the leaf.'),
  ce_index: counter('Leaf index in the log.'),
  ce_leafhash: text('SHA-256 of a zero byte and the value (RFC 9162 section 2.1.1), base64. Compute it yourself.', {
    pattern: '^[A-Za-z0-9+/]{43}=$',
  }),
  ce_previous: counter('Index of the leaf before it in the same partition; absent in the first record.'),
});

const optional = ['traceparent', 'ce_previous'];

export const entryHeaders: JsonObject = objectOf(
  {
    ...leafAttributes(),
    ce_mac: text(
      'HMAC-SHA256 by the relay over origin, log, partition, index, previous index and leaf hash, base64, under a key ' +
        'that only processes of the ledger have. Others cannot check it: they compare with a signed tree head.',
      { pattern: '^[A-Za-z0-9+/]{43}=$' },
    ),
  },
  optional,
);

/** The relay of `registry` has no key, so nothing vouches for the place of its records. */
export const registryHeaders: JsonObject = objectOf(leafAttributes(), optional);

export const checkpointHeaders: JsonObject = objectOf(
  {
    ...attributes(cloudEventTypes.checkpoint, 'text/plain; charset=utf-8'),
    ce_size: counter('Number of leaves of the tree.'),
  },
  ['traceparent'],
);

const issuer = text('The agency that recorded it; `ledger` for the ledger itself.', { pattern: '^[a-z0-9.-]{1,63}$' });
const id = text('The id of the entry.', { format: 'uuid' });

const leafOf = (log: LogName, properties: Record<string, JsonObject>): JsonObject => ({
  ...objectOf({
    log: { const: log },
    recordedAt: instant('When the ledger recorded it.'),
    ...properties,
    v: { const: 1 },
  }),
  additionalProperties: false,
});

export const entryLeaf: JsonObject = leafOf('entries', {
  registry: { type: 'integer', minimum: 0, description: 'Size of log `registry` that the entry was judged against.' },
  statement: objectOf({
    _sd: {
      type: 'array',
      items: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' },
      description: 'Salted commitments to what was recorded, sorted (RFC 9901). The content is not in the log.',
    },
    _sd_alg: { const: 'sha-256' },
    iss: issuer,
    jti: id,
  }),
});

export const registryLeaf: JsonObject = leafOf('registry', {
  statement: objectOf({
    data: { type: 'object' },
    dataVersion: { type: 'integer', minimum: 1 },
    iss: issuer,
    jti: id,
    type: text('Entry type.'),
  }),
});

export const signedTreeHead: JsonObject = text(
  'A signed note (c2sp.org/signed-note) whose text is a checkpoint (c2sp.org/tlog-checkpoint): origin, size and root.',
);
