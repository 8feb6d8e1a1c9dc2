/** Opens a mutant as the app does, beside a sound file, asks the questions of the screens, and says what came of it. */
import { explainFailure } from '../../data/questionFailure.ts';
import { Session } from '../../data/session/session.ts';
import { EngineError } from '../../engine/errors.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import type { FileId } from '../../lib/ids.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { runList } from '../../queries/runList.ts';
import { ask } from '../ask.ts';
import { everyQuestion } from '../askEverything.ts';
import { EngineProcesses } from './engineProcesses.ts';
import type { BaseLayout, Mutant, FileWriter } from './mutants.ts';

interface Outcome {
  /** `refused: truncated`, `usable`, or a fault. */
  readonly outcome: string;
  /** What the reader is told, or what went wrong. */
  readonly detail: string;
}

export interface Tried extends Outcome {
  readonly mutant: Mutant;
  readonly isFault: boolean;
  readonly seconds: number;
}

/** Undefined: answered, or not where the file is damaged. */
type OfQuestion = (name: string, answer: () => Promise<unknown>) => Promise<Outcome | undefined>;

/** Said to the reader each time; another engine stands, and the file beside answers there. */
const endsEngine = 'a question ends the engine, the other file answers';
const soundOutcomes = new Set(['usable', 'usable where it is not damaged', endsEngine]);

/** Opening takes at most 20 s for a file and 20 for its views, and then the sound one is opened again. */
const openLimitMs = 90_000;
const questionLimitMs = 60_000;

/** Costs and counts of the lists, by what they are of. */
type Numbers = Readonly<Record<string, string>>;

export class Trial {
  readonly #engines = new EngineProcesses();
  readonly #writer: FileWriter;
  readonly #isBrief: boolean;
  readonly #truths = new Map<BaseLayout, Promise<Numbers>>();

  /** `brief`: the questions of the lists alone. */
  constructor(writer: FileWriter, brief = false) {
    this.#writer = writer;
    this.#isBrief = brief;
  }

  async try(mutant: Mutant): Promise<Tried> {
    const files = await mutant.make();
    const sound = await this.#truthOf('B-V5');
    const since = performance.now();
    const result = await this.#withSession([this.#soundFile('B-V5', 'sound.db'), ...files], (session) =>
      this.#outcome(session, mutant, sound),
    );
    const seconds = (performance.now() - since) / 1000;
    const isRight = soundOutcomes.has(result.outcome) || result.outcome.startsWith('refused: ');
    const isFault = !isRight || mutant.mustBe?.includes(result.outcome) === false;
    return { ...result, mutant, isFault, seconds };
  }

  close(): void {
    this.#engines.close();
  }

  /** Opens the files in a session of its own; `hang: opening` where that does not end. */
  async #withSession<T>(
    files: readonly File[],
    work: (session: Session) => Promise<T>,
  ): Promise<T | Outcome> {
    let isOver = false;
    const boot = (): Promise<BrowserEngine> =>
      isOver ? Promise.reject(new EngineError('cancelled', 'over', '')) : this.#engines.boot();
    const session = new Session(boot);
    session.start();
    try {
      await within(openLimitMs, session.openFiles(files));
      return await work(session);
    } catch (failure) {
      if (failure !== late) throw failure;
      return { outcome: 'hang: opening', detail: '' };
    } finally {
      isOver = true;
      this.#engines.letGo();
    }
  }

  async #outcome(session: Session, mutant: Mutant, sound: Numbers): Promise<Outcome> {
    const { files, alerts } = session.getState();
    const soundFile = files.find(({ name }) => name === 'sound.db');
    const isOtherSound = async (): Promise<boolean> => {
      if (soundFile === undefined) return false;
      const numbers = within(questionLimitMs, numbersOf(session, soundFile.fileId));
      return isSame(await numbers.catch(() => undefined), sound);
    };
    const told = alerts.map(({ refusal }) => refusal);
    if (!(await isOtherSound())) {
      return { outcome: 'the other file is lost', detail: told.map(({ what }) => what).join(' ') };
    }
    const mutated = files.find((file) => file !== soundFile);
    if (mutated !== undefined) return this.#asked(session, mutant, mutated.fileId, isOtherSound);
    const refusal = told.find(({ warning }) => warning !== true) ?? told[0];
    return refusal === undefined
      ? { outcome: 'nothing is said', detail: '' }
      : { outcome: `refused: ${refusal.code}`, detail: `${refusal.what} ${refusal.why}` };
  }

  async #asked(
    session: Session,
    mutant: Mutant,
    file: FileId,
    isOtherSound: () => Promise<boolean>,
  ): Promise<Outcome> {
    let damaged: string | undefined;
    const ofQuestion: OfQuestion = async (name, answer) => {
      try {
        await within(questionLimitMs, answer());
      } catch (failure) {
        if (failure === late) return { outcome: 'hang: a question', detail: name };
        const detail = `${name}: ${String(failure)}`;
        const code = failure instanceof Error ? explainFailure(failure).code : undefined;
        if (code === 'engine-crashed' && (await isOtherSound()))
          return { outcome: isTold(session) ? endsEngine : 'nobody is told that the engine ended', detail };
        if (code !== 'truncated') return { outcome: 'a question failed', detail };
        damaged ??= detail;
      }
      return undefined;
    };
    let differing: string | undefined;
    const failed =
      (await ofQuestion('lists', async () => {
        differing = await this.#wrongNumber(session, mutant, file);
      })) ?? (this.#isBrief ? undefined : await this.#everyQuestion(session, file, ofQuestion));
    if (failed !== undefined) return failed;
    if (differing !== undefined) return { outcome: 'wrong number', detail: differing };
    return damaged === undefined
      ? { outcome: 'usable', detail: '' }
      : { outcome: 'usable where it is not damaged', detail: damaged };
  }

  async #everyQuestion(session: Session, file: FileId, ofQuestion: OfQuestion): Promise<Outcome | undefined> {
    let questions: Awaited<ReturnType<typeof everyQuestion>> = [];
    const failed = await ofQuestion('what is there', async () => {
      questions = await session.ask((engine) => everyQuestion(engine, file), new AbortController().signal);
    });
    if (failed !== undefined) return failed;
    for (const [name, answer] of questions) {
      const outcome = await ofQuestion(name, answer);
      if (outcome !== undefined) return outcome;
    }
    return undefined;
  }

  async #wrongNumber(session: Session, { truth, name }: Mutant, file: FileId): Promise<string | undefined> {
    const numbers = await numbersOf(session, file);
    if (truth === 'its own') return undefined;
    const known = await this.#truthOf(name.startsWith('A1') ? 'A1' : 'B-V5');
    const mayBeUnknown = truth === 'same or unknown';
    const differing = Object.entries(known).filter(([what, value]) => {
      const found = numbers[what];
      return found !== value && !(mayBeUnknown && (found === undefined || found === 'unknown'));
    });
    return differing.length === 0
      ? undefined
      : differing.map(([what, value]) => `${what}: ${numbers[what] ?? 'missing'}, not ${value}`).join('; ');
  }

  #soundFile(layout: BaseLayout, name: string): File {
    return new File([this.#writer.sound.get(layout) ?? new Uint8Array()], name);
  }

  /** What the sound database of a layout says. */
  #truthOf(layout: BaseLayout): Promise<Numbers> {
    const known = this.#truths.get(layout);
    if (known !== undefined) return known;
    const learned = this.#withSession([this.#soundFile(layout, 'truth.db')], (session) => {
      const [file] = session.getState().files;
      if (file === undefined) throw new Error(JSON.stringify(session.getState().alerts));
      return numbersOf(session, file.fileId);
    }).then((numbers) => {
      if ('outcome' in numbers) throw new Error('the sound database does not open');
      return numbers;
    });
    this.#truths.set(layout, learned);
    return learned;
  }
}

function numbersOf(session: Session, fileId: FileId): Promise<Numbers> {
  return session.ask(async (engine) => {
    const experiments = await ask(engine, experimentList, { fileId });
    const runs = await ask(engine, runList, { fileId, withOrphans: true });
    const say = (value: bigint | number | undefined): string =>
      value === undefined ? 'unknown' : String(value);
    return Object.fromEntries([
      ...experiments.flatMap((each) => [
        [`${each.experimentId} first cost`, say(each.firstCostCents)],
        [`${each.experimentId} final cost`, say(each.finalCostCents)],
        [`${each.experimentId} best cost`, say(each.bestCostCents)],
      ]),
      ...runs.flatMap((each) => [
        [`${each.simulationId} cost`, say(each.totalCostCents)],
        [`${each.simulationId} arrivals`, say(each.arrivals)],
        [`${each.simulationId} settlements`, say(each.settlements)],
      ]),
    ]) as Numbers;
  }, new AbortController().signal);
}

/** The page says that another engine stands, and with which files. */
const isTold = (session: Session): boolean =>
  session.getState().alerts.some(({ refusal }) => refusal.code === 'engine-crashed');

const late = new Error('late');

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late), limitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

const isSame = (a: Numbers | undefined, b: Numbers): boolean =>
  a !== undefined && JSON.stringify(a) === JSON.stringify(b);
