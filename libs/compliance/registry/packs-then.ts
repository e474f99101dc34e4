import type { AgencyId, EntryId, Instant } from '#kernel';
import { Calendar } from '../rules/deadlines/calendar.js';
import { everyPack } from '../rules/packs/every-pack.js';
import { packOrder } from '../rules/packs/pack.js';
import { Settings } from '../rules/settings.js';
import { publishedPack, type PublishedPack } from './published-pack.js';
import type { RegistryEntry } from './registry-history.js';

/** The days from which packs are valid are those of the network's usual calendar. */
const berlin = new Calendar({ country: 'DE', zone: 'Europe/Berlin' });

/** A version of a pack that somebody may be judged by, now or later. */
export interface PackVersion extends PublishedPack {
  /** null where it comes with the ledger */
  readonly publication: { readonly entry: EntryId; readonly by: AgencyId; readonly at: Instant } | null;
}

const shipped: readonly PackVersion[] = everyPack.map((pack) => ({ pack, validFrom: null, publication: null }));

/** The packs that come with the ledger and those that were published, each from its day on. */
export class PacksThen {
  /** all of them, in the order in which they became known */
  readonly versions: readonly PackVersion[];
  /** those that were published: of each pack the one that goes over the others last */
  readonly #published: readonly PackVersion[];
  readonly #ofDays = new Map<string, Settings>();
  readonly #ofVersions = new Map<string, Settings>();

  constructor(entries: readonly RegistryEntry[]) {
    const published = entries.flatMap(
      ({ id: entry, issuer: by, recordedAt: at, type, data }): readonly PackVersion[] => {
        const pack = type === 'RulePackPublished' ? publishedPack(data) : null;
        return pack === null ? [] : [{ ...pack, publication: { entry, by, at } }];
      },
    );
    this.versions = [...shipped, ...published];
    this.#published = published.toSorted(byBeginning);
  }

  /**
   * What they make of the rules at a moment: of each pack the published version whose day came last goes over what comes
   * with the ledger. What it does not speak of stays as the law is.
   */
  at(moment: Instant): Settings {
    const day = this.versions.length === shipped.length ? '' : berlin.dateOf(moment);
    const known = this.#ofDays.get(day);
    if (known !== undefined) return known;
    const packs = this.#packsOn(day);
    const places = packs.map((one) => this.versions.indexOf(one)).join(' ');
    const settings = this.#ofVersions.get(places) ?? new Settings(packs.map(({ pack }) => pack));
    this.#ofVersions.set(places, settings);
    this.#ofDays.set(day, settings);
    return settings;
  }

  #packsOn(day: string): readonly PackVersion[] {
    const begun = this.#published.filter(({ validFrom }) => validFrom === null || validFrom <= day);
    const published = new Map(begun.map((one) => [one.pack.code, one]));
    return [...shipped, ...published.values()].toSorted((one, other) => rank(one) - rank(other));
  }
}

/**
 * By the day from which on they are valid, then by their numbers: what was published for a day to come takes the place of
 * what is decided until then. Of two that are alike the one that was published last.
 */
function byBeginning(one: PackVersion, other: PackVersion): number {
  const [first, second] = [beginningOf(one), beginningOf(other)];
  if (first !== second) return first < second ? -1 : 1;
  return one.pack.version - other.pack.version;
}

const beginningOf = ({ validFrom, publication }: PackVersion): string =>
  validFrom ?? (publication === null ? '' : berlin.dateOf(publication.at));

const rank = ({ pack: { code } }: PackVersion): number => (packOrder as readonly string[]).indexOf(code);
