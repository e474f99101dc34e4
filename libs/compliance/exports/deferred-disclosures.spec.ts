import { agencyId, entryId, leafIndex, type EntryId, type Instant } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { Story } from '../rules/testing/story.js';
import { uuidOf } from '../testing/recorded-log.js';
import { deferredDisclosures } from './deferred-disclosures.js';
import type { ExportedEntry } from './export-profile.js';

type Data = Readonly<Record<string, unknown>>;
const police = agencyId('police.example');
const [watched, other] = [uuidOf('disclosure watched'), uuidOf('disclosure other')];
const april = '2026-04-01T08:00:00.000Z';

const missing = { missing: 'not-given' };
const [exchange, elsewhere] = [uuidOf('exchange'), uuidOf('exchange elsewhere')];

const entry = (type: string, terms: JsonObject): ExportedEntry => ({
  index: leafIndex(0),
  id: entryId(uuidOf(`${type} ${JSON.stringify(terms)}`)),
  issuer: police,
  recordedAt: april as Instant,
  said: { type, occurredAt: april as Instant, terms },
});
const unnamed = entry('DisclosureReceived', { exchange: elsewhere, disclosureId: missing });
/** What the police disclosed and received of the person, and a decision about it. */
const passed = [
  entry('DisclosureReceived', { exchange, disclosureId: watched }),
  entry('InformationDisclosed', { exchange: elsewhere, disclosureId: other }),
  unnamed,
  entry('DecisionRecorded', { exchange }),
];

/** The police hold back the notice of what they received. */
class Deferred extends Story {
  readonly deferral: EntryId;

  /**
   * @param exchange in which it stands
   * @param about what others recorded of the same disclosures
   */
  constructor(
    data: Data = {},
    private readonly exchange: JsonValue = missing,
    private readonly about: readonly ExportedEntry[] = [],
  ) {
    super();
    this.deferral = this.#told('NotificationDeferred', '2026-03-07', {
      covers: [watched],
      until: '2026-09-07',
      ...data,
    });
  }

  reviewed(on: string, outcome: string, until?: string): this {
    this.#told('DeferralReviewed', on, { deferral: this.deferral, outcome, until });
    return this;
  }

  /** Says that something in the entry told last was wrong; its day, unless told otherwise. */
  corrected(on: string, inTerms: unknown = [{ field: '/until', right: '2026-12-24' }]): this {
    this.#told('EntryCorrected', on, { corrects: this.matter.entries.at(-1)?.id, inTerms });
    return this;
  }

  informed(on: string, covers: readonly string[] | { readonly missing: string }, deferral?: string): this {
    this.#told('DataSubjectInformed', on, { covers, deferral });
    return this;
  }

  at(now: string): readonly string[] {
    const entries = this.matter.entries.map(({ said, ...entry }) => ({
      ...entry,
      said: said && { ...said, terms: { ...said.terms, exchange: this.exchange } },
    }));
    return [...deferredDisclosures(entries, passed, this.about, now as Instant)];
  }

  #told(type: string, on: string, data: Data): EntryId {
    return this.tell(type, { by: police, at: `${on}T10:00:00.000Z`, data });
  }
}

describe('The person is not told yet of a disclosure', () => {
  it('whose notice is deferred, up to the last minute of the last day', () => {
    expect(new Deferred().at(april)).toEqual([watched]);
    expect(new Deferred().at('2026-09-07T21:59:59.999Z')).toEqual([watched]);
    expect(new Deferred().at('2026-09-07T22:00:00.000Z')).toEqual([]);
  });

  it.each([
    ['has no end', { until: { missing: 'unknown' } }],
    ['is for good', { until: undefined, extent: 'omitted' }],
  ])('whose deferral %s', (_, data) => {
    expect(new Deferred(data).at('2036-01-01T00:00:00.000Z')).toEqual([watched]);
  });

  it('until a review ends it', () => {
    expect(new Deferred().reviewed('2026-03-20', 'ended').at(april)).toEqual([]);
  });

  it('for as long as reviews let it go on', () => {
    const later = '2026-10-01T08:00:00.000Z';
    expect(new Deferred().reviewed('2026-06-05', 'continued', '2026-12-31').at(later)).toEqual([watched]);
    expect(new Deferred().reviewed('2026-06-05', 'continued').at(later)).toEqual([]);
    expect(new Deferred().reviewed('2026-09-20', 'continued').at(later)).toEqual([watched]);
  });

  it('after the day that its agency corrected, until a review or a notice says that it is over', () => {
    const later = '2026-10-01T08:00:00.000Z';
    const corrected = (): Deferred => new Deferred().corrected('2026-03-08');
    expect(corrected().at(later)).toEqual([watched]);
    expect(corrected().reviewed('2026-06-05', 'continued').at(later)).toEqual([watched]);
    expect(corrected().reviewed('2026-06-05', 'continued', '2026-09-30').at(later)).toEqual([]);
    expect(corrected().reviewed('2026-06-05', 'ended').at(later)).toEqual([]);
    expect(corrected().informed('2026-06-05', [watched]).at(later)).toEqual([]);
  });

  it.each([
    ['names another end', 'continued', '2026-09-30'],
    ['names no end', 'continued', undefined],
    ['ends it', 'ended', undefined],
  ])('after a review that was corrected, where it %s', (_, outcome, until) => {
    const later = '2026-10-01T08:00:00.000Z';
    const reviewed = new Deferred().reviewed('2026-06-05', outcome, until);
    expect(reviewed.at(later)).toEqual([]);
    expect(reviewed.corrected('2026-06-06').at(later)).toEqual([watched]);
  });

  it('of a receipt in another exchange, where the disclosure stands in that of the deferral', () => {
    const disclosure = entry('InformationDisclosed', { exchange, disclosureId: watched });
    const inAnother = entry('InformationDisclosed', { exchange: uuidOf('a third exchange'), disclosureId: other });
    const vague = (where: string) => new Deferred({ covers: missing }, where, [disclosure, inAnother]);
    expect(vague(exchange).at(april)).toEqual([watched]);
    expect(vague(uuidOf('a third exchange')).at(april)).toEqual([other]);
    expect(vague(uuidOf('yet another exchange')).at(april)).toEqual([]);
  });

  it('until the person was told of this one, or generally that the deferral is over', () => {
    const both = { covers: [watched, other] };
    expect(new Deferred(both).informed('2026-03-20', [other]).at(april)).toEqual([watched]);
    expect(new Deferred().informed('2026-03-20', [watched]).at(april)).toEqual([]);
    const general = new Deferred(both);
    expect(general.informed('2026-03-20', [], general.deferral).at(april)).toEqual([]);
    expect(new Deferred(both).informed('2026-03-20', []).at(april)).toEqual(both.covers);
  });

  it.each([[missing], [[]], [undefined]])(
    'of anything that passed, where the deferral does not say of what: %j',
    (covers) => {
      expect(new Deferred({ covers }).at(april)).toEqual([watched, other, unnamed.id]);
      expect(new Deferred({ covers }, exchange).at(april)).toEqual([watched]);
      expect(new Deferred({ covers }).informed('2026-03-20', [other]).at(april)).toEqual([watched, unnamed.id]);
      expect(new Deferred({ covers }).at('2026-09-07T22:00:00.000Z')).toEqual([]);
    },
  );

  it('where a notice ends the deferral and does not say what the person was told of', () => {
    const unsaid = new Deferred();
    expect(unsaid.informed('2026-03-20', missing, unsaid.deferral).at(april)).toEqual([watched]);
  });

  it('where the notice of it was corrected: it tells of nothing', () => {
    const informed = new Deferred().informed('2026-03-20', [watched]);
    expect(informed.at(april)).toEqual([]);
    expect(informed.corrected('2026-03-21', [{ field: '/covers/0', right: other }]).at(april)).toEqual([watched]);
    expect(informed.informed('2026-03-22', [watched]).at(april)).toEqual([]);
  });

  it('that the correction of its deferral names, beside what that said at first', () => {
    const right = (text: string) => [{ field: '/covers', was: watched, right: text }];
    expect(new Deferred().corrected('2026-03-08', right(other)).at(april)).toEqual([watched, other]);
    const both = `${unnamed.id}, ${other}`;
    expect(new Deferred().corrected('2026-03-08', right(both)).at(april)).toEqual([watched, unnamed.id, other]);
  });

  it.each([[[{ field: '/covers', right: missing }]], [[{ field: '/covers', right: 'see the file' }]], [missing], [[]]])(
    'of anything that passed, where the deferral was corrected and the correction does not say what is right: %j',
    (inTerms) => {
      const corrected = new Deferred().corrected('2026-03-08', inTerms);
      expect(corrected.at(april)).toEqual([watched, other, unnamed.id]);
      expect(new Deferred({}, elsewhere).corrected('2026-03-08', inTerms).at(april)).toEqual([
        watched,
        other,
        unnamed.id,
      ]);
      expect(new Deferred({}, exchange).corrected('2026-03-08', inTerms).at(april)).toEqual([watched]);
    },
  );

  it('for which the notice was deferred again after the person had been told', () => {
    expect(new Deferred().informed('2026-03-01', [watched]).at(april)).toEqual([watched]);
  });
});
