import type { Special } from '../special.js';
import { exitProgramme, notGiven, police, prison, probation, school, share, youthOffice, clinic } from './ordinary.js';

/** On what powers, and under which agreement, something is passed on. */
export const law: readonly Special[] = [
  {
    name: 'LAW-01',
    tell(script) {
      const { by, entry } = share(script, { by: prison, to: probation, instead: { legalBasisTransmit: notGiven } });
      script.intend('LAW-01', by, entry);
    },
  },
  {
    name: 'LAW-02',
    tell(script) {
      const { by, entry } = share(script, { by: school, to: youthOffice, instead: { legalBasisCollect: notGiven } });
      script.intend('LAW-02', by, entry);
    },
  },
  {
    name: 'LAW-03',
    tell(script) {
      // No clause is about damage to property, nor about anything else nobody holds.
      const { by, entry, to } = share(script, {
        by: school,
        to: youthOffice,
        itemsInstead: [{ dataCategory: 'social-benefits' }],
      });
      script.intend('LAW-03', by, entry, to[0].id);
    },
  },
  {
    name: 'LAW-04',
    tell(script) {
      const { by, entry, to } = share(script, {
        by: police,
        to: youthOffice,
        instead: { regimeChangeProvision: notGiven },
      });
      script.intend('LAW-04', by, entry, to[0].id);
    },
  },
  {
    name: 'LAW-05',
    tell(script) {
      const consent = { code: 'GDPR-A6-1-a', provision: 'Einwilligung der betroffenen Person' };
      const { by, entry, to } = share(script, {
        by: probation,
        to: exitProgramme,
        what: ['criminal-conviction'],
        instead: { legalBasisTransmit: consent },
      });
      script.intend('LAW-05', by, entry, to[0].id);
    },
  },
  {
    name: 'LAW-06',
    tell(script) {
      const interests = { code: 'GDPR-A6-1-f', provision: 'DSGVO Art. 6 Abs. 1 f' };
      const { by, entry } = share(script, { by: school, to: clinic, instead: { legalBasisTransmit: interests } });
      script.intend('LAW-06', by, entry);
    },
  },
];
