import { dsr01 } from './by-id/dsr-01.js';
import { law02 } from './by-id/law-02.js';
import { dsr04 } from './by-id/dsr-04.js';
import { trf02 } from './by-id/trf-02.js';
import { emptyRegistry, Story } from './testing/story.js';

const at = '2026-05-04T08:00:00.000Z';
const missing = { missing: 'not-given' };
const unsaid = { regime: missing, pack: undefined };
const office = 'office.example';
const service = 'intelligence.example';

/** One entry of an office that was admitted under a regime with a pack, and that says neither itself. */
function told(
  [regime, pack]: readonly [string, string],
  type: string,
  data: Readonly<Record<string, unknown>>,
  kind: Story['kind'] = 'exchange',
): Story {
  const story = new Story(kind, {
    ...emptyRegistry,
    regimeOf: (agency) => (agency === office ? regime : null),
    packOf: (agency) => (agency === office ? pack : null),
    kindOf: (agency) => (agency === service ? 'domestic-intelligence' : null),
  });
  story.tell(type, { by: office, at, data: { ...unsaid, ...data } });
  return story;
}

describe('an entry that does not say under which law it is', () => {
  it('has the severity of the law its agency was admitted with', () => {
    const disclosed = { legalBasisCollect: missing };
    const [sent] = told(['GDPR', 'DE-SGB'], 'InformationDisclosed', disclosed).judgements(law02);
    expect(sent).toMatchObject({ side: { regime: 'GDPR', pack: 'DE-SGB' }, settings: { severity: 'urgent' } });
  });

  it('breaks what only that law forbids', () => {
    const named = { recipientsNamed: [service], originatorConsents: undefined };
    const answer = told(['GDPR', 'DE-SGB'], 'RightsRequestDecided', named, 'rights-request');
    expect(answer.judgements(dsr04)).toMatchObject([
      { verdict: { is: 'broken' }, settings: { severity: 'urgent', basis: 'law' } },
    ]);
  });

  it('is checked by the rules of its regime', () => {
    const transfer = { country: 'US', tool: 'Agreement of 2016', assessment: 'assessment-7', originState: 'FR' };
    const under = (regime: string) => told([regime, 'X'], 'InformationDisclosed', { transfer }).verdicts(trf02);
    expect([under('LED'), under('GDPR')]).toEqual([['broken'], []]);
  });

  it.each([
    ['DE-NW', 'on the day after Corpus Christi', '2026-06-05T21:59:59.999Z'],
    ['DE-BDSG3', 'on a day that is a holiday elsewhere', '2026-06-04T21:59:59.999Z'],
  ])('is due by the calendar of %s: %s', (pack, _, due) => {
    const request = told(['LED', pack], 'RightsRequestReceived', { receivedAt: at }, 'rights-request');
    expect(request.judgements(dsr01)[0]?.verdict).toEqual({ is: 'pending', due });
  });

  it('is also under the law that it names, where it names one', () => {
    const story = told(['GDPR', 'DE-SGB'], 'InformationDisclosed', { regime: 'LED', pack: 'DE-NW' });
    expect(story.judgements(law02)[0]?.side).toEqual({ agency: office, regime: 'LED', pack: 'DE-NW' });
  });
});
