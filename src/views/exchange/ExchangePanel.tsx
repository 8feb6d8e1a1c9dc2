import styles from './ExchangePanel.module.css';
import { useAnswer } from '../../data/useAnswer.ts';
import type { AgentIteration, Exchange, ExchangeContext } from '../../domain/answers/experiments.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { structureSimilarity, policyStructure } from '../../domain/policy/history/repeats.ts';
import { samePolicy } from '../../domain/policy/policyJson.ts';
import { plural } from '../../lib/format.ts';
import { parseJson, type Json } from '../../lib/json.ts';
import { exchange, exchangeContext } from '../../queries/exchange.ts';
import type { IterationScope } from '../../queries/scope.ts';
import { LongText } from '../../ui/LongText.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { ExchangeSections, attemptsSentence, metersOf } from './ExchangeSections.tsx';

interface ExchangePanelProps {
  readonly scope: IterationScope;
  readonly agent: AgentIteration;
  /** False where a card around it has the title. */
  readonly titled?: boolean | undefined;
}

/** What the proposer was given, what of it is new, what it answered and what was read from that; as text. */
export function ExchangePanel({ scope, agent, titled = true }: ExchangePanelProps) {
  const { agentId, hasExchange } = agent;
  const asked = { ...scope, agentId };
  const answer = useAnswer({ ...exchange.about(asked), enabled: hasExchange });
  const context = useAnswer({ ...exchangeContext.about(asked), enabled: hasExchange });
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        {titled && <h3>The exchange</h3>}
        {answer.data != null && <span className={styles.quiet}>{metersOf(answer.data)}</span>}
      </header>
      {hasExchange ? (
        <Answered
          key={`${scope.experimentId} ${scope.iteration} ${agentId}`}
          scope={scope}
          agent={agent}
          found={answer.data}
          context={context.data}
          error={answer.error ?? context.error}
        />
      ) : (
        agent.unreadableExchanges.length === 0 && (
          <p>No exchange with the proposer is recorded for this agent in this iteration.</p>
        )
      )}
      <UnreadableExchange texts={agent.unreadableExchanges} />
    </div>
  );
}

interface AnsweredProps extends Omit<ExchangePanelProps, 'titled'> {
  readonly found: Exchange | null | undefined;
  readonly context: ExchangeContext | undefined;
  readonly error: Error | null;
}

function Answered({ scope, agent, found, context, error }: AnsweredProps) {
  const before = context?.previousIteration;
  const previous = useAnswer({
    ...exchange.about({ ...scope, iteration: before ?? scope.iteration, agentId: agent.agentId }),
    enabled: before !== undefined,
  });
  if (error !== null) return <ErrorNotice error={error} doing="reading the exchange" />;
  if (found === undefined || context === undefined) return <ProgressBar doing="Reading the exchange" />;
  if (found === null) return <p>The exchange could not be found.</p>;
  if (found.unreadable !== undefined) return <UnreadableExchange texts={[found.unreadable]} />;
  return (
    <>
      <ExchangeFindings exchange={found} context={context} agent={agent} iteration={scope.iteration} />
      <ExchangeSections
        exchange={found}
        context={context}
        previousPrompt={before === undefined ? undefined : previous.data?.userPrompt}
      />
    </>
  );
}

interface ExchangeFindingsProps {
  readonly exchange: Exchange;
  readonly context: ExchangeContext;
  readonly agent: AgentIteration;
  readonly iteration: number;
}

/** What one should know before reading: errors, doubts about the record, and what became of the policy. */
function ExchangeFindings({ exchange, context, agent, iteration }: ExchangeFindingsProps) {
  const { parsedPolicy, parsingError } = exchange;
  const { sameAs } = context;
  const findings = parsedFindings(parsedPolicy, agent, context, iteration);
  const attempts = attemptsSentence(exchange);
  return (
    <>
      {sameAs !== undefined && (
        <Notice tone="warning">
          Prompt and answer are those recorded for {sameAs.agentId} in iteration {sameAs.iteration}. After an
          error the writer stores the last exchange once more, so this one may not belong to {agent.agentId}.
        </Notice>
      )}
      {parsingError !== undefined && (
        <ParsingError message={parsingError} hasPolicy={parsedPolicy !== undefined} />
      )}
      {parsingError === undefined && parsedPolicy === undefined && (
        <Notice tone="warning">No policy was read from the answer, and no error is recorded.</Notice>
      )}
      {findings
        .filter(({ isOdd }) => isOdd)
        .map(({ words }) => (
          <Notice key={words} tone="warning">
            {words}
          </Notice>
        ))}
      <p>
        {findings
          .filter(({ isOdd }) => !isOdd)
          .map(({ words }) => words)
          .concat(attempts ?? [])
          .join(' ')}
      </p>
    </>
  );
}

function ParsingError({ message, hasPolicy }: { message: string; hasPolicy: boolean }) {
  const plain = plainError(message);
  return (
    <Notice tone="warning">
      {hasPolicy ? 'A policy was read and turned down by validation. ' : 'The answer could not be used. '}
      {plain !== undefined && <>{plain} </>}
      Recorded: <q>{message}</q>
    </Notice>
  );
}

const prefix = 'Failed to parse policy JSON: ';
const place = /^(?<what>.*?): line (?<line>\d+) column (?<column>\d+) \(char (?<at>\d+)\)$/;

/**
 * Messages of Python's JSON reader in plain words; undefined for others, which stand as stored. Its lines are counted
 * within the JSON, after a fence around it was taken off.
 */
export function plainError(message: string): string | undefined {
  const bare = message.startsWith(prefix) ? message.slice(prefix.length) : message;
  const found = place.exec(bare)?.groups;
  if (found === undefined) return undefined;
  const { what = '', line = '', column = '', at = '' } = found;
  const where = `line ${line}, column ${column} of the JSON`;
  if (what === 'Expecting value') {
    return at === '0'
      ? 'The answer does not begin with JSON, so no policy was found in it.'
      : `A value is missing at ${where}.`;
  }
  if (what === 'Extra data') {
    return `The JSON is complete, and then the answer goes on at line ${line}. Text behind the policy is not accepted.`;
  }
  if (what === "Expecting ',' delimiter") return `A comma or a closing bracket is missing at ${where}.`;
  if (what === "Expecting ':' delimiter") return `A colon is missing at ${where}.`;
  if (what.startsWith('Expecting property name')) return `A name in double quotes is missing at ${where}.`;
  if (what === 'Unterminated string starting at') {
    return `The text that begins at ${where} is never closed: the answer may have been cut off.`;
  }
  if (what.startsWith('Invalid')) return `${what} at ${where}.`;
  return undefined;
}

interface ParsedFinding {
  readonly words: string;
  /** The records do not fit each other. */
  readonly isOdd: boolean;
}

const read = (text: string | undefined): Json | undefined => {
  const parsed = text === undefined ? undefined : parseJson(text);
  return parsed?.ok === true ? parsed.value : undefined;
};

/** Names, descriptions and versions decide nothing. */
function sameButNames(a: Json | undefined, b: Json | undefined): boolean {
  if (samePolicy(a, b)) return true;
  const [one, other] = [policyStructure(a), policyStructure(b)];
  return one !== undefined && other !== undefined && structureSimilarity(one, other) === 'same';
}

type Stored = Pick<AgentIteration, 'policyInForce' | 'proposedPolicy'> & {
  readonly proposal?: Pick<Proposal, 'verdict'> | undefined;
};

/** The policy read from the answer against what stands in the next iteration and what was evaluated. */
export function parsedFindings(
  parsedText: string | undefined,
  { policyInForce, proposedPolicy, proposal }: Stored,
  { hasNextIteration, nextPolicy }: Pick<ExchangeContext, 'hasNextIteration' | 'nextPolicy'>,
  iteration: number,
): readonly ParsedFinding[] {
  const parsed = read(parsedText);
  if (parsed === undefined) return [];
  const findings: ParsedFinding[] = [];
  const evaluated = read(proposedPolicy);
  if (evaluated !== undefined && !sameButNames(evaluated, parsed)) {
    findings.push({
      words: 'The proposal shown elsewhere is not the policy read from this answer.',
      isOdd: true,
    });
  }
  const isAdopted = proposal?.verdict === 'accepted';
  const [current, following] = [read(policyInForce), read(nextPolicy)];
  findings.push(againstNext({ parsed, current, following, isAdopted }, hasNextIteration, iteration + 1));
  return findings;
}

interface Adoption {
  readonly parsed: Json;
  readonly current: Json | undefined;
  readonly following: Json | undefined;
  /** The verdict; the policies do not tell where old and new are the same but for names. */
  readonly isAdopted: boolean;
}

function againstNext(
  { parsed, current, following, isAdopted }: Adoption,
  hasNext: boolean,
  next: number,
): ParsedFinding {
  if (!hasNext) return { words: 'No later iteration shows what came into force.', isOdd: false };
  if (following === undefined) {
    return { words: `Iteration ${next} records no policy of this agent.`, isOdd: true };
  }
  const isCurrent = samePolicy(parsed, current);
  if (samePolicy(parsed, following)) {
    return {
      words: isCurrent
        ? `It is the policy that was in force already, and is in force in iteration ${next}.`
        : `Adopted unchanged in iteration ${next}.`,
      isOdd: false,
    };
  }
  if (sameButNames(parsed, following) && sameButNames(parsed, current)) {
    return {
      words: isAdopted
        ? `Adopted in iteration ${next}; it differs from the old policy in names only.`
        : `Not adopted; iteration ${next} keeps the old policy, which differs in names only.`,
      isOdd: false,
    };
  }
  if (sameButNames(parsed, following)) {
    return { words: `It is in force in iteration ${next}; only names differ.`, isOdd: false };
  }
  if (sameButNames(current, following)) {
    return { words: `Not adopted; iteration ${next} keeps the old policy.`, isOdd: false };
  }
  return { words: `Iteration ${next} holds another policy than this answer and than before.`, isOdd: true };
}

/** Exchanges that are stored and cannot be read, each with its text. */
export function UnreadableExchange({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <>
      <Notice tone="warning">
        {plural(texts.length, 'exchange is', 'exchanges are')} stored here and cannot be read: no JSON object
        that names its agent. What was proposed in {texts.length === 1 ? 'it' : 'them'} is unknown.
      </Notice>
      {texts.map((text, index) => (
        <LongText key={index} what="the exchange as stored" text={text} lines={12} />
      ))}
    </>
  );
}
