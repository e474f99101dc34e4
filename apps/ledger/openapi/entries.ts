import { entryTypes } from '#catalogue';
import { described, json, refersTo, type Answer, type Description } from './described.js';
import { BatchAnswer, RecordedEntry, ShownEntry } from './entry-answers.js';
import { accessPurpose, entryId, prefer } from './parameters.js';
import { mustWrite, unreadableBody, type Problems } from './problems.js';
import { tags } from './tags.js';
import { text } from './values.js';

const recorders = {
  agency: 'agencies',
  dpo: 'data protection officers, in the name of their agency',
  operator: 'the operator',
  ledger: 'the ledger itself; posted, it is `forbidden`',
};

/** The catalogue's example of every type, to be sent as it stands. */
const examples = Object.fromEntries(
  [...entryTypes.values()].map(({ name, title, recordedBy, example }) => [
    name,
    { summary: title.en, description: `Recorded by ${recorders[recordedBy]}.`, value: example },
  ]),
);

const linesOf = (...types: readonly string[]): string =>
  types.map((type) => `${JSON.stringify(entryTypes.get(type)?.example)}\n`).join('');

const entryOrBatch: Description['requestBody'] = {
  required: true,
  description: 'One entry of at most 256 KiB, or a batch of at most 2 MiB.',
  content: {
    'application/json': { schema: refersTo('Entry'), examples },
    'application/x-ndjson': {
      schema: {
        ...text,
        description:
          '1 to 400 entries for one log, one a line, each line ended by LF, none blank. The lines are recorded ' +
          'together or not at all; each sees those before it.',
      },
      examples: {
        batch: {
          summary: 'What one agency did, in two lines',
          value: linesOf('InformationRequested', 'InformationConsulted'),
        },
      },
    },
  },
};

const recorded = (description: string): Answer => ({
  description,
  headers: {
    Location: { description: 'The entry. Absent for a batch.', schema: { type: 'string' } },
    'Preference-Applied': {
      description: 'Only with `Prefer: wait=N`: the seconds that were granted.',
      schema: { type: 'string', pattern: '^wait=\\d+$' },
    },
  },
  content: json({ oneOf: [refersTo(RecordedEntry), refersTo(BatchAnswer)] }),
});

const refusedEntries: Problems = {
  ...unreadableBody,
  ...mustWrite,
  'malformed-request': 'no body, or `Prefer: wait` with another number than 0 to 60',
  'malformed-ndjson': 'a line that is blank or not ended by one LF alone, or a byte order mark',
  forbidden: 'a role that records nothing, or a type or statement that is not for this caller to make',
  'agency-not-admitted': 'no `AgencyAdmitted` is recorded for the agency',
  'not-found':
    'the exchange has other parties, or the check note is of another agency; the same answer as if it were unknown to ' +
    'the agency',
  'id-taken': "the id is another agency's, or stands for other content. Nothing is revealed of the other entry",
  'exchange-moved-on': '`expectedVersion` was given, and the agency sees another number of entries in the exchange',
  'too-large': 'more bytes than may be sent, more than 400 lines, or leaves of more than 800 KiB together',
  'invalid-entry':
    'not the form of its type, or an agreement that cannot stand beside those recorded before. `errors` lists up to ' +
    '100 faults at once, with the line in a batch',
  'duplicate-id': 'two lines of the batch have one id',
  'leaf-too-large': 'an entry of the registry is longer than a leaf may be (65,535 bytes)',
};

export const DescribedRecording = () =>
  described({
    operationId: 'recordEntries',
    tag: tags.agencies,
    summary: 'Record one entry or a batch',
    description: [
      'Records that something happened: a request, a decision, a disclosure, a receipt. **Who may call:** agencies in ' +
        'their own name, their data protection officers for `CheckNoteAssessed`, and the operator for admissions, keys, rule packs, erasures and outages.',
      '**An answer of 200 or 201 means kept**: the entry survives a crash and a power cut. Any other answer, or none, ' +
        'means: recorded once or not at all. Sending the same entry again is always safe, for as long as you like.',
      '**Idempotent by `id`.** The id is yours: a lower-case UUID, version 7 recommended, unique in the whole ledger. ' +
        'An id that is known with the same content answers 200 with the first receipt; with other content, or when it ' +
        "is another agency's, 409 `id-taken`. In a batch 200 means that every line was known before.",
      '**What happened is always recordable.** A required field takes its value or `{"missing": "not-given" | ' +
        '"unknown" | "follows"}`. Order within an exchange and broken rules never refuse an entry; they show in check ' +
        'notes. Fields the type does not have are errors.',
      "**An exchange's first entry fixes its parties.** Bodies that entries name as addressee or recipient join it, " +
        'who is named only in what is hidden from it once it records something itself. For everybody else it does not ' +
        'exist: 404.',
      '**The receipt** is signed at once. The proof that the entry is in the tree follows with the next checkpoint, ' +
        'usually within a second: send `Prefer: wait=N` to have it in this answer, or fetch it later.',
    ],
    parameters: [prefer],
    requestBody: entryOrBatch,
    answers: {
      201: recorded('Recorded. `RecordedEntry` for one entry, `BatchAnswer` for a batch.'),
      200: recorded('Every entry was recorded before: the answers of the first time.'),
    },
    problems: refusedEntries,
    models: [RecordedEntry, BatchAnswer],
  });

export const DescribedEntry = () =>
  described({
    operationId: 'readEntry',
    tag: tags.agencies,
    summary: 'Read an entry',
    description: [
      'The leaf as it is stored, its receipt and, for those who say why they look, its blocks.',
      '**Who may call:** parties of the entry: the agency that recorded it, the bodies it is addressed to, the other ' +
        'parties of its exchange; their data protection officers; a regulator competent for the agency that recorded ' +
        'it. The operator sees the leaf only. Entries of the registry are open to every caller.',
      '**Which blocks open** depends on the caller: an agency opens `terms`, `people`, `told` and `reasons` of its own ' +
        'entries, `terms`, `people` and `told` of those addressed to it, `terms` of the rest of its exchanges; a data ' +
        'protection officer all blocks of the own agency, `terms` and `told` of what was addressed to it; a competent ' +
        'regulator all.',
      '**Looking is recorded.** With `Access-Purpose` the ledger first records durably who looks at which blocks and ' +
        'why (`LedgerAccessed`), then shows them. Without it no block is opened and nothing is recorded.',
      '**404** says the same for an id nobody used and for an entry of other parties.',
    ],
    parameters: [
      entryId,
      accessPurpose('Stating it opens the blocks and records the look; without it only the leaf is shown.'),
    ],
    answers: {
      200: {
        description: 'The entry, as far as the caller may see it and has said why.',
        content: json(refersTo(ShownEntry)),
      },
    },
    problems: {
      'malformed-request': '`Access-Purpose` is not one code of its vocabulary',
      'not-found': 'there is no such entry for this caller',
      ...mustWrite,
    },
    models: [ShownEntry],
  });

export const DescribedProof = () =>
  described({
    operationId: 'proveEntry',
    tag: tags.verification,
    summary: 'Prove that an entry is in the log',
    description: [
      'The proof that the leaf of the entry is under a signed checkpoint, to be kept beside the receipt and verified ' +
        'offline. **Who may call:** whoever may read the entry. Opens no block and records nothing.',
      'A new entry is integrated within about a second: until then the answer is 404 `not-integrated` with ' +
        '`Retry-After`.',
    ],
    parameters: [entryId],
    answers: {
      200: {
        description: 'A C2SP tlog-proof: index, hashes from the leaf to the root, checkpoint.',
        content: {
          'text/plain': {
            schema: { ...text, pattern: '^c2sp\\.org/tlog-proof@v1\\nindex \\d+\\n' },
          },
        },
      },
    },
    problems: {
      'not-found': 'there is no such entry for this caller',
      'not-integrated': 'it is recorded, but not yet under a checkpoint',
      'store-unavailable': 'nothing can be read now',
    },
  });
