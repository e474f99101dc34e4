import { textIn } from '#catalogue';
import { issuerSide } from '../issuer-side.js';
import { factsOf, textsOf, type Fact } from '../matter.js';
import { required, type Rule } from '../rule.js';

/** What is valid; with parts erased it is as valid as without. */
const sound: ReadonlySet<string | null> = new Set(['valid', 'erased']);

/** Whoever checked it has the note: an agency or a supervisor. What was not checked is not shown to be valid. */
export const int01: Rule = {
  id: 'INT-01',
  version: 1,
  statement: {
    en: 'Each check of a log finds its chain of hashes and its seal valid.',
    de: 'Jede Prüfung eines Protokolls ergibt, dass Hashkette und Siegel gültig sind.',
  },
  compliant: {
    en: 'Every entry and the seal were checked and found valid; anything else is cleared up with who runs the ledger.',
    de: 'Alle Einträge und das Siegel sind geprüft und gültig; alles andere wird mit der betreibenden Stelle geklärt.',
  },
  sources: ['GDPR 5(1)(f)', 'LED 29'],
  severity: 'urgent',
  basis: 'policy',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['IntegrityVerified'],
  judge: (matter, then) =>
    factsOf(matter, 'IntegrityVerified').map((check) => ({
      side: issuerSide(check, then(check).registry),
      entry: check.id,
      part: null,
      verdict: required(isSound(check), check.occurredAt),
      facts: [check.id],
    })),
};

function isSound({ terms }: Fact): boolean {
  const checked = textsOf(terms, 'checked');
  return sound.has(textIn(terms, 'verdict')) && ['leaves', 'checkpoint'].every((part) => checked.includes(part));
}
