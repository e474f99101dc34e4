import type { Labels, Language } from '#catalogue';
import { everyRule } from '../../rules/every-rule.js';
import { paragraph, table, type Document } from '../../documents/document.js';
import { completeness, onlyOpen } from '../contents.js';
import type { ExportProfile, JudgedCount, Material } from '../export-profile.js';

/** How far sharing kept to an agreement, for its parties: counts by rule, without exchange or person. */
export const x10: ExportProfile = {
  id: 'X10',
  title: { en: 'Conformity with an agreement', de: 'Einhaltung einer Vereinbarung' },
  sources: ['GDPR 26', 'LED 21'],
  roles: ['dpo', 'regulator'],
  purposes: ['lawfulness-check', 'self-monitoring', 'supervisory-request'],
  of: 'agreement',
  log: 'entries',
  blocks: [],
  documentsOnly: true,
  openOnly: true,
  documents: (material) => new Map([['conformity', conformity(material)]]),
};

const wording = {
  cited: {
    en: '{} entries cite the agreement. Departures are check notes, not findings.',
    de: '{} Einträge berufen sich auf die Vereinbarung. Abweichungen sind Prüfhinweise, keine Feststellungen.',
  },
} as const satisfies Readonly<Record<string, Labels>>;

const head: Readonly<Record<Language, readonly string[]>> = {
  en: ['Rule', 'What it asks', 'Departures', 'Pending', 'Cannot be decided'],
  de: ['Regel', 'Inhalt', 'Abweichungen', 'noch offen', 'nicht entscheidbar'],
};
const verdicts: readonly JudgedCount['verdict'][] = ['broken', 'pending', 'not-decidable'];

function conformity(material: Material): Document {
  const { language, entries, judged } = material;
  const countOf = (rule: string, verdict: string): string =>
    String(judged.find((one) => one.rule === rule && one.verdict === verdict)?.count ?? 0);
  return {
    language,
    title: x10.title[language],
    parts: [
      paragraph(wording.cited[language].replace('{}', String(entries.length))),
      paragraph(onlyOpen(language)),
      table(
        x10.title[language],
        head[language],
        everyRule
          .filter(({ id }) => judged.some(({ rule }) => rule === id))
          .map(({ id, statement }) => [id, statement[language], ...verdicts.map((verdict) => countOf(id, verdict))]),
      ),
      paragraph(completeness(material)),
    ],
  };
}
