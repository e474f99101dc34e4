import { accessPurpose } from './vocabularies/access-purpose.js';
import { ageBand } from './vocabularies/age-band.js';
import { agencyKind } from './vocabularies/agency-kind.js';
import { automation } from './vocabularies/automation.js';
import { block } from './vocabularies/block.js';
import { channel } from './vocabularies/channel.js';
import { condition } from './vocabularies/condition.js';
import { dataCategory } from './vocabularies/data-category.js';
import { decision } from './vocabularies/decision.js';
import { feedback } from './vocabularies/feedback.js';
import { gateway } from './vocabularies/gateway.js';
import { invalidationCause } from './vocabularies/invalidation-cause.js';
import { itemBasis } from './vocabularies/item-basis.js';
import { legalBasis } from './vocabularies/legal-basis.js';
import { log } from './vocabularies/log.js';
import { missing } from './vocabularies/missing.js';
import { operation } from './vocabularies/operation.js';
import { pack } from './vocabularies/pack.js';
import { purpose } from './vocabularies/purpose.js';
import { refusalReason } from './vocabularies/refusal-reason.js';
import { regime } from './vocabularies/regime.js';
import { reliability } from './vocabularies/reliability.js';
import { remedialAction } from './vocabularies/remedial-action.js';
import { requestKind } from './vocabularies/request-kind.js';
import { role } from './vocabularies/role.js';
import { secrecyClass } from './vocabularies/secrecy-class.js';
import { specialGround } from './vocabularies/special-ground.js';
import { subjectCategory } from './vocabularies/subject-category.js';
import { urgency } from './vocabularies/urgency.js';
import { visibility } from './vocabularies/visibility.js';
import type { Vocabulary } from './vocabulary.js';

/** Every closed list by name. */
export const vocabularies: ReadonlyMap<string, Vocabulary> = new Map(
  [
    accessPurpose,
    ageBand,
    agencyKind,
    automation,
    block,
    channel,
    condition,
    dataCategory,
    decision,
    feedback,
    gateway,
    invalidationCause,
    itemBasis,
    legalBasis,
    log,
    missing,
    operation,
    pack,
    purpose,
    refusalReason,
    regime,
    reliability,
    remedialAction,
    requestKind,
    role,
    secrecyClass,
    specialGround,
    subjectCategory,
    urgency,
    visibility,
  ].map((one) => [one.name, one]),
);
