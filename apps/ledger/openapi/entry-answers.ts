import { ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { entryTypes } from '#catalogue';
import { logNames } from '#kernel';
import { blockNames } from '#statement';
import {
  agency,
  Always,
  blockDigest,
  count,
  instant,
  listOf,
  oneOf,
  Sometimes,
  text,
  treeHash,
  uuid,
} from './values.js';

const receiptLines =
  'A C2SP signed note by the key `<origin>/receipt` over the lines `nachweis-receipt/v1`, origin, log, entry id, ' +
  'index, leaf hash and `recordedAt`. Nobody can deny it; keep it. It verifies after erasure and pruning too.';

/** One entry that has its place. */
export class RecordedEntry {
  @Always(uuid, 'The id that was sent.')
  readonly id: string;

  @Always(oneOf(logNames), 'The log its type belongs to.')
  readonly log: string;

  @Always(count, 'Its place in the log, from 0.')
  readonly index: number;

  @Always(instant, 'When the ledger recorded it. Never before the entry at the place before.')
  readonly recordedAt: string;

  @Always(treeHash, 'SHA-256 of the byte 0x00 and the leaf (RFC 6962 §2.1), in base64.')
  readonly leafHash: string;

  @Always(text, receiptLines)
  readonly receipt: string;

  @Sometimes(
    oneOf(['partly']),
    'Only for an entry sent again some of whose blocks are erased: the remaining ones were compared.',
  )
  readonly compared?: string;

  @Sometimes(
    text,
    'Only with `Prefer: wait`, when a checkpoint covered the entry in time: the C2SP tlog-proof of its inclusion.',
  )
  readonly proof?: string;
}

/** What a batch is answered with. */
export class BatchAnswer {
  @Always({ type: [RecordedEntry] }, 'In the order of the lines.')
  readonly entries: readonly RecordedEntry[];
}

/** What a sender committed to: one salted digest a block, nothing of their content. */
export class SealedStatement {
  @Always(listOf(blockDigest), 'Digests of the blocks (RFC 9901), sorted.')
  readonly _sd: readonly string[];

  @Always(oneOf(['sha-256']), 'How they were made.')
  readonly _sd_alg: string;

  @Always(agency, 'Who recorded it; `ledger` for what the ledger itself records.')
  readonly iss: string;

  @Always(uuid, "The entry's id.")
  readonly jti: string;
}

/** What is recorded in the registry. */
export class OpenStatement {
  @Always({ type: 'object', additionalProperties: true }, 'The data as it was sent: the registry is open.')
  readonly data: object;

  @Always({ ...count, minimum: 1 }, 'Version of the form of the data.')
  readonly dataVersion: number;

  @Always(agency, 'Who recorded it; `ledger` for the operator.')
  readonly iss: string;

  @Always(uuid, "The entry's id.")
  readonly jti: string;

  @Always(oneOf(entryTypes.keys()), 'Its type.')
  readonly type: string;
}

/** A leaf of the log `entries`. */
export class EntryLeaf {
  @Always(oneOf(['entries']), 'The log.')
  readonly log: string;

  @Always(instant, 'When the ledger recorded it.')
  readonly recordedAt: string;

  @Always(count, 'Size of the registry it was judged against.')
  readonly registry: number;

  @Always({ type: SealedStatement }, 'What its sender says.')
  readonly statement: SealedStatement;

  @Always({ type: 'integer', enum: [1] }, 'Version of the form of leaves.')
  readonly v: number;
}

/** A leaf of the log `registry`. */
export class RegistryLeaf {
  @Always(oneOf(['registry']), 'The log.')
  readonly log: string;

  @Always(instant, 'When the ledger recorded it.')
  readonly recordedAt: string;

  @Always({ type: OpenStatement }, 'What its sender says.')
  readonly statement: OpenStatement;

  @Always({ type: 'integer', enum: [1] }, 'Version of the form of leaves.')
  readonly v: number;
}

/** What an entry says, as far as its blocks were opened. */
export class OpenedContent {
  @Sometimes(oneOf(entryTypes.keys()), 'Its type.')
  readonly type?: string;

  @Sometimes(uuid, 'The exchange it belongs to, where it does.')
  readonly exchange?: string;

  @Sometimes(instant, 'When it happened, as its sender says.')
  readonly occurredAt?: string;

  @Sometimes(
    { type: 'object', additionalProperties: true },
    'The data as it was sent, without the fields of blocks that are closed to the caller or erased.',
  )
  readonly data?: object;
}

/** An entry as one caller may see it. */
@ApiExtraModels(EntryLeaf, RegistryLeaf)
export class ShownEntry {
  @Always(uuid, "The entry's id.")
  readonly id: string;

  @Always(oneOf(logNames), 'The log it lies in.')
  readonly log: string;

  @Always(count, 'Its place in the log, from 0.')
  readonly index: number;

  @Always(instant, 'When the ledger recorded it.')
  readonly recordedAt: string;

  @Always(treeHash, 'SHA-256 of the byte 0x00 and the leaf (RFC 6962 §2.1), in base64.')
  readonly leafHash: string;

  @Always(
    { oneOf: [EntryLeaf, RegistryLeaf].map((model) => ({ $ref: getSchemaPath(model) })) },
    'What is stored. Its canonical text (RFC 8785) is, byte for byte, what `leafHash` is made from.',
  )
  readonly leaf: EntryLeaf | RegistryLeaf;

  @Always(text, `The receipt its sender got, computed again. ${receiptLines}`)
  readonly receipt: string;

  @Sometimes(
    { type: OpenedContent },
    'Only when blocks were opened. Where `terms` is erased, the fields of the other opened blocks stand here directly.',
  )
  readonly data?: OpenedContent;

  @Sometimes(
    listOf(text),
    'Only when blocks were opened: each as an RFC 9901 disclosure, base64url of `[salt, block, value]`. The base64url ' +
      'SHA-256 of this text stands in `_sd` of the leaf.',
  )
  readonly disclosures?: readonly string[];

  @Sometimes(listOf(oneOf(blockNames)), 'Only with `Access-Purpose`: the blocks that were opened.')
  readonly opened?: readonly string[];

  @Sometimes(
    listOf(oneOf(blockNames)),
    'Only with `Access-Purpose`: blocks this caller might have opened, but which were destroyed.',
  )
  readonly erased?: readonly string[];

  @Sometimes(uuid, 'Only when `terms` was opened: the entry of the same agency that this one corrects. Show both.')
  readonly corrects?: string;

  @Sometimes(
    listOf(uuid),
    'Only when `terms` was opened: what the same agency has corrected in it since, the latest last. Show them with it.',
  )
  readonly correctedBy?: readonly string[];
}
