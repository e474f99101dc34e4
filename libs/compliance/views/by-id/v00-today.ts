import { vocabulary, type Duty } from '#catalogue';
import type { Instant } from '#kernel';
import { everyRule } from '../../rules/every-rule.js';
import type { AnsweredRow } from '../asked.js';
import type { AskedView } from '../asked-view.js';
import { coded, column } from '../columns.js';
import { daysLeft } from '../days-left.js';
import { pageOf } from '../page-of.js';
import { endOfLookAhead, owedIn, type Owed, type OwedDuty, type OwedTurn } from './v00-owed.js';

const duties = {
  decision: { en: 'Decide on the request.', de: 'Über das Ersuchen entscheiden.' },
  disclosure: { en: 'Send what was granted.', de: 'Das Bewilligte übermitteln.' },
  clarification: { en: 'Answer the question.', de: 'Die Rückfrage beantworten.' },
  receipt: { en: 'Record what arrived.', de: 'Den Eingang eintragen.' },
  feedback: { en: 'Say what became of it.', de: 'Rückmelden, was daraus geworden ist.' },
  confirmation: { en: 'Confirm what was done about it.', de: 'Bestätigen, was daraufhin veranlasst wurde.' },
} as const satisfies Readonly<Record<Duty, object>>;

/** The rule that says by when a duty has to be done. */
const ruleOf: Readonly<Partial<Record<Duty, string>>> = {
  decision: 'REQ-02',
  receipt: 'LOG-04',
  feedback: 'FBK-01',
  confirmation: 'QUA-02',
};

/** What to do next, by rule or by duty. */
const steps = vocabulary('next-step', 1, {
  ...Object.fromEntries(everyRule.map(({ id, compliant }) => [id, compliant])),
  ...duties,
});

const owing = vocabulary('duty', 1, {
  decision: { en: 'decision', de: 'Entscheidung' },
  disclosure: { en: 'disclosure', de: 'Übermittlung' },
  clarification: { en: 'clarification', de: 'Auskunft zur Rückfrage' },
  receipt: { en: 'receipt', de: 'Empfangsbestätigung' },
  feedback: { en: 'feedback', de: 'Rückmeldung' },
  confirmation: { en: 'confirmation', de: 'Bestätigung' },
} satisfies Readonly<Record<Duty, object>>);

const urgencies = vocabulary('today-urgency', 1, {
  urgent: { en: 'urgent', de: 'dringend' },
  overdue: { en: 'overdue', de: 'überfällig' },
  due: { en: 'due', de: 'fällig' },
  waiting: { en: 'waiting', de: 'wartet' },
});

const sources = vocabulary('today-source', 1, {
  'check-note': { en: 'check note', de: 'Prüfhinweis' },
  deadline: { en: 'deadline', de: 'Frist' },
  inbox: { en: 'inbox', de: 'Eingang' },
});

/** Where a data protection officer begins: check notes and duties that are urgent, then by when they are due. */
export const v0: AskedView = {
  id: 'V0',
  name: 'today',
  title: { en: 'Today', de: 'Heute' },
  question: { en: 'What waits for us, and what comes first?', de: 'Was wartet auf uns, und was ist zuerst zu tun?' },
  columns: {
    place: column('text', ['order', 'Reihenfolge'], 'sort'),
    urgency: coded('code', urgencies, ['urgency', 'Dringlichkeit'], 'filter'),
    step: coded('code', steps, ['what to do', 'zu tun']),
    source: coded('code', sources, ['from', 'aus'], 'filter'),
    owes: coded('code', owing, ['owed to the other side', 'der anderen Seite geschuldet'], 'filter'),
    rule: column('reference', ['rule', 'Regel'], 'filter', 'sort'),
    severity: coded('code', 'severity', ['severity', 'Gewicht'], 'filter'),
    due: column('instant', ['due', 'fällig'], 'filter', 'sort'),
    daysLeft: column('number', ['days left', 'verbleibende Tage'], 'sort'),
    since: column('instant', ['waiting since', 'wartet seit'], 'sort'),
    exchange: column('reference', ['exchange', 'Vorgang'], 'filter'),
    disclosure: column('reference', ['disclosure', 'Übermittlung'], 'filter'),
  },
  order: { by: 'place', direction: 'ascending' },
  projections: ['exchanges', 'disclosures', 'judgements'],
  ask: async (question) => {
    const { limit, onlyTurns = false } = question.asked;
    const owed = await owedIn(question, { limit, turnsOnly: onlyTurns });
    const lines = todayOf(owed, question.now).filter(({ cells }) => !onlyTurns || cells['owes'] !== null);
    return { ...pageOf(v0, lines, question.asked), ...(owed.isCut && { isCut: true }) };
  },
};

/** The lines of a day: a turn and the deadline for it are one. */
export function todayOf({ turns, duties: owed }: Pick<Owed, 'turns' | 'duties'>, now: Instant): readonly AnsweredRow[] {
  const left = new Set(owed);
  const byExchange = Map.groupBy(owed, ({ exchange }) => exchange);
  const taken = turns.map((turn) => {
    const duty = byExchange.get(turn.exchange)?.find((one) => left.has(one) && isFor(one, turn)) ?? null;
    if (duty !== null) left.delete(duty);
    return lineOf(turn, duty, now);
  });
  return [...taken, ...[...left].filter((duty) => isOfToday(duty, now)).map((duty) => lineOf(null, duty, now))];
}

const isFor = ({ rule, disclosure }: OwedDuty, turn: OwedTurn): boolean =>
  rule === ruleOf[turn.owes] && (disclosure === null || turn.about === null || disclosure === turn.about);

/** What was looked up for a turn only, and is due later, is no line of its own. */
const isOfToday = ({ isNoted, due }: OwedDuty, now: Instant): boolean =>
  isNoted || (due !== null && due <= endOfLookAhead(now));

function lineOf(turn: OwedTurn | null, duty: OwedDuty | null, now: Instant): AnsweredRow {
  const urgency = urgencyOf(duty, now);
  const due = duty?.due ?? null;
  return {
    agency: turn?.agency ?? duty?.agency ?? null,
    key: duty?.key ?? ['turn', turn?.exchange, turn?.owes, turn?.about ?? ''].join(' '),
    entry: duty?.entry ?? null,
    cells: {
      place: `${[...urgencies.terms.keys()].indexOf(urgency)} ${due ?? turn?.since ?? ''}`,
      urgency,
      step: duty?.rule ?? turn?.owes ?? null,
      source: duty?.isNoted ? 'check-note' : turn ? 'inbox' : 'deadline',
      owes: turn?.owes ?? null,
      rule: duty?.rule ?? null,
      severity: duty?.severity ?? null,
      due,
      daysLeft: due === null || duty?.isNoted ? null : daysLeft(now, due),
      since: turn?.since ?? null,
      exchange: turn?.exchange ?? duty?.exchange ?? null,
      disclosure: turn?.about ?? duty?.disclosure ?? null,
    },
  };
}

function urgencyOf(duty: OwedDuty | null, now: Instant): string {
  if (duty === null) return 'waiting';
  if (duty.isNoted || duty.severity === 'urgent') return 'urgent';
  if (duty.due === null) return 'waiting';
  return duty.due < now ? 'overdue' : 'due';
}
