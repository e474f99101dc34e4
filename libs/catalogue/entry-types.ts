import { agencyAdmitted } from './entries/agency-admitted.js';
import { agencySuspended } from './entries/agency-suspended.js';
import { agreementAdopted } from './entries/agreement-adopted.js';
import { agreementAmended } from './entries/agreement-amended.js';
import { agreementTerminated } from './entries/agreement-terminated.js';
import { anonymousConsultationHeld } from './entries/anonymous-consultation-held.js';
import { attendanceRecorded } from './entries/attendance-recorded.js';
import { auditPerformed } from './entries/audit-performed.js';
import { breachAssessed } from './entries/breach-assessed.js';
import { breachClosed } from './entries/breach-closed.js';
import { breachDetected } from './entries/breach-detected.js';
import { breachNotified } from './entries/breach-notified.js';
import { caseClosed } from './entries/case-closed.js';
import { caseOpened } from './entries/case-opened.js';
import { caseReviewed } from './entries/case-reviewed.js';
import { checkNoteAssessed } from './entries/check-note-assessed.js';
import { checkNoteRaised } from './entries/check-note-raised.js';
import { clarificationAsked } from './entries/clarification-asked.js';
import { clarificationGiven } from './entries/clarification-given.js';
import { conditionsAccepted } from './entries/conditions-accepted.js';
import { conferenceConvened } from './entries/conference-convened.js';
import { conferenceDecisionRecorded } from './entries/conference-decision-recorded.js';
import { consentRecorded } from './entries/consent-recorded.js';
import { consentWithdrawn } from './entries/consent-withdrawn.js';
import { contributionDeclined } from './entries/contribution-declined.js';
import { contributionRecorded } from './entries/contribution-recorded.js';
import { dataSubjectInformed } from './entries/data-subject-informed.js';
import { decisionContested } from './entries/decision-contested.js';
import { decisionRecorded } from './entries/decision-recorded.js';
import { decisionReversed } from './entries/decision-reversed.js';
import { deferralReviewed } from './entries/deferral-reviewed.js';
import { disclosureInvalidated } from './entries/disclosure-invalidated.js';
import { disclosureReceived } from './entries/disclosure-received.js';
import { dpiaRecorded } from './entries/dpia-recorded.js';
import { emergencyDisclosureJustified } from './entries/emergency-disclosure-justified.js';
import { entryCorrected } from './entries/entry-corrected.js';
import { erasureExecuted } from './entries/erasure-executed.js';
import { exportIssued } from './entries/export-issued.js';
import { feedbackGiven } from './entries/feedback-given.js';
import { feedbackSheetApproved } from './entries/feedback-sheet-approved.js';
import { identityResolved } from './entries/identity-resolved.js';
import { indirectAccessAnswered } from './entries/indirect-access-answered.js';
import { indirectAccessRequested } from './entries/indirect-access-requested.js';
import { informationConsulted } from './entries/information-consulted.js';
import { informationDisclosed } from './entries/information-disclosed.js';
import { informationRequested } from './entries/information-requested.js';
import { integrityVerified } from './entries/integrity-verified.js';
import { jointAssessmentRecorded } from './entries/joint-assessment-recorded.js';
import { keyRegistered } from './entries/key-registered.js';
import { keyRevoked } from './entries/key-revoked.js';
import { keyRotated } from './entries/key-rotated.js';
import { ledgerAccessed } from './entries/ledger-accessed.js';
import { legalHoldPlaced } from './entries/legal-hold-placed.js';
import { legalHoldReleased } from './entries/legal-hold-released.js';
import { logPruned } from './entries/log-pruned.js';
import { minutesApproved } from './entries/minutes-approved.js';
import { notificationDeferred } from './entries/notification-deferred.js';
import { onwardSharingPermitted } from './entries/onward-sharing-permitted.js';
import { onwardSharingRefused } from './entries/onward-sharing-refused.js';
import { originatorConsentAnswered } from './entries/originator-consent-answered.js';
import { originatorConsentAsked } from './entries/originator-consent-asked.js';
import { participantAdded } from './entries/participant-added.js';
import { participantRemoved } from './entries/participant-removed.js';
import { policyPublished } from './entries/policy-published.js';
import { postClosureReviewed } from './entries/post-closure-reviewed.js';
import { priorConsultationRecorded } from './entries/prior-consultation-recorded.js';
import { processingActivityRegistered } from './entries/processing-activity-registered.js';
import { processingOperationLogged } from './entries/processing-operation-logged.js';
import { recipientActionConfirmed } from './entries/recipient-action-confirmed.js';
import { recipientNotified } from './entries/recipient-notified.js';
import { regulatorRequestAnswered } from './entries/regulator-request-answered.js';
import { regulatorRequestReceived } from './entries/regulator-request-received.js';
import { requestAcknowledged } from './entries/request-acknowledged.js';
import { requestDecided } from './entries/request-decided.js';
import { requestEscalated } from './entries/request-escalated.js';
import { requestLapsed } from './entries/request-lapsed.js';
import { requestWithdrawn } from './entries/request-withdrawn.js';
import { restrictionApplied } from './entries/restriction-applied.js';
import { restrictionLifted } from './entries/restriction-lifted.js';
import { retentionReviewed } from './entries/retention-reviewed.js';
import { rightsRequestDecided } from './entries/rights-request-decided.js';
import { rightsRequestExtended } from './entries/rights-request-extended.js';
import { rightsRequestFulfilled } from './entries/rights-request-fulfilled.js';
import { rightsRequestReceived } from './entries/rights-request-received.js';
import { roleDefined } from './entries/role-defined.js';
import { rulePackPublished } from './entries/rule-pack-published.js';
import { sealedEntryRecorded } from './entries/sealed-entry-recorded.js';
import { secrecyReleaseRecorded } from './entries/secrecy-release-recorded.js';
import { systemOutageRecorded } from './entries/system-outage-recorded.js';
import { trainingHeld } from './entries/training-held.js';
import type { EntryType } from './entry-type.js';

/** Every type an entry can have, by name. A new type is a file in `entries/`, its import and a line here. */
export const entryTypes: ReadonlyMap<string, EntryType> = new Map(
  [
    agencyAdmitted,
    agencySuspended,
    agreementAdopted,
    agreementAmended,
    agreementTerminated,
    processingActivityRegistered,
    dpiaRecorded,
    priorConsultationRecorded,
    policyPublished,
    rulePackPublished,
    roleDefined,
    keyRegistered,
    keyRotated,
    keyRevoked,
    logPruned,
    informationRequested,
    requestAcknowledged,
    clarificationAsked,
    clarificationGiven,
    requestEscalated,
    requestWithdrawn,
    requestLapsed,
    anonymousConsultationHeld,
    requestDecided,
    informationDisclosed,
    disclosureReceived,
    conditionsAccepted,
    feedbackGiven,
    onwardSharingPermitted,
    onwardSharingRefused,
    disclosureInvalidated,
    recipientNotified,
    recipientActionConfirmed,
    informationConsulted,
    processingOperationLogged,
    entryCorrected,
    caseOpened,
    caseReviewed,
    caseClosed,
    participantAdded,
    participantRemoved,
    postClosureReviewed,
    conferenceConvened,
    attendanceRecorded,
    contributionRecorded,
    contributionDeclined,
    jointAssessmentRecorded,
    conferenceDecisionRecorded,
    feedbackSheetApproved,
    minutesApproved,
    decisionRecorded,
    decisionContested,
    decisionReversed,
    consentRecorded,
    consentWithdrawn,
    secrecyReleaseRecorded,
    emergencyDisclosureJustified,
    dataSubjectInformed,
    notificationDeferred,
    deferralReviewed,
    rightsRequestReceived,
    rightsRequestExtended,
    rightsRequestDecided,
    rightsRequestFulfilled,
    indirectAccessRequested,
    indirectAccessAnswered,
    originatorConsentAsked,
    originatorConsentAnswered,
    restrictionApplied,
    restrictionLifted,
    breachDetected,
    breachAssessed,
    breachNotified,
    breachClosed,
    ledgerAccessed,
    identityResolved,
    exportIssued,
    regulatorRequestReceived,
    regulatorRequestAnswered,
    checkNoteRaised,
    checkNoteAssessed,
    auditPerformed,
    trainingHeld,
    retentionReviewed,
    legalHoldPlaced,
    legalHoldReleased,
    erasureExecuted,
    integrityVerified,
    systemOutageRecorded,
    sealedEntryRecorded,
  ].map((type) => [type.name, type]),
);
