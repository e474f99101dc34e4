import { isObject } from '#catalogue';
import type { JsonValue } from '#statement';
import { factsOf, has } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

const types = ['RequestDecided', 'DecisionRecorded', 'JointAssessmentRecorded'];

export const aut01: Rule = {
  id: 'AUT-01',
  version: 1,
  statement: {
    en: 'No tool and no score decides alone: a person who looked at it is named.',
    de: 'Kein Instrument und kein Punktwert entscheidet allein: Eine Person, die es geprüft hat, ist genannt.',
  },
  compliant: {
    en: 'A person decides, and where a tool assisted the entry names who reviewed what it proposed.',
    de: 'Ein Mensch entscheidet; hat ein Instrument mitgewirkt, nennt der Eintrag, wer den Vorschlag geprüft hat.',
  },
  sources: ['GDPR 22', 'LED 11'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: types,
  judge: (matter) =>
    factsOf(matter, ...types).map((decision) => ({
      side: senderOf(decision),
      entry: decision.id,
      part: null,
      verdict: required(isByAPerson(decision.terms['automation']), decision.occurredAt),
      facts: [decision.id],
    })),
};

/** An entry that speaks of no tool had none; one that does not say how far it went shows nobody who decided. */
function isByAPerson(automation: JsonValue | undefined): boolean {
  if (automation === undefined) return true;
  if (!isObject(automation)) return false;
  const level = automation['level'];
  return level === 'none' || (level === 'assisted' && has(automation, 'reviewer'));
}
