import type { AgencyId } from '#kernel';

/** A ground of the regime with its provision. `LegalBasis` of the catalogue, as it is sent. */
export interface CitedBasis {
  readonly code: string;
  readonly provision: string;
}

/** One kind of data an agency holds. */
export interface Holding {
  readonly dataCategory: string;
  readonly itemBasis: 'fact' | 'assessment' | 'third-party-statement' | 'tool-score';
  readonly secrecyClass: string;
  /** special category of data or criminal-offence data */
  readonly special?: true;
  /** tells of somebody else too */
  readonly thirdPerson?: true;
}

/** A reason not to answer, with the provision behind it. */
export interface RefusalGround {
  readonly refusalReason: string;
  readonly provision: string;
}

/**
 * An agency of the simulated network. No such body exists; the provisions are of the right kind for it, but nothing
 * here says that they carry what is disclosed.
 */
export interface SimulatedAgency {
  readonly id: AgencyId;
  readonly name: string;
  readonly kind: string;
  readonly regime: 'GDPR' | 'LED' | 'NATSEC';
  readonly pack: string;
  readonly units: readonly string[];
  /** functions of its staff: who decides, and who works on the case */
  readonly functions: readonly string[];
  readonly staff: number;
  /** works at night and on Sundays too */
  readonly alwaysOpen: boolean;
  readonly system: string;
  readonly activity: string;
  readonly transmit: CitedBasis;
  readonly collect: CitedBasis;
  /** what it collects its own data for */
  readonly purpose: string;
  /** what it asks others for */
  readonly asksFor: readonly string[];
  /** whom it asks, by weight */
  readonly asks: Readonly<Record<string, number>>;
  readonly holdings: readonly Holding[];
  readonly specialGround: string;
  /** grounds for lifting its secrecy */
  readonly gateways: readonly string[];
  readonly conditions: readonly string[];
  readonly refusals: readonly RefusalGround[];
  /** how its material is marked */
  readonly marking?: string;
}
