import type { Instant } from '#kernel';
import type { JsonValue } from '#statement';
import type { JudgedEntry } from '../rules/matter.js';
import { Story } from '../rules/testing/story.js';
import { police, uuidOf, youthOffice } from '../testing/recorded-log.js';
import { v3 } from '../views/by-id/v03-recipients.js';
import { recipientsIn } from './recipients-in.js';

const at = '2026-04-01T08:00:00.000Z' as Instant;

/** So many receipts with what their discloser recorded, and how often they are asked which disclosure they are about. */
function passed(count: number) {
  const story = new Story();
  for (let place = 0; place < count; place += 1) {
    const disclosureId = uuidOf(String(place));
    story.tell('InformationDisclosed', { by: youthOffice, at, data: { disclosureId, recipients: [police] } });
    story.tell('DisclosureReceived', { by: police, at, data: { disclosureId, disclosedBy: youthOffice } });
  }
  let looks = 0;
  const counted = (entry: JudgedEntry): JudgedEntry => {
    const terms = new Proxy(entry.said?.terms ?? {}, {
      get: (target, name) => ((looks += Number(name === 'disclosureId')), Reflect.get(target, name) as JsonValue),
    });
    return { ...entry, said: entry.said && { ...entry.said, terms } };
  };
  const matter = { ...story.matter, entries: story.matter.entries.map(counted) };
  return { matter, looks: () => looks };
}

describe('Recipients and origin in an export', () => {
  it('are those of the view', () => {
    const { matter } = passed(5);
    const rows = recipientsIn.rows(matter, police);
    expect(rows).toHaveLength(5);
    expect(rows).toEqual(v3.rows(matter, police));
  });

  it('take twice as long for twice as many disclosures, not four times', () => {
    const [some, more] = [passed(20), passed(40)];
    for (const { matter } of [some, more]) recipientsIn.rows(matter, police);
    expect(more.looks()).toBe(2 * some.looks());
  });
});
