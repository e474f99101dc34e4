import { agencyIn, textIn, vocabularies } from '#catalogue';
import { factsOf } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { recipientOf } from '../side.js';

const types = ['LedgerAccessed', 'ExportIssued'];

export const log05: Rule = {
  id: 'LOG-05',
  version: 1,
  statement: {
    en: 'Every look into the ledger is recorded with a purpose for which logs may be used.',
    de: 'Jede Einsicht in den Nachweis ist mit einem Zweck festgehalten, für den Protokolle verwendet werden dürfen.',
  },
  compliant: {
    en: 'A permitted purpose is stated before anything is shown.',
    de: 'Vor der Einsicht wird ein zulässiger Zweck angegeben.',
  },
  sources: ['LED 25(2)', 'BDSG § 76(3)', 'ADL 5.2†'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: types,
  judge: (matter, then) =>
    factsOf(matter, ...types).map((access) => {
      const who = agencyIn(access.terms, access.type === 'ExportIssued' ? 'recipient' : 'agency') ?? access.issuer;
      const why = textIn(access.terms, 'accessPurpose') ?? '';
      return {
        side: recipientOf(access, who, then(access).registry),
        entry: access.id,
        part: null,
        verdict: required(vocabularies.get('access-purpose')?.terms.has(why) ?? false, access.occurredAt),
        facts: [access.id],
      };
    }),
};
