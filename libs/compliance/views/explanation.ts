import { label, vocabularies, type Language } from '#catalogue';
import type { Deadline } from '../rules/deadlines/calendar.js';
import { deadlineInWords } from '../rules/deadlines/deadline-in-words.js';
import type { Rule } from '../rules/rule.js';
import type { Cell, Row } from './view.js';

/** A check note in words: what a data protection officer reads before assessing it. */
export interface Explanation {
  readonly rule: string;
  /** what has to be so */
  readonly statement: string;
  /** the law and other sources it rests on */
  readonly law: readonly string[];
  /** law or policy, in words */
  readonly basis: string;
  readonly severity: string;
  /** what was noticed, in words; where nothing can be decided, why */
  readonly noticed: string;
  /** entry it is about, and after a slash the part of it; null where it is not said */
  readonly about: string | null;
  /** ids of the entries it follows from */
  readonly facts: readonly string[];
  /** `agreement@version#clause` in force when it happened; null outside of every agreement */
  readonly clause: string | null;
  /** what would have been compliant */
  readonly compliant: string;
  readonly deadline: {
    /** how long there was, in words; null where nothing is said of it */
    readonly time: string | null;
    /** an instant */
    readonly dueAt: string | null;
    /** a day: by when it is to be remedied, as the data protection officer has set */
    readonly remedyDue: string | null;
  };
  /** where it stood since when, from the first on */
  readonly history: readonly { readonly status: string; readonly since: string | null }[];
  /** The words are those of another version of the rule than the one that raised it. */
  readonly wordsOfOtherVersion: boolean;
}

/**
 * Puts a check note into words. They come from the rule and from vocabularies: the note itself holds none.
 *
 * @param cells of a row of the view V1, as it stands when somebody looks
 * @param rule the one its cell `rule` names
 */
export function explanationOf(cells: Row['cells'], rule: Rule, language: Language): Explanation {
  const word = (vocabulary: string, name: string): string => wordFor(vocabulary, cells[name], language);
  const lacking = textOf(cells['lackingInput']);
  const noticed = word('check-note-outcome', 'outcome');
  return {
    rule: rule.id,
    statement: rule.statement[language],
    law: rule.sources,
    basis: word('rule-kind', 'kind'),
    severity: word('severity', 'severity'),
    noticed: lacking === null ? noticed : `${noticed} (${word('lacking-input', 'lackingInput')})`,
    about: aboutOf(cells),
    facts: listOf(cells['facts']),
    clause: textOf(cells['clause']),
    compliant: rule.compliant[language],
    deadline: {
      time: timeIn(cells, language),
      dueAt: textOf(cells['dueAt']),
      remedyDue: textOf(cells['remedyDue']),
    },
    history: listOf(cells['history']).map((status, place) => ({
      status: wordFor('check-note-status', status, language),
      since: listOf(cells['historyAt'])[place] ?? null,
    })),
    wordsOfOtherVersion: cells['ruleVersion'] !== rule.version,
  };
}

function wordFor(name: string, code: Cell | undefined, language: Language): string {
  const vocabulary = vocabularies.get(name);
  if (vocabulary === undefined) throw new RangeError(`no vocabulary ${name}`);
  return label(vocabulary, typeof code === 'string' ? code : undefined, language);
}

function aboutOf(cells: Row['cells']): string | null {
  const [entry, part] = [textOf(cells['about']), textOf(cells['part'])];
  return entry === null || part === null ? entry : `${entry}/${part}`;
}

function timeIn(cells: Row['cells'], language: Language): string | null {
  const { time, timeUnit } = cells;
  const deadline = typeof time === 'number' && typeof timeUnit === 'string' ? deadlines[timeUnit]?.(time) : undefined;
  return deadline === undefined ? null : deadlineInWords(deadline, language);
}

/** By the units in which entries say them. */
const deadlines: Readonly<Record<string, (amount: number) => Deadline>> = {
  hours: (hours) => ({ hours }),
  days: (days) => ({ days }),
  'working-days': (workingDays) => ({ workingDays }),
  months: (months) => ({ months }),
  'year-ends': (yearEnds) => ({ yearEnds }),
  // Check notes once said so of the ends of years: rules give years only as the end of one.
  years: (yearEnds) => ({ yearEnds }),
};

const textOf = (cell: Cell | undefined): string | null => (typeof cell === 'string' ? cell : null);

const listOf = (cell: Cell | undefined): readonly string[] => (Array.isArray(cell) ? cell : []);
