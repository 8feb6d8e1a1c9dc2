import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { inferRules, type AcceptanceRules, type StoredRules } from '../../domain/acceptance/rules.ts';
import { numberField, objectOf, textField } from './jsonFields.ts';

/** The acceptance rules of one experiment, from its configuration, its reasons, its date and mode. */
export function acceptanceRulesOf(
  experiment: { readonly config: string | undefined; readonly createdAt: string | undefined },
  evaluations: readonly { readonly acceptanceReason: string | undefined }[],
): AcceptanceRules {
  const evaluation = section(objectOf(experiment.config)?.evaluation);
  return inferRules({
    startedAt: experiment.createdAt,
    mode: textField(evaluation.mode),
    stored: storedRules(evaluation.acceptance),
    reasons: evaluations.flatMap(({ acceptanceReason }) => acceptanceReason ?? []),
  });
}

const section = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});

/** Our own lab stores its acceptance rules whole; the original stores none. */
function storedRules(acceptance: Json | undefined): StoredRules | undefined {
  if (!isJsonObject(acceptance)) return undefined;
  return {
    requireSignificance: acceptance.require_statistical_significance === true,
    largestCv: numberField(acceptance.max_coefficient_of_variation),
    settlementFloor: numberField(acceptance.min_settlement_rate),
  };
}
