import { leafIndex, treeSize, type EntryId } from '#kernel';
import { projected } from '../testing/projected.js';
import { clinic, exchangeOf, hoursAfter, police, school, type Told } from '../testing/recorded-log.js';
import { disclosed } from '../testing/stories.js';
import { v19 } from '../views/by-id/v19-consents.js';
import { ask, own } from '../views/testing/ask.js';
import { loadMatters } from './judged-matters.js';
import { judgements } from './judgements.js';

const consented: Told = {
  issuer: clinic,
  type: 'ConsentRecorded',
  exchange: exchangeOf('first'),
  terms: { consentId: 'a consent', dataCategories: ['family'], purposes: ['exit-support'] },
};

const withdrawn = (consent: EntryId): Told => ({
  issuer: clinic,
  type: 'ConsentWithdrawn',
  exchange: exchangeOf('second'),
  hour: 30,
  terms: { consent, effectiveFrom: hoursAfter(30), capacity: 'subject', recipientsTold: [] },
});

const resting = (consentRef: EntryId): Told => disclosed(clinic, [police, school], exchangeOf('third'), { consentRef });

describe('entries that were just opened', () => {
  it('are judged as they are at hand, and not read again from what is kept of them', async () => {
    await using world = await projected({ projections: [judgements] });
    const [id] = await world.tell(consented);
    const atHand = {
      index: leafIndex(0),
      id: id as EntryId,
      issuer: clinic,
      recordedAt: hoursAfter(0),
      registry: treeSize(0),
      said: null,
    };
    const [matter] = await world.views.database
      .transaction()
      .execute((transaction) =>
        loadMatters(transaction, [{ kind: 'consent', id: id as EntryId }], { entries: [] }, new Map([[0, atHand]])),
      );
    expect(matter?.entries[0]).toBe(atHand);
    expect(matter?.registries.get(id as EntryId)).toBe(0);
  });
});

describe('a consent that is withdrawn', () => {
  it('is linked with what rests on it, not with itself by the withdrawal that names it', async () => {
    await using world = await projected({ projections: [judgements] });
    const [consent] = await world.tell(consented);
    const [use] = await world.tell(resting(consent as EntryId));
    await world.tell(withdrawn(consent as EntryId));
    const [matter] = await world.views.database
      .transaction()
      .execute((transaction) =>
        loadMatters(transaction, [{ kind: 'consent', id: consent as EntryId }], { entries: [] }),
      );
    expect(matter?.entries.map(({ said }) => said?.type)).toEqual(['ConsentRecorded', 'ConsentWithdrawn']);
    expect(matter?.linked.get(consent as EntryId)?.entries.map(({ id }) => id)).toContain(use);
  });

  it('still shows by whom it was used, and who has to be told', async () => {
    await using world = await projected({ projections: [judgements] });
    const [consent] = await world.tell(consented);
    const [use] = await world.tell(resting(consent as EntryId));
    await world.tell(withdrawn(consent as EntryId));
    const { rows } = await ask(world.views, v19, own(clinic));
    expect(rows.map(({ cells }) => cells)).toMatchObject([
      { withdrawn: 'wholly', usedBy: [use], received: [police, school], toTell: [police, school] },
    ]);
  });
});
