/** `npm run kill-test [-- count]`: kills the lab in mid-run, 50 times unless told otherwise, and continues each file. */
import { runTrials } from './kill/trials.ts';

const count = Number(process.argv[2] ?? 50);
if (!Number.isInteger(count) || count < 1) {
  console.error('How often? A whole number is expected.');
  process.exit(1);
}

const trials = await runTrials(count, Math.random, (trial) => {
  const what = trial.wasKilled ? `killed after ${trial.delayMs.toFixed(0)} ms` : 'ended before it was killed';
  const wal = trial.hadWal ? 'with a WAL' : 'without a WAL';
  console.log(`${what}, ${trial.iterationsLeft} whole iterations left, ${wal}`);
  for (const fault of trial.faults) console.log(`  FAULT: ${fault}`);
});

const killed = trials.filter(({ wasKilled }) => wasKilled).length;
const faulty = trials.filter(({ faults }) => faults.length > 0).length;
console.log(`${trials.length} runs, ${killed} killed, ${faulty} with faults`);
process.exit(faulty === 0 ? 0 : 1);
