import { instantAt } from '#kernel';
import type { JsonObject } from '#statement';
import { day } from '../calendar.js';
import { tellConsent } from '../rare/consent.js';
import type { Special } from '../special.js';
import { clinic, exitProgramme, heldBy, police, prison, probation, share, youthOffice } from './ordinary.js';

const transfer = (more: JsonObject): JsonObject => ({
  transfer: { country: 'RS', tool: 'Angemessene Garantien', assessment: 'pruefung@1', ...more },
});

/** Consent, emergencies and third countries: on what particular ground something is passed on. */
export const grounds: readonly Special[] = [
  {
    name: 'SEC-02',
    tell(script) {
      const { by, entry, disclosureId } = share(script, {
        by: clinic,
        to: police,
        what: ['exit-progress'],
        instead: { gateway: 'emergency' },
      });
      script.record(clinic, 'EmergencyDisclosureJustified', {
        disclosureId,
        danger: 'Am Abend wurde eine Tat für den nächsten Morgen angekündigt.',
        alternatives: 'Eine Warnung ohne Namen hätte niemanden geschützt.',
        confirmedBy: script.staffOf(clinic),
        // Three days after it.
        confirmedAt: instantAt(script.moment + 3 * day),
        confirmedByAnother: true,
      });
      script.intend('SEC-02', by, entry);
    },
  },
  {
    name: 'SEC-03',
    tell(script) {
      const { entry } = tellConsent(script, {
        by: exitProgramme,
        to: youthOffice,
        holding: heldBy(exitProgramme, 'housing-work'),
        kind: 'ConsentRecorded',
        isTold: false,
      });
      script.intend('SEC-03', exitProgramme, entry, youthOffice.id);
    },
  },
  {
    name: 'TRF-01',
    tell(script) {
      const { entry } = share(script, { by: police, to: prison, instead: { transfer: { country: 'RS' } } });
      script.intend('TRF-01', police, entry);
    },
  },
  {
    name: 'TRF-02',
    tell(script) {
      // Data that another Member State gave, and it has not allowed it.
      const { entry } = share(script, { by: police, to: prison, instead: transfer({ originState: 'BE' }) });
      script.intend('TRF-02', police, entry);
    },
  },
  {
    name: 'TRF-03',
    tell(script) {
      // A ground of which the supervisor hears: within a month, as this network has it for federal bodies.
      const { entry } = share(script, {
        by: probation,
        to: prison,
        instead: {
          ...transfer({}),
          pack: 'DE-BDSG3',
          legalBasisTransmit: { code: 'LED-A37-1-b', provision: 'BDSG § 79 Abs. 1 Nr. 2' },
        },
      });
      script.intend('TRF-03', probation, entry);
      script.intend('RET-01', probation, entry);
      script.intend('INF-01', probation, entry);
    },
  },
];
