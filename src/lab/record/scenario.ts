import type { JsonObject } from '../../lib/json.ts';
import { scenarioConfig } from '../simulator/scenarioConfig.ts';
import type { Scenario } from './recordRun.ts';

/** A scenario out of its JSON. Throws (a ZodError naming key and reason) when the simulator cannot read it. */
export function loadScenario(name: string, json: JsonObject): Scenario {
  return { name, json, config: scenarioConfig.parse(json) };
}
