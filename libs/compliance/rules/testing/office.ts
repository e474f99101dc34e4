import type { Instant } from '#kernel';
import { ret01 } from '../by-id/ret-01.js';
import { everyPack } from '../packs/every-pack.js';
import type { RulePack } from '../packs/pack.js';
import { standing } from '../rule.js';
import { emptyRegistry, Story } from './story.js';

type Data = Readonly<Record<string, unknown>>;
const police = 'police.example';
const host = 'host.example';
const forever = '9999-12-31T00:00:00.000Z';

export const federal: readonly RulePack[] = [
  ...everyPack.filter(({ code }) => code !== 'DE-BDSG3'),
  {
    code: 'DE-BDSG3',
    version: 1,
    place: { country: 'DE', zone: 'Europe/Berlin' },
    rules: { 'RET-01': { basis: 'law', deadline: { yearEnds: 1 }, source: 'BDSG § 76(4)' } },
  },
];

/** What a federal police office recorded, and what was erased of it. */
export class Office extends Story {
  constructor() {
    super('agency', { ...emptyRegistry, packOf: () => 'DE-BDSG3' });
  }

  consulted(at: string, data: Data = {}): this {
    this.tell('InformationConsulted', { by: police, at, data: { regime: 'LED', pack: 'DE-BDSG3', ...data } });
    return this;
  }

  erased(at: string, data: Data = {}): this {
    const recorded = { from: '2026-01-01', until: '2026-12-31' };
    const reached = ['rows', 'keys', 'views'];
    const usual = { agency: police, retentionClasses: ['log'], recorded, reached, entriesHeld: undefined };
    this.tell('ErasureExecuted', { by: host, at, data: { ...usual, ...data } });
    return this;
  }

  held(at: string, data: Data = {}): this {
    const whole = { exchanges: undefined, case: undefined, recorded: undefined, retentionClasses: undefined };
    this.tell('LegalHoldPlaced', { by: police, at, data: { ...whole, until: '2028-03-31', ...data } });
    return this;
  }

  /** What is said of the first entry. A hold is an entry, too. */
  states(now = forever, packs = federal): readonly string[] {
    const [first] = this.matter.entries;
    return this.judgements(ret01, packs)
      .filter(({ entry }) => entry === first?.id)
      .map(({ verdict }) => standing(verdict, now as Instant).is);
  }
}
