import type { AgencyId, EntryId, Instant } from '#kernel';
import { Calendar } from '../rules/deadlines/calendar.js';
import { everyPack } from '../rules/packs/every-pack.js';
import { packOrder, type RulePack } from '../rules/packs/pack.js';
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
  }

  /** What they make of the rules at a moment: of each pack its latest version whose day has come. */
  at(moment: Instant): Settings {
    const day = this.versions.length === shipped.length ? '' : berlin.dateOf(moment);
    const known = this.#ofDays.get(day);
    if (known !== undefined) return known;
    const packs = this.#packsOn(day);
    const versions = JSON.stringify(packs.map(({ code, version }) => [code, version]));
    const settings = this.#ofVersions.get(versions) ?? new Settings(packs);
    this.#ofVersions.set(versions, settings);
    this.#ofDays.set(day, settings);
    return settings;
  }

  /** The one of two with the same version that was published last. */
  #packsOn(day: string): readonly RulePack[] {
    const packs = new Map<string, RulePack>();
    for (const { pack, validFrom } of this.versions) {
      const isValid = validFrom === null || validFrom <= day;
      if (isValid && pack.version >= (packs.get(pack.code)?.version ?? 0)) packs.set(pack.code, pack);
    }
    return [...packs.values()].toSorted((one, other) => rank(one) - rank(other));
  }
}

const rank = ({ code }: RulePack): number => (packOrder as readonly string[]).indexOf(code);
