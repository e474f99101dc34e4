import type { AgencyId } from '#kernel';
import { factsOf, type Fact, type Matter } from '../rules/matter.js';
import { isSameDisclosure } from '../rules/same-disclosure.js';

/** What an agency recorded as received. */
export const ownReceipts = (matter: Matter, agency: AgencyId): readonly Fact[] =>
  factsOf(matter, 'DisclosureReceived').filter(({ issuer }) => issuer === agency);

/** Those of which it knows no disclosure: the sender has recorded none, hides it or has erased it. */
export const loneReceipts = (matter: Matter, agency: AgencyId): readonly Fact[] =>
  ownReceipts(matter, agency).filter(
    (receipt) => !factsOf(matter, 'InformationDisclosed').some((one) => isSameDisclosure(one, receipt)),
  );
