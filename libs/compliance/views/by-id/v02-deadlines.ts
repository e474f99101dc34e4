import type { AskedView } from '../asked-view.js';
import { coded, column } from '../columns.js';
import { pageOf } from '../page-of.js';
import { deadlineRow, deadlineStates } from './v02-deadline-row.js';
import { deadlinesNow } from './v02-deadlines-now.js';
import { deadlinesThen } from './v02-deadlines-then.js';

/** What is owed and until when. What was done in time is no line, nor what had to be so at once. */
export const v2: AskedView = {
  id: 'V2',
  name: 'deadlines',
  title: { en: 'Deadlines', de: 'Fristen' },
  question: {
    en: 'What do we owe by when, and what did we do too late?',
    de: 'Was schulden wir bis wann, und was haben wir zu spät erledigt?',
  },
  columns: {
    due: column('instant', ['due', 'fällig'], 'filter', 'sort'),
    day: column('date', ['day', 'Tag']),
    daysLeft: column('number', ['days left', 'verbleibende Tage']),
    state: coded('code', deadlineStates, ['state', 'Stand'], 'filter'),
    rule: column('reference', ['rule', 'Regel'], 'filter', 'sort'),
    severity: coded('code', 'severity', ['severity', 'Schwere'], 'filter'),
    basis: coded('code', 'rule-kind', ['law or policy', 'Gesetz oder Vorgabe'], 'filter'),
    about: column('entry', ['about the entry', 'zum Eintrag'], 'filter'),
    part: column('reference', ['part of it', 'Teil davon'], 'filter'),
    clause: column('reference', ['clause in force then', 'damals geltende Regelung'], 'filter'),
    agency: column('agency', ['agency', 'Stelle'], 'filter'),
  },
  order: { by: 'due', direction: 'ascending' },
  asOf: true,
  projections: ['judgements'],
  ask: async (question) => {
    if (question.asOf === null) return deadlinesNow(question);
    const { asOf } = question;
    const lines = await deadlinesThen(question, asOf);
    return pageOf(
      v2,
      lines.map((line) => deadlineRow(line, asOf)),
      question.asked,
    );
  },
};
