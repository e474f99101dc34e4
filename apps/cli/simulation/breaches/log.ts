import { receive, react } from '../aftermath.js';
import { hour } from '../calendar.js';
import { inform } from '../informing.js';
import type { Special } from '../special.js';
import { notGiven, passOnOnly, prison, probation, school, share, youthOffice } from './ordinary.js';

/** What the log itself must say: who, why, when, to whom. */
export const log: readonly Special[] = [
  {
    name: 'LOG-01',
    tell(script) {
      const { by, entry } = share(script, { by: prison, to: probation, instead: { justification: notGiven } });
      script.intend('LOG-01', by, entry);
    },
  },
  {
    name: 'LOG-02',
    tell(script) {
      const { by, entry } = share(script, { by: school, to: youthOffice, instead: { actor: notGiven } });
      script.intend('LOG-02', by, entry);
    },
  },
  {
    name: 'LOG-03',
    tell(script) {
      const { by, entry } = share(script, { by: probation, to: prison, instead: { lateReason: notGiven } });
      script.intend('LOG-03', by, entry);
    },
  },
  {
    name: 'LOG-04',
    tell(script) {
      const told = passOnOnly(script, { by: school, to: [youthOffice, probation] });
      inform(script, school, [told.disclosureId]);
      receive(script, told, probation);
      // The youth office never says that it arrived, and accepts nothing; where no receipt is, nobody is told of one.
      script.intend('LOG-04', youthOffice, told.entry, youthOffice.id);
      script.intend('CON-01', youthOffice, told.entry, youthOffice.id);
      script.moment += hour;
      react(script, told, { feedback: 'used', isTakenBack: false });
    },
  },
];
