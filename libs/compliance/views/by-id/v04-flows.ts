import { instantAt, isInstant, millisecondsOf, type Instant } from '#kernel';
import { inParts } from '../../judging/in-parts.js';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { disclosuresIn, matching, type DisclosureFilter } from '../../queries/disclosure-filter.js';
import { oneOf } from '../../queries/one-of.js';
import { responded } from '../../queries/responses.js';
import { agenciesOf } from '../../scope.js';
import type { ViewsSchema } from '../../views.js';
import type { AnsweredRow, Condition } from '../asked.js';
import type { AskedView, Question } from '../asked-view.js';
import { coded, column } from '../columns.js';
import { pageOf } from '../page-of.js';

/**
 * Agency by agency by category, with what came back. Counts of bodies, never of staff. There is no target for what comes
 * back: it would press agencies to disclose. What is owed is feedback, and that is shown.
 */
export const v4: AskedView = {
  id: 'V4',
  name: 'agency-flows',
  title: { en: 'Flows between agencies', de: 'Übermittlungen zwischen Stellen' },
  question: {
    en: 'What goes from whom to whom, what comes back, and where is feedback lacking?',
    de: 'Was geht von wem an wen, was kommt zurück, und wo fehlt die Rückmeldung?',
  },
  columns: {
    from: column('agency', ['from', 'von'], 'filter', 'sort'),
    to: column('agency', ['to', 'an'], 'filter', 'sort'),
    category: coded('code', 'data-category', ['data', 'Daten'], 'filter', 'sort'),
    disclosures: column('number', ['disclosures', 'Übermittlungen'], 'sort'),
    items: column('number', ['items', 'Angaben'], 'sort'),
    special: column('number', ['of special categories', 'mit besonderen Kategorien'], 'sort'),
    returned: column('number', ['disclosures the other way', 'Übermittlungen in Gegenrichtung'], 'sort'),
    withoutFeedback: column('number', ['without feedback', 'ohne Rückmeldung'], 'sort'),
    disclosedAt: column('instant', ['last disclosed', 'zuletzt übermittelt'], 'filter', 'sort'),
  },
  order: { by: 'from', direction: 'ascending' },
  projections: ['disclosures'],
  async ask(question) {
    const { asked } = question;
    const isPeriod = ({ column: name }: Condition): boolean => name === 'disclosedAt';
    const period = periodOf(asked.filter.filter(isPeriod));
    const filter = asked.filter.filter((one) => !isPeriod(one));
    return pageOf(v4, await flowsIn(question, period), { ...asked, filter });
  },
};

type Period = Pick<DisclosureFilter, 'from' | 'to'>;

/** A flow is narrowed to what was disclosed in a period, not to the flows that ended in it. */
function periodOf(conditions: readonly Condition[]): Period {
  const moments = (...kinds: readonly Condition['is'][]): readonly Instant[] =>
    conditions
      .filter(({ is }) => kinds.includes(is))
      .map(({ value }) => value)
      .filter(isInstant);
  const from = moments('from', 'equal').toSorted().at(-1);
  const to = [...moments('before'), ...moments('upTo', 'equal').map(justAfter)].toSorted()[0];
  return { ...(from && { from }), ...(to && { to }) };
}

const justAfter = (moment: Instant): Instant => instantAt(millisecondsOf(moment) + 1);

interface Flow {
  readonly from: string;
  readonly to: string;
  readonly category: string;
}

const nameOf = ({ from, to, category }: Flow): string => `${from} ${to} ${category}`;

type Asker = Pick<Question, 'database' | 'scope' | 'now'>;

async function flowsIn(question: Asker, period: Period): Promise<readonly AnsweredRow[]> {
  const flows = (await Promise.all(sidesOf(question).map((isMeant) => counted(question, isMeant, period)))).flat();
  const secret = await answeredInSecret(question, period);
  const counts = new Map(flows.map((flow) => [nameOf(flow), Number(flow.disclosures)]));
  return flows.map((flow) => ({
    agency: null,
    key: nameOf(flow),
    entry: null,
    cells: {
      from: flow.from,
      to: flow.to || null,
      category: flow.category || null,
      disclosures: Number(flow.disclosures),
      items: Number(flow.items),
      special: Number(flow.special),
      returned: counts.get(nameOf({ ...flow, from: flow.to, to: flow.from })) ?? 0,
      withoutFeedback:
        flow.to === '' ? 0 : Number(flow.disclosures) - Number(flow.answered) - (secret.get(nameOf(flow)) ?? 0),
      disclosedAt: flow.last,
    },
  }));
}

type Rows = ExpressionBuilder<ViewsSchema, 'disclosure'>;
type Meant = (rows: Rows) => Expression<SqlBool>;

/** What an agency made and what it got are counted apart, each along an index of its own. */
function sidesOf({ scope, now }: Asker): readonly Meant[] {
  if (scope.kind === 'competent') return [disclosuresIn(scope, now)];
  const { agency } = scope;
  return [
    (rows) => rows('issuer', '=', agency),
    (rows) => rows.and([rows('recipient', '=', agency), rows('open_since', '<=', now), rows('issuer', '!=', agency)]),
  ];
}

const counted = ({ database, now }: Asker, isMeant: Meant, period: Period) =>
  database
    .selectFrom('disclosure')
    .select(['issuer as from', 'recipient as to', 'category'])
    .select(({ fn }) => [
      fn.countAll().as('disclosures'),
      fn.sum('items').as('items'),
      fn.sum('special').as('special'),
      fn.max('occurred_at').as('last'),
    ])
    .select(({ fn }) =>
      fn
        .countAll()
        .filterWhere(({ or, eb }) => or([eb('feedback_since', '<=', now), eb('invalidated_since', '<=', now)]))
        .as('answered'),
    )
    .where(isMeant)
    .where(matching(period))
    .groupBy(['issuer', 'recipient', 'category'])
    .execute();

/** How many were answered by what only the scope knows of. Few are: they are looked for exchange by exchange. */
async function answeredInSecret({ database, scope, now }: Asker, period: Period): Promise<ReadonlyMap<string, number>> {
  const agencies = agenciesOf(scope);
  const answers = await database
    .selectFrom('disclosure_response')
    .select('exchange')
    .distinct()
    .where('open_since', '>', now)
    .where(({ ref }) => oneOf(ref('issuer'), agencies))
    .where('kind', 'in', ['feedback', 'invalidated'])
    .execute();
  const exchanges = answers.map(({ exchange }) => exchange);
  const rows = await inParts(exchanges, (some) =>
    database
      .selectFrom('disclosure')
      .select(['issuer as from', 'recipient as to', 'category'])
      .where('exchange', 'in', some)
      .where('feedback_since', '>', now)
      .where('invalidated_since', '>', now)
      .where(({ eb, or, ref }) => or([eb('open_since', '<=', now), oneOf(ref('issuer'), agencies)]))
      .where((one) => one.or([responded(one, 'feedback', scope, now), responded(one, 'invalidated', scope, now)]))
      .where(matching(period))
      .execute(),
  );
  return new Map([...Map.groupBy(rows, nameOf)].map(([name, found]) => [name, found.length]));
}
