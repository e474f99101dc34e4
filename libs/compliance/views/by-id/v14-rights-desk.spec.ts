import { agencyId, type EntryId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v14 } from './v14-rights-desk.js';

type Data = Readonly<Record<string, unknown>>;
const youth = agencyId('youth.example');
const police = agencyId('police.example');
const supervisor = agencyId('dpa.example');
const missing = { missing: 'unknown' };
const received = '2026-09-10T08:00:00.000Z';
const told = '2026-10-01T08:00:00.000Z';

/** A person asks the youth office. */
class Asked extends Story {
  readonly request: EntryId;

  constructor(data: Data = {}) {
    super();
    this.request = this.asked(data);
  }

  asked(data: Data): EntryId {
    const usual = { right: 'access', receivedAt: received, identityChecked: true, dueAt: '2026-10-09' };
    return this.tell('RightsRequestReceived', { by: 'youth.example', at: received, data: { ...usual, ...data } });
  }

  followed(type: string, data: Data, by = 'youth.example', at = told): this {
    this.tell(type, { by, at, data: { rightsRequest: this.request, ...data } });
    return this;
  }

  decided(data: Data): this {
    return this.followed('RightsRequestDecided', { personToldAt: undefined, ...data });
  }
}

/** A person asks through the supervisor what the police hold. */
class Verified extends Story {
  readonly request: EntryId;

  constructor(data: Data = {}) {
    super();
    this.request = this.asked(data);
  }

  asked(data: Data): EntryId {
    const usual = { authority: 'dpa.example', controller: 'police.example', receivedAt: received, dueAt: '2026-10-30' };
    return this.tell('IndirectAccessRequested', { by: 'dpa.example', at: received, data: { ...usual, ...data } });
  }

  answered(data: Data = {}, by = 'dpa.example'): this {
    const usual = { indirectAccess: this.request, authority: by, outcome: 'lawful', answeredAt: told };
    this.tell('IndirectAccessAnswered', { by, at: told, data: { ...usual, ...data } });
    return this;
  }
}

const cellsOf = (story: Story, agency = youth) => v14.rows(story.matter, agency).map(({ cells }) => cells);

describe('V14: requests of persons concerned', () => {
  it('shows a request that waits for its answer', () => {
    expect(cellsOf(new Asked())).toMatchObject([
      {
        way: 'direct',
        right: 'access',
        state: 'received',
        receivedAt: received,
        answerBy: '2026-10-09',
        outcome: null,
      },
    ]);
  });

  it('shows until when it was extended, and why', () => {
    const asked = new Asked().followed('RightsRequestExtended', { dueAt: '2026-12-09', extensionReason: 'complexity' });
    expect(cellsOf(asked)).toMatchObject([
      { state: 'extended', answerBy: '2026-12-09', extensionReason: 'complexity' },
    ]);
  });

  it('shows whom a decision names and whom it leaves out, before the answer has left', () => {
    const decided = new Asked().decided({
      outcome: 'granted-in-part',
      recipientsNamed: [police],
      recipientsOmitted: [{ recipient: 'service.example', omission: 'no-originator-consent' }],
      remediesTold: true,
    });
    expect(cellsOf(decided)).toMatchObject([
      {
        state: 'decided',
        outcome: 'granted-in-part',
        answeredAt: null,
        recipientsNamed: [police],
        recipientsOmitted: ['service.example'],
        remediesTold: true,
      },
    ]);
  });

  it('is answered when the answer left', () => {
    const done = new Asked()
      .decided({ outcome: 'granted' })
      .followed('RightsRequestFulfilled', { answeredAt: told, actions: ['rectified'] });
    expect(cellsOf(done)).toMatchObject([{ state: 'answered', answeredAt: told, actions: ['rectified'] }]);
  });

  it.each(['refused', 'neither-confirmed-nor-denied', 'nothing-held'])(
    'is answered with "%s" when the person was told, and not before',
    (outcome) => {
      expect(cellsOf(new Asked().decided({ outcome }))).toMatchObject([{ state: 'decided', answeredAt: null }]);
      expect(cellsOf(new Asked().decided({ outcome, personToldAt: told }))).toMatchObject([
        { state: 'answered', answeredAt: told },
      ]);
    },
  );

  it('knows follow-ups that stand alone in the log', () => {
    const apart = new Asked();
    const request = apart.request;
    const followUps = new Story();
    followUps.tell('RightsRequestDecided', {
      by: 'youth.example',
      at: told,
      data: { rightsRequest: request, outcome: 'granted' },
    });
    expect(cellsOf(apart.link(request, followUps))).toMatchObject([{ state: 'decided', outcome: 'granted' }]);
  });

  it('shows a request of which little is said', () => {
    const bare = new Asked({ right: missing, receivedAt: missing, identityChecked: missing, dueAt: missing });
    expect(cellsOf(bare)).toMatchObject([
      { right: null, receivedAt: received, identityChecked: null, answerBy: null, state: 'received' },
    ]);
  });

  it('says nothing of its state where an entry was erased that may have shown it, and nothing once it is erased', () => {
    const asked = new Asked().decided({ outcome: 'granted' });
    const [, decision] = asked.matter.entries;
    if (decision) asked.erase(decision.id);
    expect(cellsOf(asked)).toMatchObject([{ state: 'not-decidable', outcome: null }]);
    expect(cellsOf(asked.erase(asked.request))).toEqual([]);
  });

  it('takes nobody else’s answer for that of the agency, and shows nobody else its requests', () => {
    const asked = new Asked().followed('RightsRequestFulfilled', { answeredAt: told }, 'police.example');
    expect(cellsOf(asked)).toMatchObject([{ state: 'received' }]);
    expect(cellsOf(asked, police)).toEqual([]);
  });
});

describe('V14: requests through the supervisor', () => {
  it.each([[police], [supervisor]])('are shown to %s, with what was found', (agency) => {
    expect(cellsOf(new Verified(), agency)).toMatchObject([
      { way: 'supervisor', authority: supervisor, controller: police, state: 'received', answerBy: '2026-10-30' },
    ]);
    expect(cellsOf(new Verified().answered(), agency)).toMatchObject([
      { state: 'answered', verified: 'lawful', answeredAt: told },
    ]);
  });

  it('are shown to nobody else', () => {
    expect(cellsOf(new Verified(), youth)).toEqual([]);
  });

  it('are not answered by somebody else, and not without a moment', () => {
    expect(cellsOf(new Verified().answered({}, 'youth.example'), police)).toMatchObject([{ state: 'received' }]);
    expect(cellsOf(new Verified().answered({ answeredAt: missing }), police)).toMatchObject([
      { state: 'decided', answeredAt: null },
    ]);
  });
});
