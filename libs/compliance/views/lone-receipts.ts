import type { AgencyId } from '#kernel';
import { factsOf, type Fact, type Matter } from '../rules/matter.js';
import { aboutSame } from './about-same.js';

/**
 * What an agency recorded as received of which it knows no disclosure, here or elsewhere: the sender has recorded none,
 * hides it or has erased it.
 */
export const loneReceipts = (matter: Matter, agency: AgencyId): readonly Fact[] =>
  factsOf(matter, 'DisclosureReceived').filter(
    (receipt) => receipt.issuer === agency && aboutSame(matter, receipt, 'InformationDisclosed').length === 0,
  );
