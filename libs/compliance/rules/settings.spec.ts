import { agencyId } from '#kernel';
import { bre01 } from './by-id/bre-01.js';
import { dsr01 } from './by-id/dsr-01.js';
import { log01 } from './by-id/log-01.js';
import { everyRule } from './every-rule.js';
import { everyPack } from './packs/every-pack.js';
import { Settings } from './settings.js';
import { emptyRegistry, Story } from './testing/story.js';

const agency = agencyId('youth-office.example');

describe('a rule is law only for whom one of its sources binds', () => {
  it.each([
    ['LOG-01', 'law', 'policy', 'policy'],
    ['LOG-02', 'law', 'law', 'policy'],
    ['LOG-05', 'law', 'policy', 'policy'],
    ['SPC-02', 'law', 'policy', 'policy'],
    ['CON-02', 'law', 'policy', 'policy'],
    ['OVS-01', 'law', 'law', 'policy'],
    // The law says "without delay", the network how long that is.
    ['QUA-02', 'policy', 'policy', 'policy'],
  ])('%s: %s for law enforcement, %s under the regulation, %s for services', (id, ...expected) => {
    const rule = everyRule.find((one) => one.id === id);
    if (rule === undefined) throw new RangeError(`no rule ${id}`);
    const settings = new Settings(everyPack);
    const bases = ['LED', 'GDPR', 'NATSEC'].map((regime) => settings.of(rule, { agency, regime, pack: null }).basis);
    expect(bases).toEqual(expected);
  });
});

/** A request of 4 May 2026: a month later is Corpus Christi, a holiday in North Rhine-Westphalia. */
const asked = (pack: string, calendar: string | null = null): Story => {
  const story = new Story('rights-request', {
    ...emptyRegistry,
    calendarOf: (one) => (one === agency ? calendar : 'DE-NW'),
  });
  const receivedAt = '2026-05-04T08:00:00.000Z';
  story.tell('RightsRequestReceived', { by: agency, at: receivedAt, data: { regime: 'GDPR', pack, receivedAt } });
  return story;
};

describe('days are counted where an agency is', () => {
  it.each([
    ['DE-SGB', null, '2026-06-04'],
    ['DE-SGB', 'DE-NW', '2026-06-05'],
    ['EU-GDPR', 'DE-NW', '2026-06-05'],
    ['DE-NW', null, '2026-06-05'],
    ['DE-NW', 'DE-NI', '2026-06-04'],
    ['DE-NW', 'AT', '2026-06-05'],
  ])('under %s, admitted with the holidays of %s: until the end of %s', (pack, calendar, day) => {
    expect(asked(pack, calendar).judgements(dsr01)).toMatchObject([
      { verdict: { is: 'pending', due: `${day}T21:59:59.999Z` } },
    ]);
  });
});

describe('a judgement cites the packs that settled it', () => {
  const cited = (pack: string, calendar: string | null = null) =>
    asked(pack, calendar)
      .judgements(dsr01)
      .map(({ settings }) => settings.packs);

  it('with the one by whose calendar its days are counted', () => {
    expect(cited('DE-NW')).toEqual([['DE-NW@1']]);
  });

  it('also where a later version says of days only when they begin', () => {
    const published = { code: 'DE-NW', version: 1001, place: { zone: 'Europe/Lisbon' }, rules: {} };
    const [judged] = asked('DE-NW').judgements(dsr01, [...everyPack, published]);
    expect(judged).toMatchObject({
      verdict: { due: '2026-06-05T22:59:59.999Z' },
      settings: { packs: ['DE-NW@1'] },
    });
  });

  it('without one that counts none, or whose holidays are not those of the agency', () => {
    expect([cited('EU-GDPR'), cited('DE-NW', 'DE-NW')]).toEqual([[[]], [[]]]);
  });

  it('and none for what is owed at once or within hours, as those run through', () => {
    const told = { at: '2026-06-03T08:00:00.000Z', data: { regime: 'LED', pack: 'DE-NW' } };
    const story = new Story();
    story.tell('InformationDisclosed', told);
    const breach = new Story('breach');
    breach.tell('BreachDetected', told);
    const judged = [...story.judgements(log01), ...breach.judgements(bre01)];
    expect(judged.map(({ settings }) => settings.packs)).toEqual([[], []]);
  });

  it('once, also where it changes the rule, too', () => {
    const byNetwork = { code: 'DE-NW', version: 1001, rules: { 'DSR-01': { severity: 'urgent' as const } } };
    const [judged] = asked('DE-NW').judgements(dsr01, [...everyPack, byNetwork]);
    expect(judged?.settings.packs).toEqual(['DE-NW@1001', 'DE-NW@1']);
  });
});
