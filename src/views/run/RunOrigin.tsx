import type { OpenFile } from '../../data/session/state.ts';
import type { RunFacts } from '../../domain/answers/experiments.ts';
import { hrefTo } from '../../url/addresses.ts';
import { linkMeanings } from '../shared/words.ts';
import { useAddress } from '../shared/useAddress.ts';
import { runFields } from './fields.ts';

/** Where a run comes from: its iteration, purpose and sample, and how it was matched to them. */
export function RunOrigin({ file, run }: { file: OpenFile; run: RunFacts | undefined }) {
  const { search } = useAddress(runFields);
  const experiment = run?.experimentId;
  if (experiment === undefined) return <span>standalone run, no experiment</span>;
  const link = run?.link;
  const k = link?.iteration;
  return (
    <>
      <span>
        {k === undefined ? (
          'run of an experiment, iteration not known'
        ) : (
          <a
            href={hrefTo('/experiments/$experimentId/iterations/$iteration', search, {
              experimentId: experiment,
              iteration: k,
              in: file.name,
            })}
          >
            iteration {k}
          </a>
        )}
      </span>
      {link?.purpose !== undefined && (
        <span>
          purpose <b>{link.purpose}</b>
        </span>
      )}
      {link?.sampleIndex !== undefined && (
        <span>
          sample <b>{link.sampleIndex}</b>
        </span>
      )}
      {link !== undefined && (
        <span>
          linked by <b>{link.linkedBy}</b>: {linkMeanings[link.linkedBy]}
        </span>
      )}
    </>
  );
}
