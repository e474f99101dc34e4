import type { Command } from 'commander';
import type { Environment } from './ledger-settings.js';

/** `nachweis demo`: the main job from start to end on a fresh folder. */
export function registerDemo(program: Command, environment: Environment): void {
  program
    .command('demo')
    .description('start a ledger on a fresh folder and show the main job from start to end')
    .option('--exchanges <count>', 'how many exchanges the simulated year has', '250')
    .option('--seed <text>', 'what the simulation starts from', '2026')
    .option('--folder <folder>', 'where everything goes; emptied first', 'demo-data')
    .action(async (options: { exchanges: string; seed: string; folder: string }) => {
      const { showMainJob } = await import('./demo/show-main-job.js');
      process.exitCode = await showMainJob(options, environment);
    });
}
