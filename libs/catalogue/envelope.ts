import { AttachedAssessment } from './attached-assessment.js';
import { Optional, fieldsOf } from './field.js';
import { code, date, type Kind, nested, reference, text, traceparent, uuid } from './kind.js';
import type { Given } from './missing.js';
import { isObject } from './reading.js';
import { ageBand } from './vocabularies/age-band.js';
import { pack } from './vocabularies/pack.js';
import { regime } from './vocabularies/regime.js';
import { subjectCategory } from './vocabularies/subject-category.js';
import { visibility } from './vocabularies/visibility.js';

/** Who filled each field: a default of a template, or a person. */
const origins: Kind<Readonly<Record<string, string>>> = {
  accepts: (value, owner) =>
    isObject(value) &&
    Object.entries(value).every(([name, by]) => fieldsOf(owner).has(name) && (by === 'default' || by === 'person')),
  expects: 'names of fields of this type, each with "default" or "person"',
  schema: { type: 'object', additionalProperties: { type: 'string', enum: ['default', 'person'] } },
};

/**
 * What every entry of the log `entries` may say beside its own fields. A type that needs one declares it again as
 * required. The agency itself is the statement's issuer and never stands in the data.
 */
export class Envelope {
  @Optional('reasons', text(1000), 'Why it was recorded more than 24 hours after it occurred.')
  readonly lateReason?: Given<string>;

  @Optional('terms', reference, 'Unit of the recording agency; never a person.')
  readonly unit?: Given<string>;

  @Optional('staff', reference, 'Who acted.')
  readonly actor?: Given<string>;

  @Optional('staff', reference, 'In which function.')
  readonly actorFunction?: Given<string>;

  @Optional('staff', reference)
  readonly onBehalfOf?: Given<string>;

  @Optional('terms', code(regime), 'Data protection regime of the recording agency for this act.')
  readonly regime?: Given<string>;

  @Optional('terms', code(pack), 'Rule pack of the recording agency.')
  readonly pack?: Given<string>;

  @Optional('people', reference, "Pairwise pseudonym of the case. Found through the vault's blind index.")
  readonly case?: Given<string>;

  @Optional(
    'people',
    reference,
    "Pairwise pseudonym of the one person concerned. Found through the vault's blind index.",
  )
  readonly subject?: Given<string>;

  @Optional('people', code(subjectCategory))
  readonly subjectCategory?: Given<string>;

  @Optional('people', code(ageBand))
  readonly ageBand?: Given<string>;

  @Optional('terms', reference, 'Processing activity of the register, activity@version.')
  readonly activity?: Given<string>;

  @Optional('terms', reference, 'agreement@version.')
  readonly agreement?: Given<string>;

  @Optional('terms', reference, 'Case conference in which it happened.')
  readonly conference?: Given<string>;

  @Optional('terms', uuid, 'Id of the entry this one follows from.')
  readonly causedBy?: Given<string>;

  @Optional('terms', nested(AttachedAssessment), 'Assessment of the recording agency that it followed.')
  readonly assessment?: Given<AttachedAssessment>;

  @Optional('terms', traceparent)
  readonly traceparent?: Given<string>;

  @Optional('terms', code(visibility), 'When the person concerned may learn of the entry.')
  readonly visibility?: Given<string>;

  @Optional('terms', date, 'Until when, where visibility is deferred-until.')
  readonly hiddenUntil?: Given<string>;

  @Optional('terms', origins, 'Which fields a default filled and which a person.')
  readonly by?: Given<Readonly<Record<string, string>>>;
}
