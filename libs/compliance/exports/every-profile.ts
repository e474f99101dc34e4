import type { ExportProfile } from './export-profile.js';
import { x01 } from './profiles/x01.js';
import { x02 } from './profiles/x02.js';
import { x03 } from './profiles/x03.js';
import { x04 } from './profiles/x04.js';
import { x05 } from './profiles/x05.js';
import { x06 } from './profiles/x06.js';
import { x07 } from './profiles/x07.js';
import { x08 } from './profiles/x08.js';
import { x09 } from './profiles/x09.js';
import { x10 } from './profiles/x10.js';

/** Adding a profile is adding its file and a line here. */
export const everyProfile: ReadonlyMap<string, ExportProfile> = new Map(
  [x01, x02, x03, x04, x05, x06, x07, x08, x09, x10].map((profile) => [profile.id, profile]),
);
