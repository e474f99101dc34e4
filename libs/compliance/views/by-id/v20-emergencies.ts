import { agenciesIn, textIn, vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import { erasedOf, factsOf, has, type Fact, type Matter } from '../../rules/matter.js';
import { isSameDisclosure } from '../../rules/same-disclosure.js';
import { withLinked, type Known } from '../../rules/with-linked.js';
import { coded, column } from '../columns.js';
import type { Row, RowsView } from '../view.js';

const steps = vocabulary('emergency-step', 1, {
  disclosure: { en: 'entry of the disclosure', de: 'Eintrag der Übermittlung' },
  justification: { en: 'justification', de: 'Begründung' },
  confirmation: { en: 'confirmation', de: 'Bestätigung' },
  'second-person': { en: 'confirmation by somebody else', de: 'Bestätigung durch eine andere Person' },
});

/** StGB 34, SEC-02. What is confirmed is no longer shown; a confirmation that came late is a check note. */
export const v20: RowsView = {
  id: 'V20',
  name: 'emergencies',
  title: { en: 'Emergencies awaiting confirmation', de: 'Notfälle, deren Bestätigung aussteht' },
  question: {
    en: 'Where was secrecy broken in an emergency, and a second person has not confirmed it?',
    de: 'Wo wurde die Schweigepflicht in einem Notfall durchbrochen, ohne dass eine zweite Person es bestätigt hat?',
  },
  columns: {
    since: column('instant', ['since', 'seit'], 'filter', 'sort'),
    disclosure: column('reference', ['disclosure', 'Übermittlung'], 'filter'),
    recipients: column('agencies', ['recipients', 'Empfänger'], 'filter'),
    purpose: coded('code', 'purpose', ['purpose', 'Zweck'], 'filter'),
    channel: coded('code', 'channel', ['channel', 'Weg'], 'filter'),
    lacking: coded('codes', steps, ['still lacking', 'fehlt noch'], 'filter'),
    erased: column('flag', ['may have been erased', 'möglicherweise gelöscht'], 'filter'),
  },
  order: { by: 'since', direction: 'ascending' },
  about: 'exchange',
  reads: ['InformationDisclosed', 'EmergencyDisclosureJustified'],
  rows: (matter, agency) => [
    ...ownFacts(matter, agency, 'InformationDisclosed').flatMap((disclosure) => {
      const known = withLinked(matter, textIn(disclosure.terms, 'disclosureId'));
      const justified = ownFacts(known, agency, justification).filter((one) => isSameDisclosure(one, disclosure));
      return has(disclosure.terms, 'emergency') || justified.length > 0
        ? rowOf(disclosure, lackingOf(justified), known)
        : [];
    }),
    ...ownFacts(matter, agency, justification).flatMap((justified) => {
      const known = withLinked(matter, textIn(justified.terms, 'disclosureId'));
      const isRecorded = ownFacts(known, agency, 'InformationDisclosed').some((one) =>
        isSameDisclosure(one, justified),
      );
      return isRecorded ? [] : rowOf(justified, ['disclosure', ...lackingOf([justified])], known);
    }),
  ],
};

const justification = 'EmergencyDisclosureJustified';

const ownFacts = (known: Pick<Matter, 'entries'>, agency: AgencyId, type: string): readonly Fact[] =>
  factsOf(known, type).filter(({ issuer }) => issuer === agency);

/** Codes of {@link steps}: what of it nobody has done yet. */
function lackingOf(justified: readonly Fact[]): readonly string[] {
  if (justified.length === 0) return ['justification', 'confirmation'];
  const confirmed = justified.filter(({ terms }) => has(terms, 'confirmedBy', 'confirmedAt'));
  const lacking = justified.some(({ terms }) => has(terms, 'danger')) ? [] : ['justification'];
  if (confirmed.length === 0) return [...lacking, 'confirmation'];
  return confirmed.some(({ terms }) => terms['confirmedByAnother'] === true) ? lacking : [...lacking, 'second-person'];
}

function rowOf({ id, occurredAt, terms }: Fact, lacking: readonly string[], known: Known): readonly Row[] {
  if (lacking.length === 0) return [];
  return [
    {
      key: id,
      entry: id,
      cells: {
        since: occurredAt,
        disclosure: textIn(terms, 'disclosureId'),
        recipients: agenciesIn(terms, 'recipients'),
        purpose: textIn(terms, 'purpose'),
        channel: textIn(terms, 'channel'),
        lacking,
        erased: erasedOf(known).length > 0,
      },
    },
  ];
}
