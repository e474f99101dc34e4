import type { Labels, Language } from '#catalogue';
import type { Assessment, ItemAdvice } from '../assessments/assessment.js';
import { blanks, choices, type Document, heading, lines, list, paragraph, signature } from './document.js';
import { handling, itemName, itemsWith } from './frame.js';
import { type AgencyNames, wordsIn } from './words.js';

const wording = {
  title: { en: 'Consent and release from secrecy', de: 'Einwilligung und Schweigepflichtentbindung' },
  who: { en: 'Person who consents', de: 'Einwilligende Person' },
  what: { en: 'What may be passed on', de: 'Was übermittelt werden darf' },
  ticked: {
    en: 'I consent that {} passes on to {} what I ticked, and nothing else:',
    de: 'Ich willige ein, dass {} an {} die von mir angekreuzten Angaben übermittelt, und nur diese:',
  },
  purpose: { en: 'Purpose', de: 'Zweck' },
  passesOn: { en: 'Who passes on', de: 'Übermittelnde Stelle' },
  receives: { en: 'Who receives', de: 'Empfangende Stellen' },
  release: {
    en: 'As far as what I ticked is bound by secrecy, I release the staff of {} from it towards {}, for this purpose only.',
    de: 'Soweit die angekreuzten Angaben der Schweigepflicht unterliegen, entbinde ich die Fachkräfte von {} gegenüber {} davon, und zwar nur zu diesem Zweck.',
  },
  special: {
    en: 'Where I ticked data on health, ethnic origin, political opinions, religion or beliefs, my consent expressly covers such special categories of data (GDPR 9(2)(a)).',
    de: 'Soweit ich Angaben über Gesundheit, ethnische Herkunft, politische Meinungen, Religion oder Weltanschauung angekreuzt habe, umfasst meine Einwilligung ausdrücklich diese besonderen Kategorien personenbezogener Daten (DSGVO 9 Abs. 2 a).',
  },
  handled: { en: 'How it is handled', de: 'Umgang mit den Daten' },
  rights: { en: 'My rights', de: 'Meine Rechte' },
  subject: { en: 'Signature of the person concerned', de: 'Unterschrift der betroffenen Person' },
  representative: {
    en: 'Signature of who has custody or represents the person, where needed',
    de: 'Unterschrift der sorgeberechtigten oder vertretenden Person, soweit erforderlich',
  },
} as const satisfies Readonly<Record<string, Labels>>;

const byHand: Readonly<Record<'who' | 'valid', Readonly<Record<Language, readonly string[]>>>> = {
  who: {
    en: ['Name', 'Date of birth', 'Acting as (person concerned, with custody, who entrusted the data)'],
    de: ['Name', 'Geburtsdatum', 'Handelt als (betroffene, sorgeberechtigte oder anvertrauende Person)'],
  },
  valid: {
    en: ['This consent is valid until', 'I can withdraw it from (office, address)'],
    de: ['Diese Einwilligung gilt bis', 'Der Widerruf ist zu richten an (Stelle, Anschrift)'],
  },
};

const rights: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'This consent is voluntary. If I do not give it, or only in part, the items concerned are not passed on because of a consent; no disadvantage follows from that.',
    'I can withdraw it at any time, in whole or item by item, with effect for the future. What was done before the withdrawal stays lawful (GDPR 7(3)).',
    'Who received data is told of the withdrawal.',
    'I was told what is passed on, to whom and what for, before I signed, and I receive a copy of this form.',
  ],
  de: [
    'Diese Einwilligung ist freiwillig. Erteile ich sie nicht oder nur teilweise, werden die betreffenden Angaben nicht aufgrund einer Einwilligung übermittelt; Nachteile entstehen mir daraus nicht.',
    'Ich kann sie jederzeit ganz oder für einzelne Angaben mit Wirkung für die Zukunft widerrufen. Was bis zum Widerruf geschehen ist, bleibt rechtmäßig (DSGVO 7 Abs. 3).',
    'Die Stellen, die Daten erhalten haben, werden über den Widerruf unterrichtet.',
    'Ich bin vor der Unterschrift darüber unterrichtet worden, was an wen und wozu übermittelt wird, und erhalte eine Ausfertigung dieses Formulars.',
  ],
};

/**
 * The form by which a person consents and releases from secrecy, item by item (Einwilligung und
 * Schweigepflichtentbindung): GDPR 7, 9(2)(a); StGB § 203. Nothing in it is ticked beforehand.
 *
 * @returns null where a consent helps with no item: a form to sign in vain must not exist
 */
export function consentForm(
  assessment: Assessment,
  language: Language,
  names: AgencyNames = new Map(),
): Document | null {
  const items = itemsWith(assessment, 'only-with').filter(hangsOnConsent);
  if (items.length === 0) return null;
  const words = wordsIn(language, names);
  const [from, to] = [words.agency(assessment.agency), words.agencies(assessment.counterparts)];
  return {
    language,
    title: words.say(wording.title),
    parts: [
      heading(words.say(wording.who)),
      blanks(...byHand.who[language]),
      heading(words.say(wording.what)),
      lines(
        [words.say(wording.passesOn), from],
        [words.say(wording.receives), to],
        [words.say(wording.purpose), words.code('purpose', assessment.purpose)],
      ),
      paragraph(words.say(wording.ticked, from, to)),
      choices([...new Set(items.map((item) => itemName(item, words)))]),
      paragraph(words.say(wording.release, from, to)),
      paragraph(words.say(wording.special)),
      heading(words.say(wording.handled)),
      ...handling(assessment, words),
      heading(words.say(wording.rights)),
      list(rights[language]),
      blanks(...byHand.valid[language]),
      signature(words.say(wording.subject)),
      signature(words.say(wording.representative)),
    ],
  };
}

const hangsOnConsent = ({ reasons }: ItemAdvice): boolean => reasons.some(({ byConsent }) => byConsent);
