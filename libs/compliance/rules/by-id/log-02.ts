import { agenciesIn } from '#catalogue';
import { factsOf, has, type Fact } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

const types = ['InformationDisclosed', 'InformationConsulted'];

export const log02: Rule = {
  id: 'LOG-02',
  version: 1,
  statement: {
    en: 'Who disclosed or consulted is identified, and the body that received it.',
    de: 'Wer übermittelt oder abgefragt hat, ist festgehalten, ebenso die empfangende Stelle.',
  },
  compliant: {
    en: 'The entry names the person who acted and, for a disclosure, each body that received it.',
    de: 'Der Eintrag nennt die handelnde Person und bei einer Übermittlung jede empfangende Stelle.',
  },
  sources: ['LED 25(1)', 'BDSG § 76(2)', 'CJEU C-154/21'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: types,
  judge: (matter) =>
    factsOf(matter, ...types).map((fact) => ({
      side: senderOf(fact),
      entry: fact.id,
      part: null,
      verdict: required(has(fact.terms, 'actor') && namesRecipient(fact), fact.occurredAt),
      facts: [fact.id],
    })),
};

/** A consultation has no recipient beside who consulted. */
const namesRecipient = ({ type, terms }: Fact): boolean =>
  type !== 'InformationDisclosed' || agenciesIn(terms, 'recipients').length > 0;
