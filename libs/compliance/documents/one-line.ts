/** Characters that turn the order of what follows, or cannot be seen at all: they let a text read as another one. */
const deceiving = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]/gu;

const blank = /[\s\p{Cc}]+/gu;

/** Words of Latin letters and common punctuation with one blank between them: nothing to mend. Most texts are. */
const fine = /^[!-~\u00a1-\u024f\u2010-\u2027\u2610]+(?: [!-~\u00a1-\u024f\u2010-\u2027\u2610]+)*$/;

/**
 * A text as one line, so that what somebody wrote can neither begin a line of the document's own nor hide in it. Every
 * visible character stays.
 */
export const oneLine = (text: string): string =>
  fine.test(text) ? text : text.toWellFormed().replace(deceiving, '').replace(blank, ' ').trim();
