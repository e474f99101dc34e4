/** A section of an act, as it is cited in Germany. */
export interface Section {
  /** `SGB VIII` */
  readonly act: string;
  /** `8a` */
  readonly section: string;
}

/**
 * Whether a provision, as people write it, cites a section: `SGB VIII § 8a(4)` and `§ 8a Abs. 4 SGB VIII` alike. Where
 * it cites several, divided by semicolons, one of them is enough.
 */
export const cites = (provision: string, { act, section }: Section): boolean =>
  provision.split(';').some((one) => word(act).test(one) && new RegExp(`§\\s*${section}(?![0-9a-z])`, 'iu').test(one));

/** The act, and not one whose name only begins or ends with it: `SGB V` is not `SGB VIII`. */
const word = (act: string): RegExp => new RegExp(`(?<![\\p{L}\\d])${act.replaceAll(' ', '\\s+')}(?![\\p{L}\\d])`, 'u');
