import { logNames } from '#kernel';
import { described, json, refersTo } from './described.js';
import { accessPurpose, trailId } from './parameters.js';
import { mustWrite, unreadableBody } from './problems.js';
import { tags } from './tags.js';
import { Always, count, oneOf, Sometimes, text, uuid } from './values.js';

/** Which leaves a trail is to hold. */
export class TrailOrder {
  @Always(oneOf(logNames), 'The log.')
  readonly log: string;

  @Sometimes({ ...count, default: 0 }, 'The first leaf.')
  readonly from?: number;

  @Sometimes(count, 'The leaf after the last one; the size of the latest checkpoint unless given.')
  readonly to?: number;

  @Sometimes(
    { ...text, maxLength: 65_536 },
    'The checkpoint of an earlier trail, as a whole signed note. The new trail then proves that it continues that one.',
  )
  readonly since?: string;
}

/** How far a trail is. */
export class TrailDescription {
  @Always(uuid, 'The id of the order.')
  readonly id: string;

  @Always(oneOf(logNames), 'The log.')
  readonly log: string;

  @Always(count, 'The first leaf.')
  readonly from: number;

  @Always(count, 'The leaf after the last one.')
  readonly to: number;

  @Always(oneOf(['queued', 'running', 'done', 'failed']), 'A trail that failed is ordered again.')
  readonly state: string;

  @Always(count, 'Leaves written so far.')
  readonly done: number;

  @Always(count, 'Leaves to be written.')
  readonly total: number;
}

const whose = '**Who may call:** the body that ordered it, in the same role. For everybody else it does not exist.';
const noTrail = 'there is no such trail for this caller; those past their days are removed';

export const DescribedTrailOrder = () =>
  described({
    operationId: 'orderTrail',
    tag: tags.regulators,
    summary: 'Order a trail',
    description: [
      'A trail is a ZIP with the leaves `[from, to)` as they are stored, their proofs and checkpoint, and the blocks the ' +
        'recipient may see. `nachweis verify` checks it offline. It is written in the background: follow `Location`.',
      '**Who may call:** regulators for the log `entries`; every caller with a token for the registry.',
      'Before it is queued, the ledger durably records who takes it, of what and why (`ExportIssued`). Blocks are put in ' +
        'only with `Access-Purpose`, and only those of agencies the regulator is competent for. The rest is counted, with ' +
        'the reason it is left out.',
    ],
    parameters: [
      accessPurpose('Stating it puts blocks into the trail; without it the trail holds leaves and proofs only.'),
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: refersTo(TrailOrder),
          examples: {
            whole: { summary: 'The whole log so far', value: { log: 'entries' } },
            range: { summary: 'A part of it', value: { log: 'registry', from: 0, to: 1 } },
          },
        },
      },
    },
    answers: {
      202: {
        description: 'Ordered.',
        headers: { Location: { description: 'Where its state is told.', schema: { type: 'string' } } },
        content: json(refersTo(TrailDescription)),
      },
    },
    problems: {
      ...unreadableBody,
      ...mustWrite,
      'malformed-request': 'no body, or `Access-Purpose` is not one code of its vocabulary',
      'invalid-query': 'not the form of an order, or `since` is not a checkpoint signed by this log',
      forbidden: 'trails of `entries` are for regulators',
      'too-large': 'more than 256 KiB',
      'range-beyond-log': 'the range or `since` goes beyond the latest checkpoint, or nothing is published yet',
    },
    models: [TrailOrder, TrailDescription],
  });

export const DescribedTrail = () =>
  described({
    operationId: 'readTrail',
    tag: tags.regulators,
    summary: 'Ask how far a trail is',
    description: [`Tells whether a trail is written. ${whose}`],
    parameters: [trailId],
    answers: { 200: { description: 'Its state.', content: json(refersTo(TrailDescription)) } },
    problems: { 'not-found': noTrail },
    models: [TrailDescription],
  });

export const DescribedTrailContent = () =>
  described({
    operationId: 'downloadTrail',
    tag: tags.regulators,
    summary: 'Download a trail',
    description: [
      `The ZIP, once it is written. It can be fetched for some days (\`NACHWEIS_TRAIL_DAYS\`, usually 7) and is destroyed ` +
        `then. ${whose}`,
      'It lies sealed in the ledger. An answer that ends before `Content-Length` is not whole: fetch it again.',
    ],
    parameters: [trailId],
    answers: {
      200: {
        description: 'The trail: a BagIt bag, zipped.',
        headers: {
          'Content-Disposition': { description: 'A name for the file.', schema: { type: 'string' } },
          'Cache-Control': { description: '`no-store`', schema: { type: 'string' } },
        },
        content: { 'application/zip': {} },
      },
    },
    problems: {
      'not-found': noTrail,
      'trail-not-ready': 'it is still being written',
      'trail-failed': 'it could not be written; order it again',
    },
  });
