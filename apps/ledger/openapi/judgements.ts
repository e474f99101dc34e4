import { vocabularies } from '#catalogue';
import { everyRule } from '#compliance/rules';
import { described, json, refersTo } from './described.js';
import { nextPage, page } from './parameters.js';
import { tags } from './tags.js';
import { agency, Always, count, instant, listOf, oneOf, orNull, text, uuid } from './values.js';

const codesOf = (name: string) => oneOf(vocabularies.get(name)?.terms.keys() ?? []);

/** What a rule says of one fact under some packs. */
export class JudgementSaying {
  @Always(oneOf(['broken', 'pending', 'not-decidable']), 'What it says.')
  readonly verdict: string;

  @Always(orNull(instant), 'Broken since, or pending until; null where it cannot be decided.')
  readonly due: string | null;

  @Always(codesOf('severity'), 'How severe it is.')
  readonly severity: string;

  @Always(codesOf('rule-kind'), 'Law or policy.')
  readonly basis: string;

  @Always(listOf(text), '`code@version` of the packs that settled it, the most special first.')
  readonly packs: readonly string[];
}

const saying = orNull(refersTo(JudgementSaying));

/** Where other packs make another judgement. */
export class JudgementDifference {
  @Always(oneOf(everyRule.map(({ id }) => id)), 'The rule.')
  readonly rule: string;

  @Always(agency, 'Whose duty it is.')
  readonly agency: string;

  @Always(uuid, 'The entry it is about.')
  readonly entry: string;

  @Always(orNull(text), 'Which part of it, where a rule judges several.')
  readonly part: string | null;

  @Always(saying, 'As it was judged; null where nothing was broken or owed.')
  readonly judged: JudgementSaying | null;

  @Always(saying, 'As it is judged under the other packs.')
  readonly under: JudgementSaying | null;
}

export class JudgedAnew {
  @Always(count, 'Registry entries up to which packs count.')
  readonly under: number;

  @Always({ type: [JudgementDifference] }, 'Only where the judgements differ.')
  readonly differences: readonly JudgementDifference[];

  @Always(count, 'How many exchanges and other matters were judged for this page.')
  readonly matters: number;

  @Always(count, 'Entries of the log that the answer takes account of.')
  readonly completeUpTo: number;

  @Always(text, 'How far it is complete.')
  readonly note: string;
}

export const DescribedJudgements = () =>
  described({
    operationId: 'judgeAnew',
    tag: tags.officers,
    summary: 'Judge what is recorded under other rule packs',
    description: [
      'Asks what the rules would say had the packs been in force that the registry held with so many entries; agreements ' +
        'count as they stood. What the registry itself owes is judged on the last page. Answers where that differs from the judgements the check notes rest on. Nothing recorded ' +
        'changes, and no check note is raised.',
      '**Who may call:** a data protection officer for the own agency, a regulator for the agencies it is competent for.',
    ],
    parameters: [
      {
        in: 'query',
        name: 'under',
        description: 'Number of registry entries up to which packs count; all of them by default.',
        schema: count,
      },
      {
        in: 'query',
        name: 'at',
        description:
          'Moment whose packs count, of those known with so many entries: what is published for a day to come is asked ' +
          'about before. Now by default.',
        schema: instant,
      },
      ...page.filter(({ name }) => name === 'cursor'),
    ],
    answers: {
      200: { description: 'A page of differences.', headers: nextPage, content: json(refersTo(JudgedAnew)) },
    },
    problems: {
      'invalid-query': 'a parameter is unknown or not of its form, or the registry has not so many entries',
      forbidden: 'judgements are for data protection officers and regulators',
      unavailable: 'the views cannot be read now',
    },
    models: [JudgedAnew, JudgementDifference, JudgementSaying],
  });
