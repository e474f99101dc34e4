import { codeOf, clinic, police, school, Telling, textOf, youthOffice } from './telling.js';

/** The youth office passed on a wrong birth date, and three bodies have it in their files now. */
describe('A wrong birth date, passed on to three recipients', () => {
  let told: Telling;
  let invalidation: string;
  const recipients = [police, school, clinic];
  const exchange = crypto.randomUUID();
  const disclosureId = crypto.randomUUID();

  beforeAll(async () => {
    told = await Telling.begin(youthOffice, ...recipients);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    const identity = { dataCategory: 'identity', itemBasis: 'fact', reliability: 'high', asOf: '2026-11-20' };
    const to = recipients.map(({ agency }) => agency);
    await told.record(
      youthOffice,
      'InformationDisclosed',
      { disclosureId, recipients: to, items: [identity], spontaneous: true, request: undefined },
      exchange,
    );
    told.goOnTo('2026-12-01T09:00:00.000Z');
    const wrong = { disclosureId, cause: 'incorrect', action: 'rectify', recipients: to, affectedItems: [0] };
    const correctionTold = 'Born in 2008, not in 2003.';
    invalidation = await told.record(
      youthOffice,
      'DisclosureInvalidated',
      { ...wrong, originator: undefined, correctionTold },
      exchange,
    );
  });
  afterAll(() => told.end());

  const states = async (): Promise<Readonly<Record<string, unknown>>> => {
    const rows = await told.view(youthOffice, `corrections?disclosure=${disclosureId}`);
    return Object.fromEntries(rows.map(({ cells }) => [textOf(cells['recipient']), codeOf(cells['state'])]));
  };
  const are = (...[one, two, three]: string[]) => ({
    [police.agency]: one,
    [school.agency]: two,
    [clinic.agency]: three,
  });
  const confirm = (by: (typeof recipients)[number], said = {}) =>
    told.record(
      by,
      'RecipientActionConfirmed',
      {
        disclosureId,
        disclosedBy: youthOffice.agency,
        action: 'rectify',
        done: true,
        notDoneBecause: undefined,
        ...said,
      },
      exchange,
    );

  test('stands with all three to be told, then to be confirmed', async () => {
    expect(await states()).toEqual(are('to-tell', 'to-tell', 'to-tell'));
    for (const { agency } of recipients) {
      const notice = { notified: agency, notifiedAs: 'recipient', disclosureId, invalidation, cause: 'invalidated' };
      await told.record(youthOffice, 'RecipientNotified', { ...notice, reached: true }, exchange);
    }
    expect(await states()).toEqual(are('to-confirm', 'to-confirm', 'to-confirm'));
  });

  test('is corrected one by one; a recipient reads what is right, not why it went wrong', async () => {
    await confirm(school);
    expect(await states()).toEqual(are('to-confirm', 'confirmed', 'to-confirm'));
    const { data } = await told.look(await told.as('agency', police), invalidation);
    expect(data).toMatchObject({ correctionTold: 'Born in 2008, not in 2003.' });
    expect(data).not.toHaveProperty('justification');
    expect(await told.view(clinic, 'corrections')).toMatchObject([{ cells: { recipient: clinic.agency } }]);
  });

  test('is noted at those who have not confirmed when three working days are over', async () => {
    const noted = async () =>
      Promise.all(
        [youthOffice, ...recipients].map(
          async (one) => (await told.notes(one, `rule=QUA-02&about=${invalidation}`)).length,
        ),
      );
    told.goOnTo('2026-12-04T22:59:59.999Z');
    expect(await noted()).toEqual([0, 0, 0, 0]);
    told.goOnTo('2026-12-04T23:00:00.001Z');
    expect(await noted()).toEqual([0, 1, 0, 1]);
  });

  test('is done when the last has confirmed, also one that says why it could not', async () => {
    await confirm(police);
    await confirm(clinic, { done: false, notDoneBecause: 'Locked in a running proceeding; marked instead.' });
    expect(await states()).toEqual(are('confirmed', 'confirmed', 'not-done'));
    await confirm(clinic);
    expect(await states()).toEqual(are('confirmed', 'confirmed', 'confirmed'));
  });
});
