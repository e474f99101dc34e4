import { validateEntry, type EntryBody } from '#catalogue';
import { DomainError } from '#kernel';
import type { JsonObject } from '#statement';
import { expand } from './expand.js';
import { readQuickEntry } from './quick-entry.js';
import { at, clauses, inForceThere, police, youth } from './testing/network.js';

const inForce = inForceThere();
const id = '0195a6f0-0006-7000-8000-000000000040';
const disclosure = '0195a6f0-0006-7000-8000-000000000041';
const exchange = '0195a6f0-0006-7000-8000-000000000042';
const disclosureId = '0195a6f0-0006-7000-8000-000000000043';
const missing = { missing: 'not-given' };

const sent: JsonObject = {
  type: 'InformationDisclosed',
  occurredAt: at,
  disclosureId,
  recipients: [police],
  purpose: 'exit-support',
  agreement: 'exit@2',
  channel: 'portal',
  conditions: ['purpose-only', 'social-secrecy', 'sealed'],
  items: [{ dataCategory: 'exit-progress' }],
};

/** What the police records of a disclosure by the youth office. */
function recorded(more: JsonObject = {}, changes: JsonObject = {}, among = inForce): EntryBody {
  const [one] = expand({
    quick: readQuickEntry({ disclosure, case: 'case-1', ...more }),
    desk: { agency: police, actor: 'worker-1', at, registry: among.registry },
    inForce: among,
    earlier: {
      id: disclosure,
      exchange,
      issuer: youth,
      terms: { ...sent, ...changes },
      isDecisionOwed: false,
      conditionsDecided: [],
    },
    idOf: () => id,
  });
  if (one === undefined) throw new RangeError('nothing was recorded');
  return one.body;
}

describe('What was received', () => {
  it('is accepted with the conditions of a clause about such persons, though its terms say of no role', () => {
    const [progress] = clauses;
    const among = inForceThere({
      clauses: [
        { ...progress, id: 'clients', subjectCategories: ['client'], conditions: ['purpose-only'] },
        { ...progress, id: 'victims', subjectCategories: ['victim'], conditions: ['need-to-know-list'] },
      ],
    });
    const { data } = recorded({}, { conditions: ['need-to-know-list', 'sealed'] }, among);
    expect(data['conditionsAccepted']).toEqual(['need-to-know-list']);
  });

  it('is recorded with the disclosure and the case: from whom and on which power is known', () => {
    const body = recorded();
    expect(body).toMatchObject({
      id,
      type: 'DisclosureReceived',
      exchange,
      occurredAt: at,
      data: {
        disclosureId,
        disclosedBy: youth,
        causedBy: disclosure,
        regime: 'LED',
        actor: 'worker-1',
        agreement: 'exit@2',
        legalBasisCollect: { code: 'LED-A8-1' },
        matchesManifest: true,
        case: 'case-1',
        by: { matchesManifest: 'default', case: 'person' },
      },
    });
    expect(() => validateEntry(body, at)).not.toThrow();
  });

  it('is received on no power that nobody named, where no clause covers it', () => {
    expect(recorded({}, { purpose: 'evaluation' }).data).toMatchObject({ legalBasisCollect: missing });
  });

  it('is taken with the conditions that the parties agreed on; what goes beyond them only a person accepts', () => {
    expect(recorded().data['conditionsAccepted']).toEqual(['purpose-only', 'social-secrecy']);
    const rejecting = { conditionsRejected: [{ condition: 'purpose-only', because: 'We asked for more.' }] };
    expect(recorded(rejecting).data['conditionsAccepted']).toEqual(['social-secrecy']);
    expect(recorded({ conditionsAccepted: ['sealed'] }).data['conditionsAccepted']).toEqual(['sealed']);
    expect(recorded({}, { conditions: [] }).data).not.toHaveProperty('conditionsAccepted');
  });

  it.each<[string, JsonObject, JsonObject, unknown]>([
    ['by the portal', {}, {}, true],
    ['another way, where nobody says it', {}, { channel: 'paper' }, missing],
    ['another way, as the recipient says', { matchesManifest: true }, { channel: 'paper' }, true],
    ['with another digest', { manifestDigest: 'A'.repeat(43) }, { manifestDigest: 'B'.repeat(43) }, false],
    [
      'with the same one',
      { manifestDigest: 'A'.repeat(43) },
      { manifestDigest: 'A'.repeat(43), channel: 'paper' },
      true,
    ],
    ['incomplete by the portal, as the recipient says', { matchesManifest: false }, {}, false],
  ])('arrived whole or not: %s', (_way, said, changes, expected) => {
    expect(recorded(said, changes).data['matchesManifest']).toEqual(expected);
  });

  it('is known no earlier than the disclosure is', () => {
    const hidden = { visibility: 'deferred-until', hiddenUntil: '2027-06-01' };
    expect(recorded({}, hidden).data).toMatchObject(hidden);
    expect(recorded({ visibility: 'open' }, hidden).data).toMatchObject(hidden);
  });

  it('is told on with one of the four codes of feedback', () => {
    const body = recorded({ feedback: 'needs-more' });
    expect(body).toMatchObject({
      type: 'FeedbackGiven',
      data: { disclosureId, disclosedBy: youth, feedback: 'needs-more', by: { feedback: 'person' } },
    });
    expect(body.data).not.toHaveProperty('conditionsAccepted');
    expect(() => validateEntry(body, at)).not.toThrow();
  });

  it.each<[JsonObject, string]>([
    [{ disclosure: 'none' }, '/disclosure'],
    [{ kind: 'request' }, '/kind'],
    [{ items: ['identity'] }, '/items'],
    [{ reason: 'Why.' }, '/reason'],
    [{ contributions: [] }, '/contributions'],
    [{ case: { case: 'case-1', name: 'Max' } }, '/case/name'],
  ])('says nothing else: %j', (more, pointer) => {
    const refused = (): readonly string[] => {
      try {
        recorded(more);
        return [];
      } catch (error) {
        if (error instanceof DomainError) return error.faults.map((fault) => fault.pointer);
        throw error;
      }
    };
    expect(refused()).toEqual([pointer]);
  });
});
