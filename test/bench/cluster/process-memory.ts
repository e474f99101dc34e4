import { readFileSync } from 'node:fs';
import type { ServiceProcess } from '../../support/service-process.js';

/** Resident memory of a process in MiB, now and the most there ever was. */
export function memoryOf({ pid }: ServiceProcess): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
}
