/** For whom an operation is. Their order is the order of the document. */
export const tags = {
  agencies: 'Agencies',
  officers: 'Data protection officers',
  regulators: 'Regulators',
  verification: 'Verification',
  operation: 'Operation',
} as const;

export const tagDescriptions: Readonly<Record<(typeof tags)[keyof typeof tags], string>> = {
  Agencies: 'Record what happened between agencies, read it, and see what waits.',
  'Data protection officers':
    'What was passed on, to whom, on which ground, and who looked. Folds of block `terms` alone.',
  Regulators: 'Trails that can be verified offline, without trusting the ledger or whoever runs it.',
  Verification: 'What everybody checks the ledger by: proofs, checkpoints and tiles (C2SP tlog-tiles).',
  Operation: 'For whoever runs the ledger or writes software for it.',
};
