import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { deadlinesInWords, everyPack, everyRule, type Rule, type RuleSettings } from '#compliance/rules';
import { DescribedRules } from '../openapi/rules.js';
import { readQuery } from '../views/query-parameters.js';

/** What the ledger checks, to be read before something is done and after a check note. */
@Controller('v1/rules')
export class RulesController {
  @Get()
  @DescribedRules()
  list(@Req() request: FastifyRequest) {
    readQuery(request.query, {});
    return { rules: everyRule.map(shown) };
  }
}

const shown = (rule: Rule) => {
  const { id, version, statement, compliant, sources, severity, basis, applies } = rule;
  const deadline = inWords(rule);
  return { id, version, statement, compliant, sources, severity, basis, applies, deadline, packs: changesOf(rule) };
};

/** The packs that change a rule, in the order in which they are applied. */
const changesOf = ({ id, deadlines }: Rule) =>
  everyPack.flatMap(({ code, version, rules }) => {
    const change = rules[id];
    if (change === undefined) return [];
    const { severity, basis, applies, deadline, source } = change;
    return [
      {
        pack: `${code}@${version}`,
        ...(severity !== undefined && { severity }),
        ...(basis !== undefined && { basis }),
        ...(applies !== undefined && { applies }),
        ...(deadline !== undefined && { deadline: inWords({ ...(deadlines && { deadlines }), ...change, deadline }) }),
        ...(source !== undefined && { source }),
      },
    ];
  });

const inWords = (settings: Pick<RuleSettings, 'deadline' | 'deadlines'>) => ({
  en: deadlinesInWords(settings, 'en'),
  de: deadlinesInWords(settings, 'de'),
});
