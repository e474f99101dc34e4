/** Rule packs that come with the ledger, by code, each with its version. It is raised with what a pack says. */
export const shippedPackVersions = {
  'EU-GDPR': 2,
  'EU-LED': 1,
  'DE-SGB': 1,
  'DE-NW': 1,
  'DE-NATSEC': 2,
  'DE-BDSG3': 1,
} as const;

/**
 * Numbers up to this one are for packs that come with the ledger, now and in releases to come; networks number what they
 * publish above it. So a version is one text, whichever was there first.
 */
export const highestShippedVersion = 1000;
