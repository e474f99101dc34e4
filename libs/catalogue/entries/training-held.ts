import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, count, date, flag, list, nested, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { trainingTopic } from '../vocabularies/training-topic.js';

/** How many of one function took part. There is no field for who: training is never a record of a person. */
export class TrainedFunction {
  @Required('terms', reference, 'Function, as a role is defined in the registry.')
  readonly functionName: Given<string>;

  @Required('terms', count)
  readonly participants: Given<number>;
}

/** GDPR 39(1)(b), LED 34(b); recommendation 5 of the issue paper. */
export class TrainingHeld extends Envelope {
  @Required('terms', code(trainingTopic))
  readonly topic: Given<string>;

  @Required('terms', date)
  readonly heldOn: Given<string>;

  @Required('terms', list(nested(TrainedFunction), 1))
  readonly audience: Given<readonly TrainedFunction[]>;

  @Optional('terms', count, 'Length in minutes.')
  readonly minutes?: Given<number>;

  @Optional('terms', flag, 'Bodies of the network took part together.')
  readonly joint?: Given<boolean>;
}

export const trainingHeld: EntryType = {
  name: 'TrainingHeld',
  title: { en: 'Training held', de: 'Schulung durchgeführt' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: TrainingHeld,

  sentence(terms, language) {
    const topic = label(trainingTopic, terms['topic'], language);
    const on = said(terms['heldOn'], language);
    return language === 'de' ? `Schulung durchgeführt am ${on}: ${topic}.` : `Training held on ${on}: ${topic}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000417',
    type: 'TrainingHeld',
    occurredAt: '2026-02-11T15:00:00.000Z',
    data: {
      topic: 'information-sharing',
      heldOn: '2026-02-11',
      audience: [
        { functionName: 'case worker', participants: 14 },
        { functionName: 'head of office', participants: 2 },
      ],
      minutes: 180,
      joint: true,
    },
  },
};
