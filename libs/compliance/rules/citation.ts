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
export function cites(provision: string, section: Section): boolean {
  const { act, number } = compiled(section);
  return provision.split(';').some((one) => act.test(one) && number.test(one));
}

interface Pattern {
  readonly act: RegExp;
  readonly number: RegExp;
}

const patterns = new Map<string, Pattern>();

/** Rules ask for few sections, and for each of them again and again. */
function compiled({ act, section }: Section): Pattern {
  const key = `${act} ${section}`;
  const known = patterns.get(key);
  if (known) return known;
  const made = { act: word(act), number: new RegExp(`§\\s*${section}(?![0-9a-z])`, 'iu') };
  patterns.set(key, made);
  return made;
}

/** The act, and not one whose name only begins or ends with it: `SGB V` is not `SGB VIII`. */
const word = (act: string): RegExp => new RegExp(`(?<![\\p{L}\\d])${act.replaceAll(' ', '\\s+')}(?![\\p{L}\\d])`, 'u');
