import { agencyId, type EntryId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v19 } from './v19-consents.js';

type Data = Readonly<Record<string, unknown>>;
const programme = agencyId('exit-programme.example');
const youth = agencyId('youth-office.example');
const school = agencyId('school.example');
const missing = { missing: 'unknown' };
const day = (number: number): string => `2025-09-0${number}T12:00:00.000Z`;

/** What the exit programme was allowed to pass on, and what became of it. */
class Allowed extends Story {
  readonly id: EntryId;
  readonly #elsewhere = new Story();

  constructor(data: Data = {}, kind: 'consent' | 'exchange' = 'consent', type = 'ConsentRecorded') {
    super(kind);
    this.id = this.tell(type, { by: programme, at: day(1), data });
  }

  /** A disclosure of another exchange that rests on it. */
  used(number: number, data: Data = {}): EntryId {
    const items = [{ dataCategory: 'exit-progress' }, { dataCategory: 'school-attendance' }];
    const usual = { consentRef: this.id, recipients: [school], items };
    return this.elsewhere('InformationDisclosed', number, { ...usual, ...data });
  }

  elsewhere(type: string, number: number, data: Data): EntryId {
    // Ids of stories begin anew: a gap keeps those of the two apart.
    while (this.#elsewhere.matter.entries.length < 20) this.#elsewhere.tell('MinutesApproved', { at: day(1) });
    const id = this.#elsewhere.tell(type, { by: programme, at: day(number), data });
    this.link(this.id, this.#elsewhere);
    return id;
  }

  withdrawn(number: number, data: Data = {}): EntryId {
    const usual = { recipientsTold: [], dataCategories: undefined, mayNotReceive: undefined };
    const more = { consent: this.id, effectiveFrom: day(number), ...usual, ...data };
    return this.tell('ConsentWithdrawn', { by: programme, at: day(number), data: more });
  }

  cells(agency = programme) {
    return v19.rows(this.matter, agency).map(({ cells }) => cells);
  }
}

describe('V19: consents and releases from secrecy', () => {
  it('shows what was allowed, in which capacity and form, for what, to whom and until when', () => {
    const allowed = new Allowed();
    expect(allowed.cells()).toMatchObject([
      {
        givenAt: day(1),
        kind: 'consent',
        recordedBy: programme,
        capacity: 'subject',
        form: 'written',
        formVersion: 'consent-minors@4',
        dataCategories: ['exit-progress', 'school-attendance'],
        purposes: ['exit-support', 'school-support'],
        mayReceive: [youth, school],
        released: null,
        explicit: false,
        toldOfWithdrawal: true,
        validUntil: '2026-01-12',
        usedBy: [],
        withdrawn: null,
        withdrawnFrom: null,
        told: [],
        toTell: [],
        erased: false,
      },
    ]);
  });

  it('shows of a release who may speak and what kept it secret', () => {
    expect(new Allowed({}, 'consent', 'SecrecyReleaseRecorded').cells()).toMatchObject([
      { kind: 'release', released: 'clinic.example', secrecyClass: 'professional', toldOfWithdrawal: null },
    ]);
  });

  it('shows what rests on it, who received, and when last', () => {
    const allowed = new Allowed();
    const uses = [allowed.used(2), allowed.used(3, { recipients: [youth, school] })];
    allowed.used(4, { consentRef: '0195a6f0-0001-7000-8000-000000000999' });
    expect(allowed.cells()).toMatchObject([{ usedBy: uses, received: [school, youth], lastUsedAt: day(3) }]);
  });

  it('names the one that replaces it', () => {
    const allowed = new Allowed();
    const replacement = allowed.elsewhere('ConsentRecorded', 3, { replaces: allowed.id });
    expect(allowed.cells()).toMatchObject([{ replacedBy: replacement }]);
  });

  it('shows nothing of who gave it or of the limits they set', () => {
    const allowed = new Allowed({ givenBy: 'person-5b1e-mother' });
    expect(JSON.stringify(v19.rows(allowed.matter, programme))).not.toMatch(/person-|friends|file-12|staff-/);
    expect(Object.keys(allowed.cells()[0] ?? {}).toSorted()).toEqual(Object.keys(v19.columns).toSorted());
  });

  it('shows a consent once: its own agency where it stands alone, others in the exchange they share', () => {
    expect(new Allowed().cells(youth)).toEqual([]);
    expect(new Allowed({}, 'exchange').cells(youth)).toMatchObject([{ recordedBy: programme }]);
    expect(new Allowed({}, 'exchange').cells(programme)).toEqual([]);
  });

  it('shows what is missing as missing', () => {
    const data = { capacity: missing, dataCategories: missing, mayReceive: missing, validUntil: missing };
    expect(new Allowed(data).cells()).toMatchObject([
      { capacity: null, dataCategories: [], mayReceive: [], validUntil: null },
    ]);
  });

  it('shows nothing of what was erased, and says that something may be', () => {
    const allowed = new Allowed();
    allowed.erase(allowed.withdrawn(3));
    expect(allowed.cells()).toMatchObject([{ withdrawn: null, erased: true }]);
    expect(allowed.erase(allowed.id).cells()).toEqual([]);
  });
});

describe('V19: withdrawn', () => {
  it('shows from when nothing may rest on it, and who is still to be told', () => {
    const allowed = new Allowed();
    allowed.used(2, { recipients: [youth, school] });
    allowed.withdrawn(3, { recipientsTold: [{ agency: school, toldAt: day(3) }] });
    expect(allowed.cells()).toMatchObject([
      { withdrawn: 'wholly', withdrawnFrom: day(3), told: [school], toTell: [youth], usedAfterwards: [] },
    ]);
  });

  it.each([
    ['the notice names the consent', {}],
    ['the notice names the disclosure', { consentRef: undefined }],
  ])('counts a later notice where %s', (_, data) => {
    const allowed = new Allowed();
    allowed.used(2);
    allowed.withdrawn(3);
    expect(allowed.cells()).toMatchObject([{ told: [], toTell: [school] }]);
    const usual = { notified: school, cause: 'consent-withdrawn', consentRef: allowed.id };
    allowed.elsewhere('RecipientNotified', 4, { ...usual, ...data });
    expect(allowed.cells()).toMatchObject([{ told: [school], toTell: [] }]);
  });

  it('does not count a notice that did not reach, nor a line without a moment', () => {
    const allowed = new Allowed();
    allowed.used(2);
    allowed.withdrawn(3, { recipientsTold: [{ agency: school, toldAt: missing }] });
    const data = { notified: school, cause: 'consent-withdrawn', consentRef: allowed.id, reached: false };
    allowed.elsewhere('RecipientNotified', 4, data);
    expect(allowed.cells()).toMatchObject([{ told: [], toTell: [school] }]);
  });

  it.each([
    ['of other data', { dataCategories: ['family'] }],
    ['for another recipient', { mayNotReceive: [youth] }],
  ])('owes nothing to who received before a withdrawal %s', (_, data) => {
    const allowed = new Allowed();
    allowed.used(2);
    allowed.withdrawn(3, data);
    expect(allowed.cells()).toMatchObject([{ withdrawn: 'partly', toTell: [], usedAfterwards: [] }]);
  });

  it('shows what was passed on nevertheless, from the very moment on', () => {
    const allowed = new Allowed();
    allowed.used(2);
    const late = allowed.used(3);
    allowed.withdrawn(3, { dataCategories: ['school-attendance'] });
    expect(allowed.cells()).toMatchObject([{ usedAfterwards: [late], withdrawnCategories: ['school-attendance'] }]);
  });

  it('takes the day of the entry where it is not said from when', () => {
    const allowed = new Allowed();
    allowed.withdrawn(3, { effectiveFrom: missing });
    expect(allowed.cells()).toMatchObject([{ withdrawn: 'wholly', withdrawnFrom: day(3) }]);
  });

  it('does not take the withdrawal of another one for its own', () => {
    const allowed = new Allowed();
    allowed.withdrawn(3, { consent: '0195a6f0-0001-7000-8000-000000000999' });
    expect(allowed.cells()).toMatchObject([{ withdrawn: null }]);
  });
});
