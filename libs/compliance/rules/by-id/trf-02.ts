import { dayIn, isMissing } from '#catalogue';
import type { JsonObject } from '#statement';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has, type Fact } from '../matter.js';
import { inTime, required, type Rule, type Then, type Verdict } from '../rule.js';
import type { Side } from '../side.js';
import { transferOf } from '../third-country.js';

/** A rule of the directive; applies under its pack. "Without delay" is read as three working days. */
export const trf02: Rule = {
  id: 'TRF-02',
  version: 3,
  statement: {
    en: 'Data of another Member State leave for a third country with its authorisation, or it is told without delay.',
    de: 'Daten eines anderen Mitgliedstaats gehen mit dessen Genehmigung in ein Drittland, oder er wird unverzüglich unterrichtet.',
  },
  compliant: {
    en: 'The authorisation is recorded before; against an immediate and serious threat, when the state was told.',
    de: 'Die Genehmigung ist vorher festgehalten; bei unmittelbarer, ernster Gefahr die Unterrichtung des Staates.',
  },
  sources: ['LED 35(1)(c)', 'LED 35(2)'],
  severity: 'urgent',
  basis: 'law',
  deadline: { workingDays: 3 },
  applies: false,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) => {
      const inForce = then(disclosure);
      const side = issuerSide(disclosure, inForce.registry);
      const transfer = transferOf(disclosure, side.regime);
      if (transfer === null || !mayBeOfAnotherState(transfer)) return [];
      const about = { side, entry: disclosure.id, part: null, facts: [disclosure.id] };
      if (has(transfer, 'originAuthorisation')) return [{ ...about, verdict: { is: 'kept' } }];
      // Only who may do without it has time to tell the state.
      if (transfer['withoutAuthorisation'] === true) {
        return [{ ...about, verdict: toldInTime(disclosure, transfer, side, inForce) }];
      }
      return [{ ...about, verdict: required(false, disclosure.occurredAt), deadline: 'at-once' }];
    }),
};

/** Data of the sender's own state need no authorisation, and then nothing is said of a state. */
const mayBeOfAnotherState = (transfer: JsonObject): boolean =>
  has(transfer, 'originState') || isMissing(transfer['originState']);

function toldInTime({ occurredAt }: Fact, transfer: JsonObject, side: Side, then: Then): Verdict {
  const day = dayIn(transfer, 'originInformedOn');
  return inTime(day === null ? null : then.endOfDay(side, day), then.end(side, occurredAt));
}
