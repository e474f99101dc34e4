import type { Labels, Language } from '#catalogue';
import type { Assessment } from '../assessments/assessment.js';
import { type Document, heading, paragraph, type Part } from './document.js';
import { handling, itemsToName, itemsWith } from './frame.js';
import { asking, letter } from './letter.js';
import { type AgencyNames, type Words, wordsIn } from './words.js';

const wording = {
  title: { en: 'Cover letter to a disclosure', de: 'Begleitschreiben zur Übermittlung personenbezogener Daten' },
  passed: { en: 'What is passed on', de: 'Übermittelte Angaben' },
  sent: { en: 'We pass on to you:', de: 'Wir übermitteln Ihnen:' },
  ticked: {
    en: 'We also pass on to you what is ticked here. What is not ticked is not enclosed; this says nothing about whether we hold it.',
    de: 'Außerdem übermitteln wir Ihnen die hier angekreuzten Angaben. Was nicht angekreuzt ist, liegt nicht bei; ob solche Daten vorliegen, ist damit nicht gesagt.',
  },
  binding: { en: 'Purpose and handling conditions', de: 'Zweckbindung und Auflagen' },
  purpose: {
    en: 'The data are passed on for this purpose: {}. They may be processed for another purpose only where the law allows it.',
    de: 'Die Daten werden zu folgendem Zweck übermittelt: {}. Zu anderen Zwecken dürfen sie nur verarbeitet werden, soweit das Gesetz es zulässt.',
  },
  purposeOnly: {
    en: 'The data are passed on for this purpose only, and are bound to it: {}.',
    de: 'Die Daten werden nur zu folgendem Zweck übermittelt und sind an ihn gebunden: {}.',
  },
  social: { en: 'Social secrecy (SGB X § 78)', de: 'Sozialgeheimnis (§ 78 SGB X)' },
  told: {
    en: 'These are social data. Under SGB X § 78(1) you may process them only for the purpose for which they were lawfully passed on to you, and you must keep them secret to the same extent as the bodies named in SGB I § 35. A body that is not public tells its staff of these duties before the data reach them, at the latest when they do (SGB X § 78(2)).',
    de: 'Es handelt sich um Sozialdaten. Nach § 78 Abs. 1 SGB X dürfen Sie diese nur zu dem Zweck verarbeiten, zu dem sie Ihnen befugt übermittelt worden sind, und haben sie in demselben Umfang geheim zu halten wie die in § 35 SGB I genannten Stellen. Nicht öffentliche Stellen weisen ihre Beschäftigten vor, spätestens bei der Übermittlung auf diese Pflichten hin (§ 78 Abs. 2 SGB X).',
  },
  signed: { en: 'Signature of who passes on', de: 'Unterschrift für die übermittelnde Stelle' },
} as const satisfies Readonly<Record<string, Labels>>;

const requests: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'to confirm that you received the data and accept the handling conditions',
    'to tell us at once if something is wrong or did not come to you rightly; we shall tell you of corrections, too',
    'to tell us whether you could use the data',
  ],
  de: [
    'den Empfang zu bestätigen und die Auflagen anzunehmen',
    'uns unverzüglich mitzuteilen, wenn Angaben unrichtig sind oder Sie irrtümlich erreicht haben; Berichtigungen teilen auch wir Ihnen mit',
    'uns rückzumelden, ob Sie die Angaben verwenden konnten',
  ],
};

/**
 * The letter that goes with the data (Begleitschreiben). It names what is passed on and binds it to its purpose; what
 * stays in the house is not mentioned. What lacked something is there to tick once it is no longer lacking.
 *
 * @returns null where nothing may be passed on
 */
export function coverLetter(
  assessment: Assessment,
  language: Language,
  names: AgencyNames = new Map(),
): Document | null {
  if (itemsWith(assessment, 'yes', 'only-with').length === 0) return null;
  const words = wordsIn(language, names);
  const body = [
    heading(words.say(wording.passed)),
    ...itemsToName(assessment, words, wording.sent, wording.ticked),
    heading(words.say(wording.binding)),
    purposeBinding(assessment, words),
    ...handling(assessment, words),
    ...socialSecrecy(assessment, words),
    ...asking(requests, words),
  ];
  return letter({ title: wording.title, about: ['yours', 'person'], body, signed: wording.signed }, assessment, words);
}

const purposeBinding = ({ conditions, purpose }: Assessment, words: Words): Part =>
  paragraph(
    words.say(
      conditions.includes('purpose-only') ? wording.purposeOnly : wording.purpose,
      words.code('purpose', purpose),
    ),
  );

/** Whoever receives social data is told that it is bound from now on: SGB X § 78. */
const socialSecrecy = ({ conditions }: Assessment, words: Words): readonly Part[] =>
  conditions.includes('social-secrecy') ? [heading(words.say(wording.social)), paragraph(words.say(wording.told))] : [];
