import type { OpenFile } from '../../data/session/state.ts';
import type { ExperimentFacts } from '../../domain/answers/experiments.ts';
import type { ExperimentDays } from '../../domain/answers/days.ts';
import type { ExperimentDossier, ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { prettyJson } from '../shared/prettyJson.ts';
import { configFacts } from './configFacts.ts';
import { endFacts } from './endFacts.tsx';
import styles from './FactsCards.module.css';
import { recordedFacts } from './recordedFacts.ts';

interface FactsCardsProps {
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  readonly facts: ExperimentFacts;
  readonly dossier: ExperimentDossier;
  readonly days: ExperimentDays | undefined;
}

/** How it was configured, how it ended, and what this file does and does not record of it. */
export function FactsCards({ file, summary, facts, dossier, days }: FactsCardsProps) {
  return (
    <div className={styles.cards}>
      <Card title="How it ended" padded>
        <FactList facts={endFacts(summary, days)} />
      </Card>
      <Card title="Configuration" padded>
        <FactList facts={configFacts(facts.config, summary)} />
        <Disclosure summary="As stored">
          <LongText what="the configuration" text={prettyJson(facts.configText)} lines={24} />
        </Disclosure>
      </Card>
      <Card title="What this file records" padded>
        <FactList facts={recordedFacts(file, facts, dossier)} />
      </Card>
    </div>
  );
}
