import { agenciesIn, dayIn, textIn, vocabulary } from '#catalogue';
import type { JsonObject } from '#statement';
import { issuerSide } from '../../rules/issuer-side.js';
import { factsOf, has, partsOf, type Fact } from '../../rules/matter.js';
import { transferOf, transmissionCode } from '../../rules/third-country.js';
import { coded, column } from '../columns.js';
import { nobodyAdmitted } from '../recipient-regime.js';
import type { Row, RowsView } from '../view.js';

const documentation = vocabulary('transfer-documentation', 1, {
  country: { en: 'country', de: 'Land' },
  tool: { en: 'decision, safeguard or derogation', de: 'Beschluss, Garantie oder Ausnahme' },
  assessment: { en: 'assessment', de: 'Bewertung' },
  recipients: { en: 'recipient', de: 'Empfänger' },
  items: { en: 'data that were transferred', de: 'übermittelte Daten' },
  justification: { en: 'reasons', de: 'Begründung' },
});

/** GDPR 44-49, LED 35-39. What was transferred under the responsibility of the agency itself. */
export const v12: RowsView = {
  id: 'V12',
  name: 'transfers',
  title: { en: 'Transfers to third countries', de: 'Übermittlungen in Drittländer' },
  question: {
    en: 'What did we transfer to third countries, on which basis, and is it documented?',
    de: 'Was haben wir in Drittländer übermittelt, auf welcher Grundlage, und ist es dokumentiert?',
  },
  columns: {
    transferredAt: column('instant', ['transferred', 'übermittelt'], 'filter', 'sort'),
    country: column('text', ['country', 'Land'], 'filter', 'sort'),
    recipients: column('agencies', ['recipients', 'Empfänger'], 'filter'),
    purpose: coded('code', 'purpose', ['purpose', 'Zweck'], 'filter'),
    dataCategories: coded('codes', 'data-category', ['data', 'Daten'], 'filter'),
    regime: coded('code', 'regime', ['regime', 'Rechtsrahmen'], 'filter'),
    legalBasis: coded('code', 'legal-basis', ['legal basis', 'Rechtsgrundlage'], 'filter'),
    tool: column('text', ['decision, safeguard or derogation', 'Beschluss, Garantie oder Ausnahme']),
    assessment: column('reference', ['assessment', 'Bewertung']),
    originState: column('text', ['data of another member state', 'Daten eines anderen Mitgliedstaats'], 'filter'),
    originAuthorisation: column('reference', ['its authorisation', 'dessen Genehmigung']),
    withoutAuthorisation: column(
      'flag',
      ['sent without it, against a threat', 'ohne sie, wegen einer Gefahr'],
      'filter',
    ),
    originInformedOn: column('date', ['that state was told', 'Staat unterrichtet am']),
    supervisorInformedOn: column('date', ['supervisor was told', 'Aufsicht unterrichtet am'], 'sort'),
    lacking: coded('codes', documentation, ['not documented', 'nicht dokumentiert'], 'filter'),
  },
  order: { by: 'transferredAt', direction: 'descending' },
  about: 'exchange',
  reads: ['InformationDisclosed'],
  rows: (matter, agency, admittedAt = nobodyAdmitted) =>
    factsOf(matter, 'InformationDisclosed')
      .filter(({ issuer }) => issuer === agency)
      .flatMap((disclosure) => {
        const transfer = transferOf(disclosure, issuerSide(disclosure, admittedAt(disclosure.id)).regime);
        return transfer === null ? [] : [rowOf(disclosure, transfer)];
      }),
};

const rowOf = ({ id, occurredAt, terms }: Fact, transfer: JsonObject): Row => ({
  key: id,
  entry: id,
  cells: {
    transferredAt: occurredAt,
    country: textIn(transfer, 'country'),
    recipients: agenciesIn(terms, 'recipients'),
    purpose: textIn(terms, 'purpose'),
    dataCategories: [...new Set(partsOf(terms, 'items').flatMap((item) => textIn(item, 'dataCategory') ?? []))],
    regime: textIn(terms, 'regime'),
    legalBasis: transmissionCode(terms),
    tool: textIn(transfer, 'tool'),
    assessment: textIn(transfer, 'assessment'),
    originState: textIn(transfer, 'originState'),
    originAuthorisation: textIn(transfer, 'originAuthorisation'),
    withoutAuthorisation: transfer['withoutAuthorisation'] === true,
    originInformedOn: dayIn(transfer, 'originInformedOn'),
    supervisorInformedOn: dayIn(transfer, 'supervisorInformedOn'),
    lacking: [
      ...['country', 'tool', 'assessment'].filter((name) => !has(transfer, name)),
      ...['recipients', 'items', 'justification'].filter((name) => !has(terms, name)),
    ],
  },
});
