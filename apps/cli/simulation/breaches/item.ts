import type { Special } from '../special.js';
import {
  answerWith,
  askAndDecide,
  clinic,
  coordination,
  exitProgramme,
  heldBy,
  intelligence,
  notGiven,
  passOnOnly,
  police,
  prison,
  probation,
  school,
  settle,
  share,
  youthOffice,
} from './ordinary.js';

/** What is passed on: for what, how much of it, how sensitive, how good. */
export const item: readonly Special[] = [
  {
    name: 'PUR-01',
    tell(script) {
      const { by, entry } = share(script, {
        by: school,
        to: youthOffice,
        purpose: 'exit-support',
        instead: { purposeCompatible: false, regimeChangeProvision: notGiven },
      });
      script.intend('PUR-01', by, entry, '/items/0');
    },
  },
  {
    name: 'PUR-02',
    tell(script) {
      // Only the pack of federal bodies, as this network published it, forbids it; under it no log is kept either, and the person is told.
      const told = passOnOnly(script, {
        by: police,
        to: prison,
        what: ['identity'],
        purpose: 'crime-investigation',
        instead: { pack: 'DE-BDSG3' },
      });
      settle(script, told);
      script.intend('PUR-02', police, told.entry, '/items/0');
      script.intend('RET-01', police, told.entry);
      script.intend('INF-01', police, told.entry);
    },
  },
  {
    name: 'NEC-01',
    tell(script) {
      const granted = askAndDecide(script, { from: probation, to: prison, what: 'detention-record' });
      const holdings = [
        heldBy(prison, 'detention-record'),
        { ...heldBy(prison, 'exit-progress'), unasked: true as const },
      ];
      // The one that nobody asked for says so itself where it is recorded.
      answerWith(script, granted, { holdings });
    },
  },
  {
    name: 'NEC-02',
    tell(script) {
      const { by, entry } = share(script, { by: prison, to: probation, instead: { alternatives: notGiven } });
      script.intend('NEC-02', by, entry);
    },
  },
  {
    name: 'SPC-01',
    tell(script) {
      const { by, entry } = share(script, {
        by: clinic,
        to: youthOffice,
        what: ['mental-health'],
        purpose: 'health-care',
        instead: { specialGround: notGiven },
      });
      script.intend('SPC-01', by, entry, '/items/0');
    },
  },
  {
    name: 'SPC-02',
    tell(script) {
      const { by, entry } = share(script, {
        by: school,
        to: youthOffice,
        what: ['education', 'family'],
        itemsInstead: [{}, { thirdPersonReason: notGiven }],
      });
      script.intend('SPC-02', by, entry, '/items/1');
    },
  },
  {
    name: 'SEC-01',
    tell(script) {
      const { by, entry } = share(script, {
        by: exitProgramme,
        to: coordination,
        what: ['housing-work'],
        instead: { gateway: 'none-needed' },
      });
      script.intend('SEC-01', by, entry, '/items/0');
    },
  },
  {
    name: 'SOC-01',
    tell(script) {
      const { by, entry } = share(script, { by: youthOffice, to: intelligence, what: ['identity', 'education'] });
      script.intend('SOC-01', by, entry, '/items/1');
    },
  },
  {
    name: 'SOC-02',
    tell(script) {
      const { by, entry } = share(script, { by: youthOffice, to: school, instead: { helpNotEndangered: false } });
      script.intend('SOC-02', by, entry);
    },
  },
  {
    name: 'SOC-03',
    tell(script) {
      const { by, entry } = share(script, {
        by: youthOffice,
        to: school,
        what: ['education'],
        instead: { conditions: ['purpose-only'] },
      });
      script.intend('SOC-03', by, entry);
    },
  },
  {
    name: 'MRK-01',
    tell(script) {
      const { by, entry } = share(script, { by: police, to: prison, itemsInstead: [{ marking: notGiven }] });
      script.intend('MRK-01', by, entry, '/items/0');
    },
  },
  {
    name: 'CHD-01',
    tell(script) {
      const { by, entry } = share(script, { by: prison, to: probation, instead: { ageBand: notGiven } });
      script.intend('CHD-01', by, entry);
    },
  },
  {
    name: 'QUA-01',
    tell(script) {
      const { by, entry } = share(script, { by: probation, to: prison, instead: { qualityCheckedAt: notGiven } });
      script.intend('QUA-01', by, entry);
    },
  },
];
