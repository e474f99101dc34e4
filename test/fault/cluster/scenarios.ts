import { killedProcesses } from './f01-killed-processes.js';
import { lostAnswers } from './f02-lost-answers.js';
import { lostLeader } from './f03-lost-leader.js';
import { partitions } from './f04-partitions.js';
import { racingLedgers } from './f05-racing-ledgers.js';
import { fullDisks } from './f06-full-disks.js';
import { wrongClocks } from './f07-wrong-clocks.js';
import { slowReaders } from './f08-slow-readers.js';
import { poisonEntry } from './f09-poison-entry.js';
import { repeatedRecords } from './f10-repeated-records.js';
import { olderViews } from './f11-older-views.js';
import { tamperedStore } from './f12-tampered-store.js';
import { rebuiltViews } from './f13-rebuilt-views.js';
import { lostReplica } from './f14-lost-replica.js';
import type { Scenario } from './scenario.js';

/** In the order in which the short form performs them on one cluster. */
export const scenarios: readonly Scenario[] = [
  killedProcesses,
  lostAnswers,
  lostLeader,
  partitions,
  racingLedgers,
  fullDisks,
  slowReaders,
  poisonEntry,
  repeatedRecords,
  olderViews,
  rebuiltViews,
  lostReplica,
  wrongClocks,
  tamperedStore,
];
