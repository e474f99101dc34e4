import { millisecondsOf, type Instant } from '#kernel';

const millisecondsPerDay = 86_400_000;

/** Whole days of 24 hours until something is due; below zero once it is over. */
export const daysLeft = (now: Instant, due: Instant): number =>
  Math.floor((millisecondsOf(due) - millisecondsOf(now)) / millisecondsPerDay);
