import { everyRule } from '../../rules/every-rule.js';
import { paragraph, table, type Document } from '../../documents/document.js';
import { completeness } from '../contents.js';
import type { ExportProfile, Material } from '../export-profile.js';

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
  documents: (material) => new Map([['conformity', conformity(material)]]),
};

function conformity(material: Material): Document {
  const { language, entries, judged } = material;
  const isGerman = language === 'de';
  const head = isGerman
    ? ['Regel', 'Inhalt', 'Abweichungen', 'noch offen']
    : ['Rule', 'What it asks', 'Departures', 'Pending'];
  const countOf = (rule: string, verdict: string): string =>
    String(
      judged.filter((one) => one.rule === rule && one.verdict === verdict).reduce((sum, { count }) => sum + count, 0),
    );
  return {
    language,
    title: x10.title[language],
    parts: [
      paragraph(
        isGerman
          ? `${entries.length} Einträge berufen sich auf die Vereinbarung. Abweichungen sind Prüfhinweise, keine Feststellungen.`
          : `${entries.length} entries cite the agreement. Departures are check notes, not findings.`,
      ),
      table(
        x10.title[language],
        head,
        everyRule
          .filter(({ id }) => judged.some(({ rule }) => rule === id))
          .map(({ id, statement }) => [id, statement[language], countOf(id, 'broken'), countOf(id, 'pending')]),
      ),
      paragraph(completeness(material)),
    ],
  };
}
