/** `npm run corpus`: opens every mutated database as the app does and counts what came of it. */
import { parseArgs } from 'node:util';

import { groupBy } from '../src/lib/groupBy.ts';
import { corpus, selection } from '../src/testing/corpus/corpus.ts';
import { openFileWriter } from '../src/testing/corpus/mutants.ts';
import { Trial, type Tried } from '../src/testing/corpus/tryMutant.ts';
import { setup } from './engine/engineForTests.ts';

const { values } = parseArgs({
  options: {
    kind: { type: 'string' },
    name: { type: 'string' },
    each: { type: 'string' },
    part: { type: 'string', default: '1/1' },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  console.log(`npm run corpus -- [--kind WORDS] [--name WORDS] [--each N] [--part I/N] [--verbose]

Opens mutated databases in the engine of the browser, each beside a sound one, and asks every question of every screen.
Prints the count of each outcome, and every fault with what went wrong. Exit status 1 where there is a fault.

--kind, --name  only mutants of which kind or name holds these words
--each N        at most N of each kind
--part I/N      the I-th of N parts, for several processes
--verbose       every mutant with its outcome`);
  process.exit(0);
}

await setup();
const writer = await openFileWriter();
const [part = 1, parts = 1] = values.part.split('/').map(Number);
const wanted = corpus(writer).filter(
  ({ kind, name }) => kind.includes(values.kind ?? '') && name.includes(values.name ?? ''),
);
const chosen = (values.each === undefined ? wanted : selection(wanted, Number(values.each))).filter(
  (_, i) => i % parts === part - 1,
);
console.log(`${chosen.length} mutated databases`);
const trial = new Trial(writer);

const tried: Tried[] = [];
for (const mutant of chosen) {
  const result = await trial.try(mutant);
  tried.push(result);
  const { outcome, isFault, detail, seconds } = result;
  if (isFault || values.verbose) {
    const mark = isFault ? 'FAULT' : '     ';
    console.log(
      `${mark} ${outcome} (${seconds.toFixed(1)} s): ${mutant.kind}, ${mutant.name}\n      ${detail.slice(0, 400)}`,
    );
  }
  if (tried.length % 100 === 0) console.log(`${tried.length} of ${chosen.length}`);
}
trial.close();
await writer.close();

const count = (of: (result: Tried) => string): void => {
  const groups = [...groupBy(tried, of)].sort(([, a], [, b]) => b.length - a.length);
  for (const [word, { length }] of groups) console.log(`${String(length).padStart(6)}  ${word}`);
};
console.log('\nOutcomes');
count(({ outcome }) => outcome);
console.log('\nKinds');
count(({ mutant }) => mutant.kind);
const faults = tried.filter(({ isFault }) => isFault).length;
const slowest = Math.max(...tried.map(({ seconds }) => seconds));
console.log(`\n${tried.length} tried, ${faults} faults, the slowest took ${slowest.toFixed(1)} s`);
process.exit(faults === 0 ? 0 : 1);
