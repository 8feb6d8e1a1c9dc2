import type { OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import type { FileId } from '../../lib/ids.ts';
import type { Question } from '../../queries/query.ts';

/** Which of some files hold what a question is about; undefined until that is known. One file alone is not asked. */
export function useHolders(
  files: readonly OpenFile[],
  questionAbout: (fileIds: readonly FileId[]) => Question<readonly FileId[]>,
): { readonly holders: readonly OpenFile[] | undefined; readonly error: Error | null } {
  const isAlone = files.length < 2;
  const question = questionAbout(files.map(({ fileId }) => fileId));
  const { data, error } = useAnswer({ ...question, enabled: !isAlone });
  return { holders: isAlone ? files : data && files.filter(({ fileId }) => data.includes(fileId)), error };
}
