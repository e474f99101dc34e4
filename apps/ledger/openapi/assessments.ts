import { described, json, refersTo, type Description, type Parameter } from './described.js';
import { unreadableBody } from './problems.js';
import { tags } from './tags.js';
import {
  agency,
  Always,
  blockDigest,
  codesOf,
  flag,
  instant,
  listOf,
  oneOf,
  orNull,
  Sometimes,
  text,
  uuid,
} from './values.js';

const assessmentId: Parameter = { in: 'path', name: 'id', description: 'Its id, from `Location`.', schema: uuid };

const names = listOf(text);
const transfer = {
  type: 'object',
  properties: {
    country: text,
    originState: text,
    withoutAuthorisation: flag,
    originInformedOn: text,
    supervisorInformedOn: text,
    given: listOf(text),
  },
  required: ['country'],
};
const basis = { type: 'object', properties: { code: text, provision: text } };

/** What is asked about: codes, days, yes and no. */
export class AssessmentDraft {
  @Always(oneOf(['request', 'disclosure', 'conference']), 'May I ask, pass it on, say it in this room?')
  readonly kind: string;

  @Sometimes(orNull(text), 'As `GET /v1/templates` names it, or an agreement; absent outside of every agreement.')
  readonly template?: string | null;

  @Sometimes(listOf(agency), 'With whom. Need not be said where the clause leaves no choice.')
  readonly counterparts?: readonly string[];

  @Always(
    {
      ...listOf({ anyOf: [oneOf(codesOf('data-category')), { type: 'object', additionalProperties: true }] }),
      minItems: 1,
      maxItems: 100,
    },
    'Codes of data-category, or objects with the codes of an item as it would be recorded; `given` names `marking` or ' +
      '`thirdPersonReason` where they will be written. In a conference, `heardBy` names who would hear it, where not all.',
  )
  readonly items: readonly unknown[];

  @Sometimes(oneOf(codesOf('purpose')), 'Need not be said where the clause has one.')
  readonly purpose?: string;

  @Sometimes(oneOf(codesOf('subject-category')), 'Role of whom it is about.')
  readonly subjectCategory?: string;

  @Sometimes(oneOf(codesOf('age-band')), 'Of whom it is about.')
  readonly ageBand?: string;

  @Sometimes(oneOf(codesOf('urgency')), 'Of a request.')
  readonly urgency?: string;

  @Sometimes(oneOf(codesOf('channel')), 'Of a disclosure.')
  readonly channel?: string;

  @Sometimes(oneOf(codesOf('gateway')), 'Ground for lifting secrecy.')
  readonly gateway?: string;

  @Sometimes(oneOf(codesOf('special-ground')), 'Ground for special categories.')
  readonly specialGround?: string;

  @Sometimes(listOf(oneOf(codesOf('condition'))), "Handling conditions instead of the clause's.")
  readonly conditions?: readonly string[];

  @Sometimes(
    uuid,
    'Of a disclosure: entry id of the request that it would answer. It says by which clause, and to whom.',
  )
  readonly request?: string;

  @Sometimes(uuid, 'Entry id of the consent or the release from secrecy it rests on.')
  readonly consentRef?: string;

  @Sometimes(listOf(uuid), 'Disclosure ids of what was received and would be passed on.')
  readonly derivedFrom?: readonly string[];

  @Sometimes(uuid, 'Entry id of the permission for onward sharing.')
  readonly permissionRef?: string;

  @Sometimes(uuid, 'Of a disclosure: entry id of the convening of the conference that it comes out of.')
  readonly conferenceRef?: string;

  @Sometimes(
    transfer,
    'To a third country: `country`, `originState`, `withoutAuthorisation`, days; `given` names `tool`, `assessment` or ' +
      '`originAuthorisation` where they will be written.',
  )
  readonly transfer?: object;

  @Sometimes(
    { ...listOf({ anyOf: [agency, { type: 'object', additionalProperties: true }] }), minItems: 1, maxItems: 30 },
    'Of a conference: who is in the room, as `{agency, attendance, authorised, undertakingSigned}`; who always is where absent.',
  )
  readonly room?: readonly unknown[];

  @Sometimes(flag, 'The purpose was found compatible.')
  readonly purposeCompatible?: boolean;

  @Sometimes(flag, 'The head of the office decided.')
  readonly decidedByHead?: boolean;

  @Sometimes(flag, 'The help is not endangered.')
  readonly helpNotEndangered?: boolean;

  @Sometimes(oneOf(codesOf('legal-basis')), 'Outside of every agreement: power to transmit.')
  readonly legalBasisTransmit?: string;

  @Sometimes(oneOf(codesOf('legal-basis')), 'Outside of every agreement: power to collect.')
  readonly legalBasisCollect?: string;

  @Sometimes(
    names,
    'Fields that will be written, without what: `necessity`, `strictNecessity`, `alternatives`, `threshold`, …',
  )
  readonly given?: readonly string[];
}

export class AdviceReason {
  @Always(orNull(text), 'Rule that says so; null where the agreement does.')
  readonly rule: string | null;

  @Always(orNull(text), '`agreement@version#clause`.')
  readonly clause: string | null;

  @Always(names, 'Where it stands.')
  readonly sources: readonly string[];

  @Always(orNull(text), 'What is lacking; null where nothing helps, and with a `yes`, where nothing lacks.')
  readonly lacks: string | null;

  @Always(flag, 'A consent of the person would do.')
  readonly byConsent: boolean;
}

export class AdviceOnItem {
  @Always({ type: 'integer', minimum: 0 }, 'Place in what was asked.')
  readonly item: number;

  @Always(text, 'Code of data-category.')
  readonly dataCategory: string;

  @Always(oneOf(['yes', 'only-with', 'leave-out']), 'Counts what is said of the whole, too.')
  readonly advice: string;

  @Always({ type: [AdviceReason] }, 'Why.')
  readonly reasons: readonly AdviceReason[];
}

export class HearingDescription {
  @Always(agency, 'A body in the room.')
  readonly agency: string;

  @Always(listOf(oneOf(['yes', 'only-with', 'leave-out'])), 'What it may hear, in the order of what was asked.')
  readonly items: readonly string[];

  @Always({ type: [AdviceReason] }, 'What is said of its being there.')
  readonly reasons: readonly AdviceReason[];
}

export class AssessmentDescription {
  @Always(uuid, 'Its id.')
  readonly id: string;

  @Always(oneOf(['request', 'disclosure', 'conference']), 'As asked.')
  readonly kind: string;

  @Always(orNull(text), '`agreement@version#clause` it was made by.')
  readonly template: string | null;

  @Always(agency, 'Who asked.')
  readonly agency: string;

  @Always(listOf(agency), 'With whom.')
  readonly counterparts: readonly string[];

  @Always(instant, 'The moment it is true of.')
  readonly at: string;

  @Always(text, 'Code of purpose.')
  readonly purpose: string;

  @Always(orNull(basis), 'Power to transmit.')
  readonly legalBasisTransmit: object | null;

  @Always(orNull(basis), 'Power to collect.')
  readonly legalBasisCollect: object | null;

  @Sometimes(
    listOf({ type: 'object', properties: { agency, code: text, provision: text } }),
    'Power of each counterpart that collects under another law than the first one.',
  )
  readonly collectBases?: readonly object[];

  @Always(names, 'Handling conditions that go along.')
  readonly conditions: readonly string[];

  @Always(orNull(text), 'How long it may be kept, as it is told.')
  readonly retentionTold: string | null;

  @Always(names, 'Why the data protection officer is asked first.')
  readonly consult: readonly string[];

  @Always({ type: [AdviceOnItem] }, 'Item by item.')
  readonly items: readonly AdviceOnItem[];

  @Always({ type: [AdviceReason] }, 'What is said of the whole.')
  readonly reasons: readonly AdviceReason[];

  @Sometimes({ type: [HearingDescription] }, 'Of a conference: body by body.')
  readonly hearings?: readonly HearingDescription[];

  @Always(text, 'Random, so that nobody can guess what the digest is of.')
  readonly nonce: string;

  @Always(instant, 'Until when it can be fetched, unless an entry names it.')
  readonly expiresAt: string;
}

export class AssessmentDocument {
  @Always(text, 'Which document.')
  readonly name: string;

  @Always(oneOf(['en', 'de']), 'In which language.')
  readonly language: string;

  @Always(text, 'Its title.')
  readonly title: string;

  @Always(text, 'A whole page of HTML, without scripts or anything from elsewhere.')
  readonly html: string;

  @Always(text, 'The same as plain text.')
  readonly text: string;
}

export class AssessmentAnswer {
  @Always(refersTo(AssessmentDescription), 'The answer.')
  readonly assessment: AssessmentDescription;

  @Always(blockDigest, 'SHA-256 of the canonical form (RFC 8785) of `assessment`: an entry names it with the id.')
  readonly digest: string;

  @Always({ type: [AssessmentDocument] }, 'What is owed in writing, finished but for names and signatures.')
  readonly documents: readonly AssessmentDocument[];
}

const models = [
  AssessmentDraft,
  AdviceReason,
  AdviceOnItem,
  HearingDescription,
  AssessmentDescription,
  AssessmentDocument,
  AssessmentAnswer,
];
const whose = '**Who may call:** an agency and its data protection officer, for their own.';

/** A body that works under the agreement of the catalogue's example. */
export const draftExample = {
  kind: 'disclosure',
  template: 'youth-office-police-exampletown@1#progress',
  items: ['identity', { dataCategory: 'exit-progress', secrecyClass: 'entrusted' }],
  subjectCategory: 'client',
  ageBand: '14-17',
  gateway: 'consent-entruster',
  helpNotEndangered: true,
};

const requestBody: Description['requestBody'] = {
  required: true,
  content: { 'application/json': { schema: refersTo(AssessmentDraft), example: draftExample } },
};

export const DescribedAssessing = () =>
  described({
    operationId: 'assess',
    tag: tags.agencies,
    summary: 'Ask whether I may, and get the paper',
    description: [
      'Item by item `yes`, `only-with` what lacks, or `leave-out`, by the agreements and rules in force now; with the note ' +
        'for the file, the cover letter, the letter of refusal, or the form for a consent.',
      `${whose} The draft has no place for a person, a case or a sentence. Nothing is recorded in the log.`,
      'It is kept for 30 days, and for good where an entry names its id and digest in `assessment`.',
    ],
    requestBody,
    answers: {
      201: {
        description: 'Assessed.',
        headers: { Location: { description: 'Where it can be fetched.', schema: { type: 'string' } } },
        content: json(refersTo(AssessmentAnswer)),
      },
    },
    problems: {
      ...unreadableBody,
      'malformed-request': 'no body',
      forbidden: 'assessments are for agencies and their data protection officers',
      'too-large': 'more than 256 KiB',
      'invalid-body':
        'an unknown field or code, more than 100 items, no template of the agency that is in force, or a consent, a permission or a disclosure that it does not know',
      'store-unavailable': 'nothing can be stored or read now',
    },
    models,
  });

export const DescribedAssessment = () =>
  described({
    operationId: 'readAssessment',
    tag: tags.agencies,
    summary: 'Fetch an assessment again',
    description: [`The same answer with its documents. ${whose}`],
    parameters: [assessmentId],
    answers: { 200: { description: 'The assessment.', content: json(refersTo(AssessmentAnswer)) } },
    problems: {
      forbidden: 'assessments are for agencies and their data protection officers',
      'not-found': "there is no such assessment for this caller: another agency's, or past its days",
    },
    models,
  });
