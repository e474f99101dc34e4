import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { PackVersion } from '#compliance/registry';
import { deadlinesInWords, everyRule, type Rule, type RulePack, type RuleSettings } from '#compliance/rules';
import { Ledger } from '../ledger.js';
import { DescribedRules } from '../openapi/rules.js';
import { readQuery } from '../views/query-parameters.js';

/** What the ledger checks, to be read before something is done and after a check note. */
@Controller('v1/rules')
export class RulesController {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @DescribedRules()
  async list(@Req() request: FastifyRequest) {
    readQuery(request.query, {});
    const { clock, registry, store } = this.ledger;
    const { packs: versions, settingsAt } = await registry.registryAt(await store.size('registry'));
    const { packs } = settingsAt(clock.now());
    return {
      rules: everyRule.map((rule) => shown(rule, packs)),
      packs: versions.map((version) => shownPack(version, packs)),
    };
  }
}

const shown = (rule: Rule, packs: readonly RulePack[]) => {
  const { id, version, statement, compliant, sources, severity, basis, applies } = rule;
  const deadline = inWords(rule);
  const changes = packs.flatMap((pack) => {
    const change = changeOf(rule, pack);
    return change === null ? [] : [{ pack: nameOf(pack), ...change }];
  });
  return { id, version, statement, compliant, sources, severity, basis, applies, deadline, packs: changes };
};

const shownPack = ({ pack, validFrom, publication }: PackVersion, inForce: readonly RulePack[]) => ({
  pack: nameOf(pack),
  inForce: inForce.includes(pack),
  extends: pack.extends ?? [],
  validFrom,
  publishedBy: publication?.by ?? null,
  publishedAt: publication?.at ?? null,
  entry: publication?.entry ?? null,
  ...(pack.place && { place: pack.place }),
  changes: everyRule.flatMap((rule) => {
    const change = changeOf(rule, pack);
    return change === null ? [] : [{ rule: rule.id, ...change }];
  }),
});

const nameOf = ({ code, version }: RulePack): string => `${code}@${version}`;

/** What a pack makes of a rule; null where it leaves it as it is. */
function changeOf({ id, deadline: usual, deadlines: byCode }: Rule, { rules }: RulePack) {
  const change = rules[id];
  if (change === undefined) return null;
  const { severity, basis, applies, deadline = usual, source } = change;
  const changesTime = change.deadline !== undefined || change.deadlines !== undefined;
  return {
    ...(severity !== undefined && { severity }),
    ...(basis !== undefined && { basis }),
    ...(applies !== undefined && { applies }),
    ...(changesTime && { deadline: inWords({ deadline, deadlines: { ...byCode, ...change.deadlines } }) }),
    ...(source !== undefined && { source }),
  };
}

const inWords = (settings: Pick<RuleSettings, 'deadline' | 'deadlines'>) => ({
  en: deadlinesInWords(settings, 'en'),
  de: deadlinesInWords(settings, 'de'),
});
