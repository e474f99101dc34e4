import type { JsonObject } from '#statement';
import { quickKinds } from '#compliance/assessments';
import { described, json, refersTo } from './described.js';
import { RecordedEntry } from './entry-answers.js';
import { mustWrite, unreadableBody } from './problems.js';
import { tags } from './tags.js';
import { agency, Always, codesOf, flag, instant, listOf, oneOf, orNull, Sometimes, text, uuid } from './values.js';

const clause = 'youth-office-police-exampletown@1#progress';
const about = { case: 'case-e01b', subject: 'person-a770', subjectCategory: 'client', ageBand: '14-17' };

/** Bodies as a worker's system sends them: the inputs of a person are counted from these. */
export const quickExamples: Readonly<
  Record<
    'request' | 'answer' | 'answerWithGround' | 'answerInPart' | 'spontaneous' | 'conference' | 'receipt' | 'feedback',
    JsonObject
  >
> = {
  request: {
    id: '0195a6f0-0005-7000-8000-000000000001',
    template: clause,
    case: { case: 'case-7f3a', subject: 'person-19c2', subjectCategory: 'client', ageBand: '14-17' },
    items: ['identity', 'exit-progress'],
    reason: 'The next step was planned together and needs the present state.',
  },
  answer: {
    id: '0195a6f0-0005-7000-8000-000000000002',
    request: '0195a6f0-0005-7000-8000-000000000001',
    case: about,
    items: ['identity', 'exit-progress'],
    reason: 'The mentoring was agreed together.',
  },
  answerWithGround: {
    id: '0195a6f0-0005-7000-8000-000000000003',
    request: '0195a6f0-0005-7000-8000-000000000001',
    case: about,
    items: ['identity', { dataCategory: 'exit-progress', gateway: 'consent-entruster' }],
    reason: 'The mentoring was agreed together; who entrusted it agrees.',
  },
  answerInPart: {
    id: '0195a6f0-0005-7000-8000-000000000006',
    request: '0195a6f0-0005-7000-8000-000000000001',
    case: about,
    items: [
      'identity',
      { dataCategory: 'exit-progress', refused: { refusalReason: 'entrusted-data', provision: 'SGB VIII § 65(1)' } },
    ],
    reason: 'Who it is may be told; what was said in the mentoring was entrusted.',
  },
  spontaneous: {
    id: '0195a6f0-0005-7000-8000-000000000004',
    template: clause,
    case: about,
    items: ['exit-progress'],
    reason: 'The mentoring ended, which the next step rests on.',
  },
  conference: {
    id: '0195a6f0-0005-7000-8000-000000000005',
    template: clause,
    case: about,
    contributions: [
      { items: ['exit-progress'], reason: 'The state of the mentoring was asked for.' },
      { items: ['identity'], reason: 'The new school has to be told whom it is about.' },
      { items: ['exit-progress'], contributor: 'police.example' },
    ],
  },
  receipt: {
    id: '0195a6f0-0005-7000-8000-000000000007',
    disclosure: '0195a6f0-0005-7000-8000-000000000004',
    case: { case: 'case-7f3a', subject: 'person-19c2', subjectCategory: 'client', ageBand: '14-17' },
  },
  feedback: {
    id: '0195a6f0-0005-7000-8000-000000000008',
    disclosure: '0195a6f0-0005-7000-8000-000000000004',
    case: 'case-7f3a',
    feedback: 'used',
  },
};

const items = {
  type: 'array',
  items: { anyOf: [oneOf(codesOf('data-category')), { type: 'object', additionalProperties: true }] },
  minItems: 1,
  maxItems: 100,
};

/** What a worker says. Beside what stands here, fields of the entry are taken as it is recorded. */
export class QuickEntryBody {
  @Sometimes(uuid, "The sender's own id: with it, sending again is safe. The first entry bears it.")
  readonly id?: string;

  @Sometimes(
    text,
    'As `GET /v1/templates` names it, or an agreement. Not needed for an answer or after a convening: those say it.',
  )
  readonly template?: string;

  @Sometimes(oneOf(quickKinds), 'Only where the clause goes both ways.')
  readonly kind?: string;

  @Sometimes(
    { anyOf: [text, { type: 'object', additionalProperties: text }] },
    'The case, or `{case, subject, subjectCategory, ageBand}`.',
  )
  readonly case?: unknown;

  @Sometimes(
    items,
    'What: codes of data-category, or items as they are recorded, with `gateway` or `specialGround` beside the one that needs it. In an answer, `refused` beside one that is not told: a code of refusal-reason, or `{refusalReason, provision}`.',
  )
  readonly items?: readonly unknown[];

  @Sometimes(text, 'Why, in one sentence.')
  readonly reason?: string;

  @Sometimes(uuid, 'Entry id of the request that is answered.')
  readonly request?: string;

  @Sometimes(
    uuid,
    'Entry id of the disclosure that was received: it becomes the receipt, with `feedback` the feedback.',
  )
  readonly disclosure?: string;

  @Sometimes(oneOf(codesOf('feedback')), 'What became of what was received.')
  readonly feedback?: string;

  @Sometimes(
    uuid,
    'Entry id of the convening of the conference; one is recorded where it is absent. All that the sheet becomes is hidden at least as long as the convening.',
  )
  readonly convening?: string;

  @Sometimes(listOf(agency), 'With whom. Need not be said where the clause leaves no choice.')
  readonly counterparts?: readonly string[];

  @Sometimes(
    listOf({ anyOf: [agency, { type: 'object', additionalProperties: true }] }),
    "Who was in the room; the clause's standing members where absent.",
  )
  readonly room?: readonly unknown[];

  @Sometimes(
    listOf({ type: 'object', additionalProperties: true }),
    'Lines of a conference: `items`, `reason`, `agendaItem`, `heardBy`, `contributor`.',
  )
  readonly contributions?: readonly object[];

  @Sometimes(
    oneOf(codesOf('purpose')),
    'Need not be said where the clause has one, or the template was picked with it.',
  )
  readonly purpose?: string;

  @Sometimes(instant, 'When it happened; now where absent.')
  readonly occurredAt?: string;

  @Sometimes(
    { type: 'object', properties: { id: uuid, digest: text }, required: ['id', 'digest'], additionalProperties: false },
    'Id and digest of the assessment that was asked for before: it is then kept with what follows from it.',
  )
  readonly assessment?: object;
}

export class QuickEntryRecorded extends RecordedEntry {
  @Always(
    { type: 'object', additionalProperties: true },
    'The entry as it was recorded; `by` says of each field whether a default or a person filled it in.',
  )
  readonly entry: object;
}

export class QuickEntryAnswer {
  @Always({ type: [QuickEntryRecorded] }, 'What it became, in the order of recording.')
  readonly entries: readonly QuickEntryRecorded[];
}

const codesOrNull = orNull({ anyOf: [listOf(text), { type: 'object' }] });

export class TemplateDescription {
  @Always(
    text,
    '`agreement@version#clause`; where the clause leaves a choice, with the act, the purpose and the body that are picked by it: `…#clause/purpose/agency`.',
  )
  readonly template: string;

  @Always(oneOf(quickKinds), 'What it can be used for.')
  readonly kind: string;

  @Always(text, '`agreement@version`.')
  readonly agreement: string;

  @Always(orNull(text), 'Title of the agreement.')
  readonly title: string | null;

  @Always(listOf(agency), 'The other side.')
  readonly counterparts: readonly string[];

  @Always(codesOrNull, 'For what.')
  readonly purposes: unknown;

  @Always(codesOrNull, 'What.')
  readonly dataCategories: unknown;

  @Always(orNull({ anyOf: [flag, { type: 'object' }] }), 'Special categories may be passed on.')
  readonly specialCategories: unknown;

  @Always(codesOrNull, 'Handling conditions that go along.')
  readonly conditions: unknown;

  @Always(orNull({ anyOf: [text, { type: 'object' }] }), 'How long it may be kept.')
  readonly retentionTold: unknown;

  @Always(listOf(text), 'Fields that a person has to fill in.')
  readonly needs: readonly string[];

  @Always(
    { type: 'object', additionalProperties: true },
    'Grounds the parties foresee for items that need one; a person names it.',
  )
  readonly grounds: object;
}

export class Templates {
  @Always(
    { type: [TemplateDescription] },
    'One for each clause, kind and purpose, and each body where one of several is meant.',
  )
  readonly templates: readonly TemplateDescription[];
}

export const DescribedQuickEntry = () =>
  described({
    operationId: 'recordQuickly',
    tag: tags.agencies,
    summary: 'Record with a template: a case, what and why',
    description: [
      'The clause fills in parties, purpose, legal bases, conditions, retention, activity and agreement; the system fills ' +
        'in who, when, channel and ids. A conference is one sheet and becomes its convening, who was there for each item, ' +
        'and every contribution, recorded together or not at all.',
      'An answer becomes the decision on the request (granted, granted in part, refused) and the disclosure of what is ' +
        'granted, together or not at all. What was asked for and is not mentioned is refused without a reason given. ' +
        'Where the request was decided before, it becomes the disclosure alone; what it refuses then is decided once more.',
      'What was received becomes its receipt: the disclosure says from whom, the clause on which power it is collected ' +
        'and which conditions the parties accepted; those that go beyond it a person accepts. That it arrived whole is ' +
        'filled in where it went by the portal or both digests are there. With `feedback`, it becomes the feedback.',
      'Never filled in: the reason, the ground for lifting secrecy, the ground for special categories, the age band. Where ' +
        'they are not given, that is what is recorded.',
      '**Who may call:** agencies. Recorded as everything is: the same checks, the same receipts.',
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: refersTo(QuickEntryBody),
          examples: Object.fromEntries(Object.entries(quickExamples).map(([name, value]) => [name, { value }])),
        },
      },
    },
    answers: {
      200: {
        description: 'Recorded before, with the same content.',
        headers: { Location: { description: 'The first entry.', schema: { type: 'string' } } },
        content: json(refersTo(QuickEntryAnswer)),
      },
      201: {
        description: 'Recorded.',
        headers: { Location: { description: 'The first entry.', schema: { type: 'string' } } },
        content: json(refersTo(QuickEntryAnswer)),
      },
    },
    problems: {
      ...unreadableBody,
      ...mustWrite,
      'malformed-request': 'no body',
      forbidden: 'a role that records nothing',
      'agency-not-admitted': 'no `AgencyAdmitted` is recorded for the agency',
      'not-found': 'the exchange has other parties; the same answer as if it were unknown to the agency',
      'id-taken': "the id is another agency's, or stands for other content",
      'too-large': 'more than 256 KiB, or more than an append may hold',
      'invalid-body':
        'an unknown field, more than 100 items, a template that is not one of the agency in force, or what the clause leaves open is not said',
      'invalid-entry': 'what was said has not the form of the entry; `errors` points into the body',
    },
    models: [QuickEntryBody, QuickEntryRecorded, QuickEntryAnswer],
  });

export const DescribedTemplates = () =>
  described({
    operationId: 'listTemplates',
    tag: tags.agencies,
    summary: 'List what my agency can record quickly',
    description: [
      'Every clause in force that names the agency, with what a person still has to fill in. **Who may call:** an agency ' +
        'and its data protection officer.',
    ],
    answers: { 200: { description: 'The templates.', content: json(refersTo(Templates)) } },
    problems: {
      'invalid-query': 'a parameter: there are none',
      forbidden: 'templates are for agencies and their data protection officers',
      'store-unavailable': 'nothing can be read now',
    },
    models: [Templates, TemplateDescription],
  });
