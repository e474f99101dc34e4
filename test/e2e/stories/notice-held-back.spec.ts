import { notGiven, police, service, Telling, youthOffice } from './telling.js';

const client = 'client-of-the-held-back-notice';
const item = { dataCategory: 'exit-progress', itemBasis: 'fact', reliability: 'high', asOf: '2026-11-20' };
/** A service, although the vocabulary of bodies does not call it one. */
const military = { ...service, agency: 'military-service.example', kind: 'other' };

interface Draft {
  readonly title: string;
  readonly text: string;
  readonly gaps: readonly { readonly entry: string | null; readonly what: { readonly code: string } }[];
}

/** The police learned something of the client, do not tell yet, and told a service. Then the client asks. */
describe('A client of whom the police know more than may be told yet asks for access', () => {
  let told: Telling;
  let receipt: string;
  let decision: string;
  let toService: string;
  const [watched, passedOn, exchange] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];

  beforeAll(async () => {
    told = await Telling.begin(police, youthOffice, military);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    const passed = { subject: client, spontaneous: true, request: undefined, items: [item] };
    await told.record(
      youthOffice,
      'InformationDisclosed',
      { ...passed, disclosureId: watched, recipients: [police.agency] },
      exchange,
    );
    const received = { subject: client, disclosureId: watched, disclosedBy: youthOffice.agency };
    receipt = await told.record(police, 'DisclosureReceived', received, exchange);
    await told.record(police, 'NotificationDeferred', { subject: client, covers: [watched], until: '2027-03-31' });
    decision = await told.record(police, 'DecisionRecorded', {
      subject: client,
      kind: 'inform-security-body',
      outcome: 'approved',
    });
    toService = await told.record(police, 'InformationDisclosed', {
      ...passed,
      disclosureId: passedOn,
      recipients: [military.agency],
      regimeRecipient: 'NATSEC',
      causedBy: decision,
    });
    await told.record(police, 'InformationDisclosed', {
      ...passed,
      disclosureId: crypto.randomUUID(),
      recipients: notGiven,
      regimeRecipient: undefined,
    });
  });
  afterAll(() => told.end());

  const asked = async (by = police, value = client) => {
    const dpo = await told.as('dpo', by);
    const purpose = { 'Access-Purpose': 'rights-request' };
    const { search } = (await dpo.post('/v1/subject-searches', { kind: 'subject', value }, purpose)).json<{
      search: string;
    }>();
    const pack = await told.handed(dpo, { profile: 'X5', search, language: 'en' }, 'rights-request');
    const shown = await dpo.get(`/v1/views/recipients/draft-answer?search=${search}&lang=en`, purpose);
    return { ...pack, draft: shown.json<Draft>() };
  };

  test('neither what is held back, nor the service, nor the decision to inform it is in what goes out', async () => {
    const { report, text, draft } = await asked();
    expect(report).toMatchObject({ verdict: 'valid', entries: 1 });
    for (const written of [text, draft.text]) {
      for (const kept of [watched, passedOn, exchange, receipt, decision, toService]) {
        expect(written).not.toContain(kept);
      }
      expect(written).not.toMatch(/youth-office|military-service|security authority|deferred/i);
    }
  });

  test('the officer sees what is left out, and why', async () => {
    const { draft } = await asked();
    const why = new Map(draft.gaps.map(({ entry, what }) => [entry, what.code]));
    expect([receipt, decision, toService].map((entry) => why.get(entry))).toEqual([
      'hidden',
      'reveals',
      'consent-of-service',
    ]);
  });

  test('the letter is one under the directive, and tells of a disclosure to nobody knows whom', async () => {
    const { documents, draft } = await asked();
    for (const letter of [documents.get('draft-answer') ?? '', draft.text]) {
      expect(letter).toContain('LED 14');
      expect(letter).not.toContain('GDPR 15');
      expect(letter).toContain('recipient not recorded');
    }
  });

  test('what the youth office received is told with what the police recorded, unless a condition forbids it', async () => {
    const [open, forbidden] = [crypto.randomUUID(), crypto.randomUUID()];
    const subject = 'client-of-both';
    const receipts: string[] = [];
    for (const [disclosureId, conditions] of [
      [open, ['purpose-only']],
      [forbidden, ['no-inform-subject']],
    ] as const) {
      const shared = crypto.randomUUID();
      const recipients = [youthOffice.agency];
      const passed = { subject, spontaneous: true, request: undefined, items: [item], purpose: 'exit-support' };
      await told.record(police, 'InformationDisclosed', { ...passed, disclosureId, recipients, conditions }, shared);
      const received = { subject, disclosureId, disclosedBy: police.agency, conditionsAccepted: [] };
      receipts.push(await told.record(youthOffice, 'DisclosureReceived', received, shared));
    }
    const { text, documents, draft } = await asked(youthOffice, subject);
    for (const letter of [documents.get('draft-answer') ?? '', draft.text]) {
      expect(letter).toMatch(/police\.example/);
      expect(letter).toMatch(/exit support[^]*progress of the exit/);
    }
    expect([text.includes(open), text.includes(forbidden), text.includes('no-inform')]).toEqual([true, false, false]);
    const why = new Map(draft.gaps.map(({ entry, what }) => [entry, what.code]));
    expect(receipts.map((entry) => why.get(entry))).toEqual([undefined, 'condition']);
  });

  test('what was held back is told once its day is over', async () => {
    told.goOnTo('2027-04-01T09:00:00.000Z');
    const { report, documents, text } = await asked();
    expect(report).toMatchObject({ verdict: 'valid', entries: 2 });
    expect(text).toContain(watched);
    expect(documents.get('draft-answer')).toContain(youthOffice.agency);
    expect(text).not.toMatch(/military-service|security authority/i);
  });
});
