/**
 * Published figures the simulated network follows: Home Office, official statistics "Individuals referred to and
 * supported through the Prevent Programme", England and Wales, year to 31 March 2024. 6,922 referrals, of them 2,788
 * from education and 1,921 from the police; 893 discussed at a multi-agency panel, 512 adopted as a case.
 */
export const published = {
  referralsAYear: 6922,
  fromEducation: 2788 / 6922,
  fromPolice: 1921 / 6922,
  discussedAtPanel: 893 / 6922,
  adoptedAsCase: 512 / 6922,
} as const;

/**
 * How the year's referrals spread over its months, January first. No figures by month are published; these weights are
 * assumed: fewer in the school holidays of summer and at Christmas, because schools refer most.
 */
export const monthWeights = [8.8, 8.8, 9.6, 7.6, 8.8, 8.6, 6.2, 5.8, 9.2, 8.8, 9.8, 8] as const;

/** Who refers beside education and police. Assumed. */
export const otherReferrers = {
  'jugendamt.example': 9,
  'klinik.example': 6,
  'jva.example': 5,
  'bewaehrungshilfe.example': 4,
  'ausstieg.example': 4,
  'verfassungsschutz.example': 4,
} as const;

/**
 * What an exchange is about. Panels stand to referrals as published; how much work follows on each adopted case is
 * assumed.
 */
export const kindWeights = {
  referral: 1,
  panel: published.discussedAtPanel,
  request: 0.95,
  unasked: 0.22,
} as const;

/** Shares of what usually happens. Assumed, as nothing is published about it. */
export const usual = {
  minors: 0.42,
  referralScreened: 0.6,
  decidedAtAll: 0.97,
  recordsConsulted: 0.7,
  receiptRecorded: 0.92,
  feedbackGiven: 0.65,
  keptByRecipient: 0.4,
  furtherRecipient: 0.15,
  partsLater: 0.08,
  passedOn: 0.05,
  /** against one that is passed on */
  permissionRefused: 0.2,
  invalidated: 0.03,
  confirmed: 0.8,
  statedMissing: 0.02,
  /** of notices to the person concerned */
  noticeDeferred: 0.08,
} as const;

export const decisionWeights = {
  'grant-full': 52,
  'grant-partial': 21,
  refuse: 13,
  'not-held': 6,
  redirect: 4,
  defer: 2,
  'oral-only': 2,
} as const;

export const urgencyWeights = { normal: 82, urgent: 15, 'imminent-danger': 3 } as const;

export const feedbackWeights = { used: 56, 'not-used': 20, wrong: 6, 'needs-more': 18 } as const;

/**
 * Rules broken on purpose, so that a ledger has something to find. Each share is of the entries it can happen to; the
 * ids are those of the rules it breaks. What the shares of {@link usual} leave out breaks rules, too: receipts (LOG-04,
 * CON-01), feedback (FBK-01), confirmations (QUA-02), decisions (REQ-02).
 */
export const broken = {
  /** LAW-01, of all disclosures: no power to transmit is cited */
  noTransmitBasis: 0.025,
  /** LAW-02, of all disclosures: no power to collect is cited */
  noCollectBasis: 0.03,
  /** LAW-04, of disclosures into another regime: no provision allows it */
  regimeChangeUncovered: 0.06,
  /** SPC-01, of disclosures with special categories: no ground */
  specialWithoutGround: 0.06,
  /** SPC-02, of items about third persons: no reason */
  thirdPersonUnjustified: 0.1,
  /** SEC-01, of disclosures from a source bound by secrecy: no ground for lifting it */
  secrecyNotLifted: 0.05,
  /** SOC-03, of disclosures of social data: the recipient is not told that it is bound */
  socialSecrecyNotTold: 0.06,
  /** CHD-01, of entries about a minor that must tell the age band: it is missing */
  ageBandMissing: 0.05,
  /** NEC-01, of answers to a request: one item more than was granted */
  moreThanGranted: 0.03,
  /** QUA-01, of items: no reliability */
  reliabilityMissing: 0.07,
  /** CON-02, of what is passed on: its originator was not asked */
  passedOnUnasked: 0.3,
  /** MRK-01, of police items: the marking is lost */
  markingLost: 0.06,
  /** REQ-02, of first decisions: after 10 working days, 1 when urgent, an hour in imminent danger */
  decisionOverdue: 0.16,
  /** DEC-02, of refused items: no provision */
  refusalWithoutProvision: 0.18,
  /** AUT-01, of decisions: by a tool alone */
  decidedByTool: 0.006,
  /** LOG-01, of disclosures and consultations: no justification */
  unjustified: 0.02,
  /** LOG-02, of disclosures and consultations: nobody named who acted */
  actorMissing: 0.012,
  /** INT-03, of receipts: what arrived differs from what was sent */
  manifestDiffers: 0.02,
  /** CON-01, of receipts: one of several conditions is not accepted */
  conditionRejected: 0.04,
  /** LOG-03, of all entries: recorded late and no reason given */
  lateWithoutReason: 0.04,
} as const;
