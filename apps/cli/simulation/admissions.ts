import type { EntryBody } from '#catalogue';
import { derivedId } from '#statement';
import { supervisor } from './network.js';
import type { SimulatedAgency } from './simulated-agency.js';

const since = '2020-01-01T00:00:00.000Z';

/** The registry entry by which a simulated agency joins a ledger. The same for every simulation. */
export const admissionOf = ({ id, name, kind, regime, pack }: SimulatedAgency): EntryBody => ({
  id: derivedId('nachweis simulation', `admission of ${id}`),
  type: 'AgencyAdmitted',
  occurredAt: since,
  data: {
    agency: id,
    name,
    kind,
    regime,
    pack,
    contactPoint: `Datenschutz, datenschutz@${id}`,
    admittedFrom: since,
    supervisor,
    admissionBasis: 'Simulation, keine wirkliche Stelle',
  },
});
