import type { JsonObject } from '#statement';

/** The entry type whose data an agreement is: a later version where it supersedes something or tells what changed. */
export const agreementTypeOf = (agreement: JsonObject): 'AgreementAdopted' | 'AgreementAmended' =>
  'supersedes' in agreement || 'changes' in agreement ? 'AgreementAmended' : 'AgreementAdopted';
