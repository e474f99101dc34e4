import { vocabulary } from '../vocabulary.js';

/** Who looked at the processing, and in which way. */
export const auditKind = vocabulary('audit-kind', 1, {
  internal: { en: 'internal audit', de: 'interne Prüfung' },
  external: { en: 'external audit', de: 'externe Prüfung' },
  'access-sample': { en: 'sample of accesses', de: 'Stichprobe der Zugriffe' },
  'follow-up': { en: 'follow-up audit', de: 'Nachprüfung' },
});
