import { emptyRegistry, Story } from '../testing/story.js';
import { agr01 } from './agr-01.js';
import { agr02 } from './agr-02.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'unknown' };
const adopted = '2026-01-12T09:00:00.000Z';
const youth = 'youth.example';
const agreement = 'youth-police';

/** An agreement of the youth office and the police, to be reviewed by 1 February 2027. */
function agreed(data: Data = {}): Story {
  const story = new Story('registry');
  const terms = { agreement, version: 1, parties: [youth, 'police.example'], reviewDue: '2027-02-01', ...data };
  story.tell('AgreementAdopted', { by: youth, at: adopted, data: { validUntil: undefined, ...terms } });
  return story;
}

function amended(story: Story, at: string, data: Data = {}): Story {
  const next = { agreement, version: 2, supersedes: `${agreement}@1`, parties: ['police.example'], ...data };
  story.tell('AgreementAmended', { by: 'police.example', at, data: { reviewDue: '2099-01-01', ...next } });
  return story;
}

const ofFirst = (story: Story, now?: string): readonly string[] => {
  const first = story.matter.entries[0]?.id;
  const places = story.judgements(agr01).map(({ entry }) => entry === first);
  return story.verdicts(agr01, now).filter((_, place) => places[place]);
};

describe('AGR-01: agreements and impact assessments are reviewed in time', () => {
  it.each([
    ['2027-02-01T22:59:59.999Z', 'kept'],
    ['2027-02-01T23:00:00.000Z', 'broken'],
  ])('the next version recorded at %s: %s for both parties', (at, expected) => {
    const story = amended(agreed(), at);
    expect(ofFirst(story)).toEqual([expected, expected]);
    const parties = story.judgements(agr01).map(({ side }) => side.agency);
    expect(parties.slice(0, 2)).toEqual([youth, 'police.example']);
  });

  it('is pending until the day is over', () => {
    expect(ofFirst(agreed(), '2027-02-01T22:59:59.999Z')).toEqual(['pending', 'pending']);
    expect(ofFirst(agreed(), '2027-02-01T23:00:00.000Z')).toEqual(['broken', 'broken']);
  });

  it('is due within a year where no day is said', () => {
    const [judged] = agreed({ reviewDue: missing }).judgements(agr01);
    expect(judged?.verdict).toEqual({ is: 'pending', due: '2027-01-12T22:59:59.999Z' });
  });

  it('states the year only where no day is said', () => {
    const stated = (data = {}) => agreed(data).judgements(agr01)[0]?.deadline;
    expect([stated(), stated({ reviewDue: missing })]).toEqual([null, undefined]);
  });

  it('is owed by whoever recorded it where the parties are missing', () => {
    expect(
      agreed({ parties: missing })
        .judgements(agr01)
        .map(({ side }) => side.agency),
    ).toEqual([youth]);
  });

  it('is not owed for an agreement that ends before', () => {
    expect(ofFirst(agreed({ validUntil: '2027-01-31' }))).toEqual([]);
    expect(ofFirst(agreed({ validUntil: '2027-02-01' }))).toEqual(['broken', 'broken']);
  });

  it('is done by ending the agreement, in time', () => {
    const ended = (at: string) => {
      const story = agreed();
      story.tell('AgreementTerminated', { by: youth, at, data: { agreement } });
      return ofFirst(story);
    };
    expect(ended('2027-02-01T22:00:00.000Z')).toEqual(['kept', 'kept']);
    expect(ended('2027-02-02T08:00:00.000Z')).toEqual(['broken', 'broken']);
  });

  it('is not done by who has no part in this version, unless nobody knows whose it is', () => {
    const ended = (data: Data, by = 'clinic.example') => {
      const story = agreed(data);
      story.tell('AgreementTerminated', { by, at: '2026-12-01T08:00:00.000Z', data: { agreement } });
      return ofFirst(story);
    };
    expect(ended({})).toEqual(['broken', 'broken']);
    expect(ended({}, 'police.example')).toEqual(['kept', 'kept']);
    expect(ended({ parties: missing })).toEqual(['kept']);
  });

  it('is not done by a version of another agreement, or by one that does not say which it is', () => {
    const at = '2026-12-01T08:00:00.000Z';
    expect(ofFirst(amended(agreed(), at, { agreement: 'clinic-youth' }))).toEqual(['broken', 'broken']);
    expect(ofFirst(amended(agreed(), at, { agreement: missing }))).toEqual(['broken', 'broken']);
    expect(ofFirst(amended(agreed(), at, { version: missing, supersedes: missing }))).toEqual(['broken', 'broken']);
    expect(ofFirst(amended(agreed(), at, { version: missing }))).toEqual(['kept', 'kept']);
  });

  describe('an impact assessment', () => {
    interface Next {
      readonly at: string;
      readonly by: string;
      readonly data?: Data;
    }

    const assessed = (next: Next | null): readonly string[] => {
      const story = new Story('registry');
      const data = { dpia: 'exit-dpia', version: 1, reviewDue: '2027-01-07' };
      story.tell('DpiaRecorded', { by: youth, at: adopted, data });
      if (next) {
        const later = { ...data, version: 2, reviewDue: '2028-01-07', ...next.data };
        story.tell('DpiaRecorded', { ...next, data: later });
      }
      return ofFirst(story);
    };

    it.each<[string, Next | null, string]>([
      ['in its last minute', { at: '2027-01-07T22:59:00.000Z', by: youth }, 'kept'],
      ['a minute late', { at: '2027-01-07T23:00:00.000Z', by: youth }, 'broken'],
      ['by another body', { at: adopted, by: 'police.example' }, 'broken'],
      ['as nobody knows which version', { at: adopted, by: youth, data: { version: missing } }, 'broken'],
      ['never', null, 'broken'],
    ])('reviewed %s: %s', (_, next, expected) => {
      expect(assessed(next)).toEqual([expected]);
    });
  });
});

describe('AGR-02: the activity that an entry cites is in the register', () => {
  const registry = {
    ...emptyRegistry,
    hasRegistered: (agency: string, activity: string) => agency === youth && activity === 'exit-support@2',
  };
  const cited = (type: string, activity: unknown, by = youth): readonly string[] => {
    const story = new Story('exchange', registry);
    story.tell(type, { by, at: adopted, data: { activity } });
    return story.verdicts(agr02);
  };

  it.each<[unknown, readonly string[]]>([
    ['exit-support@2', ['kept']],
    ['exit-support@1', ['broken']],
    ['exit-support', ['broken']],
    [missing, ['broken']],
    [undefined, []],
  ])('cited as %j', (activity, expected) => {
    expect(cited('InformationDisclosed', activity)).toEqual(expected);
    expect(cited('ProcessingOperationLogged', activity)).toEqual(expected);
  });

  it('is that of the agency itself', () => {
    expect(cited('InformationDisclosed', 'exit-support@2', 'police.example')).toEqual(['broken']);
  });

  it('cannot be said of an entry that is erased', () => {
    const story = new Story('exchange', registry);
    story.erase(story.tell('InformationDisclosed', { by: youth, at: adopted, data: { activity: 'exit-support@2' } }));
    expect(story.verdicts(agr02)).toEqual(['not-decidable']);
  });
});
