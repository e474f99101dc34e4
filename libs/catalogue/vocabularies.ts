import { accessPurpose } from './vocabularies/access-purpose.js';
import { admissionGround } from './vocabularies/admission-ground.js';
import { ageBand } from './vocabularies/age-band.js';
import { agencyKind } from './vocabularies/agency-kind.js';
import { agreementEnd } from './vocabularies/agreement-end.js';
import { anonymousOutcome } from './vocabularies/anonymous-outcome.js';
import { attendance } from './vocabularies/attendance.js';
import { auditKind } from './vocabularies/audit-kind.js';
import { automation } from './vocabularies/automation.js';
import { block } from './vocabularies/block.js';
import { breachExemption } from './vocabularies/breach-exemption.js';
import { breachNature } from './vocabularies/breach-nature.js';
import { breachRisk } from './vocabularies/breach-risk.js';
import { breachTarget } from './vocabularies/breach-target.js';
import { channel } from './vocabularies/channel.js';
import { checkNoteOutcome } from './vocabularies/check-note-outcome.js';
import { checkNoteStatus } from './vocabularies/check-note-status.js';
import { closureReason } from './vocabularies/closure-reason.js';
import { component } from './vocabularies/component.js';
import { condition } from './vocabularies/condition.js';
import { consentCapacity } from './vocabularies/consent-capacity.js';
import { consentForm } from './vocabularies/consent-form.js';
import { consentOccasion } from './vocabularies/consent-occasion.js';
import { consentStatus } from './vocabularies/consent-status.js';
import { consultationOutcome } from './vocabularies/consultation-outcome.js';
import { contestant } from './vocabularies/contestant.js';
import { contributionKind } from './vocabularies/contribution-kind.js';
import { controllership } from './vocabularies/controllership.js';
import { correctionCause } from './vocabularies/correction-cause.js';
import { dataCategory } from './vocabularies/data-category.js';
import { decision } from './vocabularies/decision.js';
import { decisionKind } from './vocabularies/decision-kind.js';
import { decisionOutcome } from './vocabularies/decision-outcome.js';
import { deferralOutcome } from './vocabularies/deferral-outcome.js';
import { dpiaOutcome } from './vocabularies/dpia-outcome.js';
import { dpoConsultation } from './vocabularies/dpo-consultation.js';
import { erasureReach } from './vocabularies/erasure-reach.js';
import { erasureReason } from './vocabularies/erasure-reason.js';
import { escalationCause } from './vocabularies/escalation-cause.js';
import { extensionReason } from './vocabularies/extension-reason.js';
import { feedback } from './vocabularies/feedback.js';
import { functionPower } from './vocabularies/function-power.js';
import { gateway } from './vocabularies/gateway.js';
import { identityKind } from './vocabularies/identity-kind.js';
import { indirectOutcome } from './vocabularies/indirect-outcome.js';
import { integrityCheck } from './vocabularies/integrity-check.js';
import { invalidationCause } from './vocabularies/invalidation-cause.js';
import { itemBasis } from './vocabularies/item-basis.js';
import { keyRevocation } from './vocabularies/key-revocation.js';
import { keyUse } from './vocabularies/key-use.js';
import { lackingInput } from './vocabularies/lacking-input.js';
import { lapseCause } from './vocabularies/lapse-cause.js';
import { legalBasis } from './vocabularies/legal-basis.js';
import { legalHoldGround } from './vocabularies/legal-hold-ground.js';
import { log } from './vocabularies/log.js';
import { missing } from './vocabularies/missing.js';
import { noticeArticle } from './vocabularies/notice-article.js';
import { noticeExtent } from './vocabularies/notice-extent.js';
import { notificationCause } from './vocabularies/notification-cause.js';
import { notifiedAs } from './vocabularies/notified-as.js';
import { operation } from './vocabularies/operation.js';
import { pack } from './vocabularies/pack.js';
import { participantRole } from './vocabularies/participant-role.js';
import { policyKind } from './vocabularies/policy-kind.js';
import { postClosureReview } from './vocabularies/post-closure-review.js';
import { purpose } from './vocabularies/purpose.js';
import { recipientOmission } from './vocabularies/recipient-omission.js';
import { refusalReason } from './vocabularies/refusal-reason.js';
import { regime } from './vocabularies/regime.js';
import { regulatorAnswer } from './vocabularies/regulator-answer.js';
import { reliability } from './vocabularies/reliability.js';
import { remedialAction } from './vocabularies/remedial-action.js';
import { remedy } from './vocabularies/remedy.js';
import { requestKind } from './vocabularies/request-kind.js';
import { restrictionCause } from './vocabularies/restriction-cause.js';
import { restrictionGround } from './vocabularies/restriction-ground.js';
import { retentionClass } from './vocabularies/retention-class.js';
import { retentionOutcome } from './vocabularies/retention-outcome.js';
import { reversalCause } from './vocabularies/reversal-cause.js';
import { reviewOutcome } from './vocabularies/review-outcome.js';
import { right } from './vocabularies/right.js';
import { rightsOutcome } from './vocabularies/rights-outcome.js';
import { role } from './vocabularies/role.js';
import { ruleKind } from './vocabularies/rule-kind.js';
import { secrecyClass } from './vocabularies/secrecy-class.js';
import { severity } from './vocabularies/severity.js';
import { specialGround } from './vocabularies/special-ground.js';
import { subjectCategory } from './vocabularies/subject-category.js';
import { supervisoryPower } from './vocabularies/supervisory-power.js';
import { suspensionCause } from './vocabularies/suspension-cause.js';
import { timeUnit } from './vocabularies/time-unit.js';
import { trainingTopic } from './vocabularies/training-topic.js';
import { urgency } from './vocabularies/urgency.js';
import { verdict } from './vocabularies/verdict.js';
import { visibility } from './vocabularies/visibility.js';
import { withdrawalCause } from './vocabularies/withdrawal-cause.js';
import type { Vocabulary } from './vocabulary.js';

/** Every closed list by name. */
export const vocabularies: ReadonlyMap<string, Vocabulary> = new Map(
  [
    accessPurpose,
    admissionGround,
    ageBand,
    agencyKind,
    agreementEnd,
    anonymousOutcome,
    attendance,
    auditKind,
    automation,
    block,
    breachExemption,
    breachNature,
    breachRisk,
    breachTarget,
    channel,
    checkNoteOutcome,
    checkNoteStatus,
    closureReason,
    component,
    condition,
    consentCapacity,
    consentForm,
    consentOccasion,
    consentStatus,
    consultationOutcome,
    contestant,
    contributionKind,
    controllership,
    correctionCause,
    dataCategory,
    decision,
    decisionKind,
    decisionOutcome,
    deferralOutcome,
    dpiaOutcome,
    dpoConsultation,
    erasureReach,
    erasureReason,
    escalationCause,
    extensionReason,
    feedback,
    functionPower,
    gateway,
    identityKind,
    indirectOutcome,
    integrityCheck,
    invalidationCause,
    itemBasis,
    keyRevocation,
    keyUse,
    lackingInput,
    lapseCause,
    legalBasis,
    legalHoldGround,
    log,
    missing,
    noticeArticle,
    noticeExtent,
    notificationCause,
    notifiedAs,
    operation,
    pack,
    participantRole,
    policyKind,
    postClosureReview,
    purpose,
    recipientOmission,
    refusalReason,
    regime,
    regulatorAnswer,
    reliability,
    remedialAction,
    remedy,
    requestKind,
    restrictionCause,
    restrictionGround,
    retentionClass,
    retentionOutcome,
    reversalCause,
    reviewOutcome,
    right,
    rightsOutcome,
    role,
    ruleKind,
    secrecyClass,
    severity,
    specialGround,
    subjectCategory,
    supervisoryPower,
    suspensionCause,
    timeUnit,
    trainingTopic,
    urgency,
    verdict,
    visibility,
    withdrawalCause,
  ].map((one) => [one.name, one]),
);
