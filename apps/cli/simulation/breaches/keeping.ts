import { instantAt } from '#kernel';
import { operatorBody } from '../../bearer-tokens.js';
import { dateOf, day } from '../calendar.js';
import { pseudonym } from '../person.js';
import { addParticipant, openCase, removeParticipant } from '../rare/case.js';
import { audit, requestByRegulator, verify } from '../rare/oversight.js';
import type { Special } from '../special.js';
import { clinic, coordination, police, prison, probation, school, share, youthOffice } from './ordinary.js';

/** How long something is kept, who looks at it, whether the log is whole, and who oversees it. */
export const keeping: readonly Special[] = [
  {
    name: 'RET-01',
    tell(script) {
      const { by, entry } = share(script, { by: prison, to: probation, instead: { pack: 'DE-BDSG3' } });
      script.intend('RET-01', by, entry);
      // Federal bodies tell the person, too.
      script.intend('INF-01', by, entry);
    },
  },
  {
    name: 'RET-02',
    tell(script) {
      // Opened, and never looked at again.
      script.intend('RET-02', coordination, openCase(script, coordination, 30));
    },
  },
  {
    name: 'RET-03',
    tell(script) {
      const hold = script.record(clinic, 'LegalHoldPlaced', {
        ground: 'court-case',
        provision: 'ZPO § 142',
        until: dateOf(script.moment + 700 * day),
        justification: 'Die Akte wird in einem Rechtsstreit gebraucht.',
        reviewDue: dateOf(script.moment + 400 * day),
      });
      script.intend('RET-03', clinic, hold, '/reviewDue');
    },
  },
  {
    name: 'RET-04',
    tell(script) {
      const erasure = script.operate('ErasureExecuted', {
        agency: school.id,
        executor: operatorBody,
        retentionClasses: ['decision'],
        recorded: { from: '2001-01-01', until: '2001-12-31' },
        reason: 'period-over',
        rule: 'RET-01',
        // Not the backups, and nothing completes it.
        reached: ['rows', 'keys', 'views'],
        rowsDeleted: 3,
        keysDestroyed: 3,
        backupsClearBy: dateOf(script.moment + 20 * day),
      });
      script.intend('RET-04', school, erasure);
    },
  },
  {
    name: 'ACC-01',
    tell(script) {
      const consultation = script.record(police, 'InformationConsulted', {
        ...script.concerning(police),
        ...script.justified(['Vorbereitung einer Besprechung.']),
        case: pseudonym('case', script.person, police.id),
        dataCategories: ['identity'],
        purpose: 'threat-prevention',
        recordRef: pseudonym('file', script.person, police.id),
        system: police.system,
        legalBasis: { ...police.collect },
        matches: 2_400,
      });
      script.intend('ACC-01', police, consultation, '/matches');
    },
  },
  {
    name: 'ACC-02',
    tell(script) {
      const opening = openCase(script, coordination, 290);
      addParticipant(script, coordination, opening, youthOffice);
      script.pass(coordination, 200, 300);
      removeParticipant(script, coordination, opening, youthOffice);
      script.pass(youthOffice, 100, 200);
      const consultation = script.record(youthOffice, 'InformationConsulted', {
        ...script.concerning(youthOffice),
        ...script.justified(['Rückfrage aus dem Team.']),
        case: pseudonym('case', script.person, youthOffice.id),
        dataCategories: ['exit-progress'],
        purpose: 'exit-support',
        recordRef: pseudonym('file', script.person, youthOffice.id),
        system: youthOffice.system,
        legalBasis: { ...youthOffice.collect },
        matches: 1,
      });
      script.intend('ACC-02', youthOffice, consultation);
      script.pass(coordination, 24, 48);
      script.record(coordination, 'CaseClosed', {
        opening,
        closureReason: 'handed-over',
        decidedBy: script.staffOf(coordination),
        keptUntil: dateOf(script.moment + 20 * day),
      });
    },
  },
  {
    name: 'INT-01',
    tell(script) {
      script.intend('INT-01', clinic, verify(script, clinic, { verdict: 'tampered', firstFault: 17 }));
    },
  },
  {
    name: 'INT-02',
    tell(script) {
      const timeStampedAt = instantAt(script.moment - 3 * day);
      script.intend('INT-02', clinic, verify(script, clinic, { timeStampedAt }));
    },
  },
  {
    name: 'OVS-01',
    tell(script) {
      script.intend('OVS-01', school, requestByRegulator(script, school));
    },
  },
  {
    name: 'OVS-02',
    tell(script) {
      script.intend('OVS-02', school, audit(script, school, {}), '/findings/0');
    },
  },
];
