import { createHash } from 'node:crypto';
import { canonical, type JsonObject } from '#statement';
import { draftExample } from '../../apps/ledger/openapi/assessments.js';
import type { Answer, Caller } from '../support/caller.js';
import { RunningLedger, until } from '../support/running-ledger.js';
import { planted, refused } from './refusal.js';
import { entryLike, freshId, police, youthOffice } from './sample-entries.js';

interface Assessed {
  readonly assessment: JsonObject & { readonly id: string; readonly expiresAt: string };
  readonly digest: string;
  readonly documents: readonly {
    readonly name: string;
    readonly language: string;
    readonly html: string;
    readonly text: string;
  }[];
}

const day = 24 * 60 * 60 * 1_000;
let running: RunningLedger;
let worker: Caller;
let dpo: Caller;
let officer: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, 'clinic.example');
  worker = await running.as('agency', youthOffice);
  dpo = await running.as('dpo', youthOffice);
  officer = await running.as('agency', police);
  expect((await worker.record(entryLike('AgreementAdopted'))).status).toBe(201);
});
afterAll(() => running.remove());

const asked = (draft: object = {}): Promise<Answer> => worker.post('/v1/assessments', { ...draftExample, ...draft });
const assessed = async (draft: object = {}): Promise<Assessed> => (await asked(draft)).json<Assessed>();
const disclosure = (assessment: object, id?: string) =>
  entryLike('InformationDisclosed', { ...(id !== undefined && { id }), data: { assessment: { ...assessment } } });

describe('An assessment', () => {
  test('is answered item by item, with the papers it comes to, and leaves no trace in the log', async () => {
    const before = await running.holdings();
    const answer = await asked();
    const { assessment, digest, documents } = answer.json<Assessed>();
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`/v1/assessments/${assessment.id}`);
    expect(assessment).toMatchObject({
      kind: 'disclosure',
      template: 'youth-office-police-exampletown@1#progress',
      agency: youthOffice,
      counterparts: [police],
      purpose: 'exit-support',
      items: [
        { item: 0, dataCategory: 'identity' },
        { item: 1, dataCategory: 'exit-progress' },
      ],
    });
    expect(digest).toBe(createHash('sha256').update(canonical(assessment)).digest('base64url'));
    expect(documents.map(({ name, language }) => `${name} ${language}`)).toEqual(
      expect.arrayContaining(['disclosure-note en', 'disclosure-note de']),
    );
    for (const { html, text } of documents) {
      expect(html).toMatch(/^<!doctype html>/);
      expect(text).toContain(`Office of ${youthOffice}`);
    }
    expect(await running.holdings()).toEqual(before);
  });

  test('has another digest each time, so that nobody finds out by trying what was asked', async () => {
    const [one, other] = [await assessed(), await assessed()];
    expect(one.digest).not.toBe(other.digest);
  });

  test('can be fetched again by its agency, and exists for nobody else', async () => {
    const { assessment, digest, documents } = await assessed();
    for (const by of [worker, dpo]) {
      expect((await by.get(`/v1/assessments/${assessment.id}`)).json()).toEqual({ assessment, digest, documents });
    }
    const others = [officer, await running.as('dpo', police)];
    for (const by of others) expect((await by.get(`/v1/assessments/${assessment.id}`)).status).toBe(404);
    expect((await worker.get('/v1/assessments/none')).status).toBe(404);
    const supervisors = [
      await running.as('operator', 'host.example'),
      await running.as('regulator', 'dpa.example', { competentFor: [youthOffice] }),
    ];
    for (const by of supervisors) {
      expect((await by.get(`/v1/assessments/${assessment.id}`)).status).toBe(403);
      expect((await by.post('/v1/assessments', draftExample)).status).toBe(403);
    }
  });

  test('lies sealed on the disk', async () => {
    const { assessment } = await assessed();
    const files = [...running.files()].filter(([name]) => name.includes(assessment.id));
    expect(files).toHaveLength(2);
    for (const [, bytes] of files) expect(bytes.includes('exit-progress')).toBe(false);
  });

  test('is over after thirty days, and destroyed at the next start, unless an entry names it', async () => {
    const forgotten = await assessed();
    const kept = await assessed();
    const { id } = kept.assessment;
    const named = disclosure({ id, digest: kept.digest });
    expect((await worker.record(named)).status).toBe(201);
    running.clock.tick(30 * day - 1);
    worker = await running.as('agency', youthOffice);
    expect((await worker.get(`/v1/assessments/${forgotten.assessment.id}`)).status).toBe(200);
    running.clock.tick(1);
    expect((await worker.get(`/v1/assessments/${forgotten.assessment.id}`)).status).toBe(404);
    const late = disclosure({ id: forgotten.assessment.id, digest: forgotten.digest });
    expect((await worker.record(late)).status).toBe(422);
    await running.close();
    await running.open();
    const names = [...running.files().keys()].join(' ');
    expect([names.includes(forgotten.assessment.id), names.includes(id)]).toEqual([false, true]);
    expect((await worker.get(`/v1/assessments/${id}`)).json()).toEqual(kept);
    expect((await worker.record(named)).status).toBe(200);
    [dpo, officer] = [await running.as('dpo', youthOffice), await running.as('agency', police)];
  });
});

test('An assessment is destroyed in a ledger that never stops, too, an hour or two after it is over', async () => {
  const lasting = await RunningLedger.start({ checkNotes: 'by-itself' });
  try {
    await lasting.admit(police, youthOffice);
    const youth = await lasting.as('agency', youthOffice);
    expect((await youth.record(entryLike('AgreementAdopted'))).status).toBe(201);
    const { assessment } = (await youth.post('/v1/assessments', draftExample)).json<Assessed>();
    const files = () => [...lasting.files().keys()].filter((name) => name.includes(assessment.id));
    expect(files()).toHaveLength(2);
    lasting.clock.tick(31 * day);
    await until(() => files().length === 0);
  } finally {
    await lasting.remove();
  }
});

test('An assessment of a conference says body by body who may hear what, and its sheet does', async () => {
  const admitted = { authorised: true, undertakingSigned: true };
  const { assessment, documents } = await assessed({
    kind: 'conference',
    items: ['identity'],
    subjectCategory: 'client',
    gateway: undefined,
    room: [{ agency: youthOffice, ...admitted }, { agency: police, ...admitted }, 'clinic.example'],
  });
  expect(assessment).toMatchObject({
    counterparts: [police, 'clinic.example'],
    hearings: [
      { agency: police, items: ['yes'], reasons: [] },
      { agency: 'clinic.example', items: ['only-with'], reasons: [{ rule: 'CNF-02' }, { rule: 'CNF-02' }] },
    ],
  });
  const sheet = documents.find(({ name, language }) => name === 'conference-sheet' && language === 'de');
  expect(sheet?.text).toContain('Wer was hören darf');
});

describe('What answers a request', () => {
  const requestTo = (addressee: string) =>
    entryLike('InformationRequested', {
      exchange: freshId(),
      data: { addressee, purpose: 'exit-support', items: [{ dataCategory: 'identity' }] },
    });
  const answering = (request: string) => ({
    template: undefined,
    gateway: undefined,
    subjectCategory: 'client',
    request,
  });

  test('is told item by item what goes beyond it, by the clause and to whom the request says', async () => {
    const request = requestTo(youthOffice);
    expect((await officer.record(request)).status).toBe(201);
    const { assessment } = await assessed({ ...answering(request.id), items: ['identity', 'exit-progress'] });
    expect(assessment).toMatchObject({
      template: 'youth-office-police-exampletown@1#progress',
      counterparts: [police],
      items: [{ advice: 'yes' }, { advice: 'leave-out', reasons: [{ rule: 'NEC-01', lacks: null }] }],
    });
  });

  test('is nothing where the request went to somebody else', async () => {
    const theirs = requestTo('clinic.example');
    expect((await officer.record(theirs)).status).toBe(201);
    await refused(running, () => asked(answering(theirs.id)), {
      status: 422,
      code: 'invalid-body',
      pointers: ['/request'],
    });
  });

  test('is nothing where another agency of the exchange was asked, until that is escalated', async () => {
    const exchange = freshId();
    const request = (addressee: string) =>
      entryLike('InformationRequested', {
        exchange,
        data: { addressee, purpose: 'exit-support', items: [{ dataCategory: 'identity' }] },
      });
    const [own, theirs] = [request(youthOffice), request('clinic.example')];
    for (const one of [own, theirs]) expect((await officer.record(one)).status).toBe(201);
    const invalid = { status: 422, code: 'invalid-body', pointers: ['/request'] };
    await refused(running, () => asked(answering(theirs.id)), invalid);
    const escalation = entryLike('RequestEscalated', {
      exchange,
      data: { escalatedTo: youthOffice, request: theirs.id },
    });
    expect((await officer.record(escalation)).status).toBe(201);
    expect((await asked(answering(theirs.id))).status).toBe(201);
  });
});

describe('What rests on a consent', () => {
  const entrusted = {
    items: [{ dataCategory: 'exit-progress', secrecyClass: 'entrusted' }],
    subjectCategory: 'client',
  };
  const consentFor = (agency: string) =>
    entryLike('ConsentRecorded', {
      data: {
        dataCategories: ['exit-progress'],
        purposes: ['exit-support'],
        mayReceive: [agency],
        validUntil: '2027-12-31',
      },
    });
  const advised = async (consentRef?: string): Promise<unknown> => {
    const { assessment } = await assessed({ ...entrusted, ...(consentRef !== undefined && { consentRef }) });
    return (assessment['items'] as readonly JsonObject[])[0];
  };

  test('may pass while the consent that is named is recorded, reaches it, and was not withdrawn', async () => {
    expect(await advised()).toMatchObject({ advice: 'only-with', reasons: [{ rule: 'SEC-01', lacks: 'consentRef' }] });
    const [fitting, ofOthers] = [consentFor(police), consentFor('clinic.example')];
    for (const one of [fitting, ofOthers]) expect((await worker.record(one)).status).toBe(201);
    expect(await advised(fitting.id)).toMatchObject({ advice: 'yes' });
    expect(await advised(ofOthers.id)).toMatchObject({ advice: 'only-with' });
    const withdrawal = entryLike('ConsentWithdrawn', {
      data: {
        consent: fitting.id,
        effectiveFrom: running.clock.now(),
        dataCategories: ['exit-progress'],
        mayNotReceive: [police],
        recipientsTold: [],
      },
    });
    expect((await worker.record(withdrawal)).status).toBe(201);
    expect(await advised(fitting.id)).toMatchObject({
      advice: 'only-with',
      reasons: [{ rule: 'SEC-03', lacks: 'consentRef' }],
    });
  });

  test('names nothing of others: their consents are answered as an id that nobody used', async () => {
    const theirs = consentFor(youthOffice);
    expect((await officer.record(theirs)).status).toBe(201);
    for (const consentRef of [theirs.id, '0195a6f0-0009-7000-8000-000000000009', 'none']) {
      await refused(running, () => asked({ ...entrusted, consentRef }), {
        status: 422,
        code: 'invalid-body',
        pointers: ['/consentRef'],
      });
    }
  });
});

describe('An entry may name the assessment it follows', () => {
  test('by id and digest, and only one of its own agency', async () => {
    const { assessment, digest } = await assessed();
    const refusal = { status: 422, code: 'invalid-entry', pointers: ['/data/assessment'] };
    const wrong = [
      { id: assessment.id, digest: 'A'.repeat(43) },
      { id: '0195a6f0-0009-7000-8000-000000000009', digest },
    ];
    for (const one of wrong) await refused(running, () => worker.record(disclosure(one)), refusal);
    await refused(running, () => officer.record(disclosure({ id: assessment.id, digest })), refusal);
    expect((await worker.record(disclosure({ id: assessment.id, digest }))).status).toBe(201);
  });
});

describe('Nonsense is refused and nothing is kept', () => {
  test.each<[what: string, draft: object, ...pointers: string[]]>([
    ['a person', { subject: planted }, '/subject'],
    ['a sentence', { justification: planted }, '/justification'],
    ['a code nobody knows', { items: [planted] }, '/items/0/dataCategory'],
    ['ten thousand items', { items: Array<string>(10_000).fill('identity') }, '/items'],
    ['a template nobody knows', { template: planted }, '/template'],
    ['no kind', { kind: null }, '/kind'],
    ['strangers', { counterparts: ['clinic.example'] }, '/counterparts'],
  ])('%s', async (_what, draft, ...pointers) => {
    const files = running.files().size;
    await refused(running, () => asked(draft), { status: 422, code: 'invalid-body', pointers });
    expect(running.files().size).toBe(files);
  });

  test('the template of others', async () => {
    const doctor = await running.as('agency', 'clinic.example');
    await refused(running, () => doctor.post('/v1/assessments', draftExample), {
      status: 422,
      code: 'invalid-body',
      pointers: ['/template'],
    });
  });

  test('the template of an agreement that is not in force any more', async () => {
    const ended = entryLike('AgreementTerminated', {
      data: { agreement: 'youth-office-police-exampletown', lastDay: '2026-11-30' },
    });
    expect((await worker.record(ended)).status).toBe(201);
    await refused(running, () => asked(), { status: 422, code: 'invalid-body', pointers: ['/template'] });
  });
});
