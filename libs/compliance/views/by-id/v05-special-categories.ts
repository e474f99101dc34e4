import { agenciesIn, isObject, textIn, vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { factsOf, has, partsOf, type Fact } from '../../rules/matter.js';
import { isCriminal, isSpecial } from '../../rules/sensitive-data.js';
import { coded, column } from '../columns.js';
import { disclosureDirection } from '../direction.js';
import type { Row, RowsView } from '../view.js';

const kinds = vocabulary('sensitive-kind', 1, {
  special: { en: 'special categories', de: 'besondere Kategorien' },
  criminal: { en: 'criminal offences', de: 'Straftaten' },
  minor: { en: 'a minor', de: 'minderjährige Person' },
});

const parts = vocabulary('sensitive-lacking', 1, {
  ageBand: { en: 'age band', de: 'Altersgruppe' },
  specialGround: { en: 'ground for special categories', de: 'Erlaubnisgrund für besondere Kategorien' },
  strictNecessity: { en: 'why strictly necessary', de: 'warum unbedingt erforderlich' },
  provision: { en: 'provision', de: 'Vorschrift' },
});

/**
 * GDPR 9, 10, recital 38; LED 10. A register of disclosures, made and received. How old a minor is stands in a block
 * that no view opens; whether a disclosure was allowed is said by SPC-01, LAW-05 and CHD-01.
 */
export const v5: RowsView = {
  id: 'V5',
  name: 'special-categories',
  title: {
    en: 'Special categories, criminal data, minors',
    de: 'Besondere Kategorien, Daten über Straftaten, Minderjährige',
  },
  question: {
    en: 'Where were special categories, data on criminal offences or data of minors passed on, and on which ground?',
    de: 'Wo wurden besondere Kategorien, Daten über Straftaten oder Daten Minderjähriger übermittelt, und aus welchem Grund?',
  },
  columns: {
    at: column('instant', ['passed on', 'übermittelt am'], 'filter', 'sort'),
    kinds: coded('codes', kinds, ['kind', 'Art'], 'filter'),
    direction: coded('code', disclosureDirection, ['direction', 'Richtung'], 'filter'),
    sender: column('agency', ['passed on by', 'übermittelt von'], 'filter'),
    recipients: column('agencies', ['recipients', 'Empfänger'], 'filter'),
    dataCategories: coded('codes', 'data-category', ['data of this kind', 'Daten dieser Art'], 'filter'),
    purpose: coded('code', 'purpose', ['purpose', 'Zweck'], 'filter'),
    regime: coded('code', 'regime', ['regime', 'Rechtsrahmen'], 'filter'),
    specialGround: coded('code', 'special-ground', ['ground', 'Erlaubnisgrund'], 'filter'),
    legalBasis: coded('code', 'legal-basis', ['power to transmit', 'Übermittlungsbefugnis'], 'filter'),
    provision: column('text', ['provision', 'Vorschrift']),
    threshold: column('text', ['threshold found met', 'als erreicht angesehene Schwelle']),
    consentRef: column('entry', ['consent or release', 'Einwilligung oder Entbindung']),
    disclosure: column('reference', ['disclosure', 'Übermittlung'], 'filter'),
    lacking: coded('codes', parts, ['missing', 'fehlt'], 'filter'),
  },
  order: { by: 'at', direction: 'descending' },
  about: 'exchange',
  reads: ['InformationDisclosed'],
  rows: (matter, agency) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) => {
      const found = kindsIn(disclosure.terms);
      const isGiven = disclosure.issuer === agency;
      const isTheirs = isGiven || agenciesIn(disclosure.terms, 'recipients').includes(agency);
      return isTheirs && found.length > 0 ? [rowOf(disclosure, found, agency)] : [];
    }),
};

/** Codes of {@link kinds}. */
function kindsIn(terms: JsonObject): readonly string[] {
  const items = partsOf(terms, 'items');
  return [
    ...(items.some(isSpecial) ? ['special'] : []),
    ...(items.some(isCriminal) ? ['criminal'] : []),
    ...(has(terms, 'minor') ? ['minor'] : []),
  ];
}

function rowOf(disclosure: Fact, found: readonly string[], agency: AgencyId): Row {
  const { id, issuer, occurredAt, terms } = disclosure;
  const basis = terms['legalBasisTransmit'];
  const provision = isObject(basis) ? textIn(basis, 'provision') : null;
  const isGiven = issuer === agency;
  const recipients = agenciesIn(terms, 'recipients');
  return {
    key: id,
    entry: id,
    cells: {
      at: occurredAt,
      kinds: found,
      direction: isGiven ? 'given' : 'received',
      sender: issuer,
      recipients: isGiven ? [...new Set(recipients)] : [agency],
      dataCategories: categoriesIn(terms, found),
      purpose: textIn(terms, 'purpose'),
      regime: textIn(terms, 'regime'),
      specialGround: textIn(terms, 'specialGround'),
      legalBasis: isObject(basis) ? textIn(basis, 'code') : null,
      provision,
      threshold: textIn(terms, 'threshold'),
      consentRef: textIn(terms, 'consentRef'),
      disclosure: textIn(terms, 'disclosureId'),
      lacking: lackingIn(terms, found, provision),
    },
  };
}

/** What makes it sensitive; of a minor everything does. */
function categoriesIn(terms: JsonObject, found: readonly string[]): readonly string[] {
  const isMeant = (item: JsonObject): boolean => found.includes('minor') || isSpecial(item) || isCriminal(item);
  const meant = partsOf(terms, 'items').filter(isMeant);
  return [...new Set(meant.flatMap((item) => textIn(item, 'dataCategory') ?? []))];
}

/** Codes of {@link parts}. */
function lackingIn(terms: JsonObject, found: readonly string[], provision: string | null): readonly string[] {
  const isSpecialFound = found.includes('special');
  return [
    ...(has(terms, 'ageBand') ? [] : ['ageBand']),
    ...(isSpecialFound && !has(terms, 'specialGround') ? ['specialGround'] : []),
    ...(isSpecialFound && terms['regime'] === 'LED' && !has(terms, 'strictNecessity') ? ['strictNecessity'] : []),
    ...(found.includes('criminal') && provision === null ? ['provision'] : []),
  ];
}
