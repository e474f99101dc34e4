import { agencyAdmitted } from './entries/agency-admitted.js';
import { disclosureInvalidated } from './entries/disclosure-invalidated.js';
import { disclosureReceived } from './entries/disclosure-received.js';
import { exportIssued } from './entries/export-issued.js';
import { feedbackGiven } from './entries/feedback-given.js';
import { informationConsulted } from './entries/information-consulted.js';
import { informationDisclosed } from './entries/information-disclosed.js';
import { informationRequested } from './entries/information-requested.js';
import { ledgerAccessed } from './entries/ledger-accessed.js';
import { processingOperationLogged } from './entries/processing-operation-logged.js';
import { recipientActionConfirmed } from './entries/recipient-action-confirmed.js';
import { requestAcknowledged } from './entries/request-acknowledged.js';
import { requestDecided } from './entries/request-decided.js';
import type { EntryType } from './entry-type.js';

/** Every type an entry can have, by name. A new type is a file in `entries/`, its import and a line here. */
export const entryTypes: ReadonlyMap<string, EntryType> = new Map(
  [
    agencyAdmitted,
    informationRequested,
    requestAcknowledged,
    requestDecided,
    informationDisclosed,
    disclosureReceived,
    feedbackGiven,
    disclosureInvalidated,
    recipientActionConfirmed,
    informationConsulted,
    processingOperationLogged,
    ledgerAccessed,
    exportIssued,
  ].map((type) => [type.name, type]),
);
