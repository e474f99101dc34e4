import { isHidden } from '#catalogue';
import { type Flag, flag } from './views.js';

export { afterDay, always, laterOf, never, openSince } from '#catalogue';

/** Whether others' views leave an entry out, as a column says it. */
export const hidden = (entry: Parameters<typeof isHidden>[0]): Flag => flag(isHidden(entry));
