/** Characters that turn the order of what follows, or cannot be seen at all: they let a text read as another one. */
const deceiving = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]/gu;

const blank = /[\s\p{Cc}]+/gu;

/**
 * A text as one line, so that what somebody wrote can neither begin a line of the document's own nor hide in it. Every
 * visible character stays.
 */
export const oneLine = (text: string): string => text.toWellFormed().replace(deceiving, '').replace(blank, ' ').trim();
