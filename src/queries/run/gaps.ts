import { knowsSettlements, unreadableWords } from '../../domain/unreadable/events.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import type { Opening } from './prepare/openings.ts';

/** More names than this make a sentence that nobody reads. */
const mostNames = 5;

/** `A, B and C`, `A, B, C, D and 14 others`. */
export function inWords(agents: readonly AgentId[]): string {
  const named = agents.length > mostNames ? agents.slice(0, mostNames - 1) : agents;
  const rest = agents.length - named.length;
  return new Intl.ListFormat('en-GB').format([...named, ...(rest === 0 ? [] : [`${rest} others`])]);
}

/** What the configuration states and the run was not played with, one sentence. */
export function notesOf({ notInForce }: PreparedRun): readonly string[] {
  if (notInForce.length === 0) return [];
  const words = new Intl.ListFormat('en-GB').format(notInForce);
  return [
    `The configuration states ${words}, but the run was played without: the command line of the original leaves that out.`,
  ];
}

/** What the replayed state cannot know, one sentence each. */
export function gapsOf(run: PreparedRun): readonly string[] {
  const without = (read: (opening: Opening) => unknown) =>
    run.agents.filter((agent) => {
      const opening = run.openings.get(agent);
      return opening === undefined || read(opening) === undefined;
    });
  const balances = without(({ balanceCents }) => balanceCents);
  const collateral = without(({ postedCents }) => postedCents);
  if (run.eventCount === 0 && run.recorded.states) {
    return [
      ...run.refused,
      'The file records no events of this run: balances and collateral are those stored per tick; costs, payments and moves of money are not known.',
    ];
  }
  if (run.eventCount === 0) {
    return [
      ...run.refused,
      'The file records no events of this run, so nothing is known of its ticks but the payments it stores.',
    ];
  }
  const gaps: string[] = [...run.refused];
  if (balances.length > 0 && !run.recorded.states) {
    gaps.push(
      `The start balance of ${inWords(balances)} is not known: no event records a balance, and the file does not say what was allocated.`,
    );
  }
  if (collateral.length > 0 && !run.recorded.states) {
    gaps.push(
      `Posted collateral of ${inWords(collateral)} is not known: no event changes it, and the file stores no configuration of the run.`,
    );
  }
  if (run.unnamed.arrivals > 0) {
    gaps.push(
      'The events do not name the payment that they are about, so queues and single payments are not known.',
    );
  }
  if (run.unnamed.accruals > 0) {
    gaps.push('Cost accruals do not name their agent, so only the costs of all agents together are known.');
  }
  if (run.unnamed.pools > 0 && !run.recorded.states) {
    gaps.push('Pools were allocated or returned without a name, so balances after that are not complete.');
  }
  const unreadable = unreadableWords(run.unreadable);
  if (unreadable !== undefined) {
    const lost = [
      ...(knowsSettlements(run.unreadable) ? [] : ['balances and settlements']),
      ...(run.unreadable.accruals > 0 ? ['costs'] : []),
    ];
    gaps.push(`${unreadable}. From there on ${lost.join(' and ')} are not complete.`);
  }
  if (run.offsets.kind === 'unknown') {
    gaps.push(
      `${run.offsets.reason} The original records offsets that it refused and leaves out what settles after one, so what is shown counts no offset, and balances, queues and settlements may be others.`,
    );
  }
  return gaps;
}
