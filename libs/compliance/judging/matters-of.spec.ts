import { entryId, leafIndex } from '#kernel';
import type { JsonObject } from '#statement';
import { beginning, exchangeOf, police, uuidOf, youthOffice } from '../testing/recorded-log.js';
import { connectionsOf, kindsOf } from './matters-of.js';

const id = entryId(uuidOf('an entry'));
const exchange = exchangeOf('first');
const own = { kind: 'exchange', id: exchange };
const alone = { kind: 'exchange', id };

const told = (type: string, terms: JsonObject = {}, inExchange: typeof exchange | null = null) => ({
  id,
  issuer: police,
  exchange: inExchange,
  said: { type, occurredAt: beginning, terms },
});

const opener = uuidOf('what was opened');

const mattersOf = (...of: Parameters<typeof told>) =>
  connectionsOf(told(...of)).matters.filter(({ kind }) => kind !== 'agency');
const agenciesOf = (...of: Parameters<typeof told>) =>
  connectionsOf(told(...of)).matters.flatMap((one) => (one.kind === 'agency' ? [one.id] : []));

describe('an entry belongs', () => {
  it('to its exchange, and stands alone as if it were one where it has none', () => {
    expect(mattersOf('InformationRequested', {}, exchange)).toEqual([own]);
    expect(mattersOf('InformationRequested')).toEqual([alone]);
  });

  it('to what it opens, and what follows belongs to what was opened', () => {
    expect(mattersOf('ConsentRecorded', {}, exchange)).toEqual([own, { kind: 'consent', id }]);
    expect(mattersOf('ConsentWithdrawn', { consent: opener }, exchange)).toEqual([
      own,
      { kind: 'consent', id: opener },
    ]);
  });

  it.each([[undefined], [null], [7], [{ missing: 'unknown' }], ['an office'], [[opener]]])(
    'to no matter where it names none: %j',
    (consent) => {
      expect(mattersOf('ConsentWithdrawn', consent === undefined ? {} : { consent })).toEqual([alone]);
    },
  );

  it('to an agency where it says something of it as a whole: to who recorded it and to whom it names', () => {
    expect(agenciesOf('AuditPerformed')).toEqual([police]);
    expect(agenciesOf('AuditPerformed', { agency: police })).toEqual([police]);
    expect(agenciesOf('AuditPerformed', { agency: youthOffice })).toEqual([police, youthOffice]);
    expect(agenciesOf('LedgerAccessed', { agency: youthOffice })).toEqual([]);
  });

  it('to its exchange alone once it is erased, and nothing is known of what it referred to', () => {
    const erased = { id, issuer: police, exchange, said: null };
    expect(connectionsOf(erased)).toEqual({ matters: [own], handles: [id], references: [] });
    expect(connectionsOf({ ...erased, exchange: null }).matters).toEqual([alone]);
  });

  it('to nothing more where its type is not known', () => {
    for (const type of ['SomethingNew', 'constructor', '__proto__']) {
      expect(connectionsOf(told(type, { agency: police }, exchange)).matters).toEqual([own]);
    }
  });

  it('to matters of several kinds', () => {
    const audit = { ...told('AuditPerformed'), index: leafIndex(0), recordedAt: beginning };
    expect(kindsOf(audit)).toEqual(['exchange', 'audit', 'agency']);
    expect(kindsOf({ ...audit, said: null })).toEqual(['exchange']);
  });
});

describe('an entry is called', () => {
  it('by its id, and by the disclosure it made', () => {
    expect(connectionsOf(told('InformationRequested', { disclosureId: opener })).handles).toEqual([id]);
    expect(connectionsOf(told('InformationDisclosed', { disclosureId: opener })).handles).toEqual([id, opener]);
  });

  it('once, where it gave the disclosure its own id', () => {
    expect(connectionsOf(told('InformationDisclosed', { disclosureId: id })).handles).toEqual([id]);
    expect(connectionsOf(told('InformationDisclosed', { disclosureId: 'mine' })).handles).toEqual([id]);
  });
});

describe('an entry calls others', () => {
  it('by every id in its terms, each once, in lists too, and not itself', () => {
    const [one, two] = [uuidOf('one'), uuidOf('two')] as const;
    const terms = {
      disclosureId: opener,
      exchange,
      consentRef: one,
      derivedFrom: [one, two, opener, 'no id', 7, null, { missing: 'unknown' }],
      request: id,
      purpose: 'exit-support',
    };
    expect(connectionsOf(told('InformationDisclosed', terms, exchange)).references).toEqual([one, two]);
    expect(connectionsOf(told('DisclosureReceived', { disclosureId: opener }, exchange)).references).toEqual([opener]);
  });
});
