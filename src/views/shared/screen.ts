import type { ComponentType } from 'react';
import type { z } from 'zod';

import type { OpenFile } from '../../data/session/state.ts';
import type { Question } from '../../queries/query.ts';
import type { KeyGroup } from '../../ui/KeysDialog.tsx';
import type { ParamsOf, ScreenPath, SearchOfScreen } from '../../url/addresses.ts';

/** All that the app knows of a screen. It is written once, in `screen.ts` of the screen's folder. */
export interface Screen<P extends ScreenPath> {
  /** As the router reads it: `/runs/$simulationId`. */
  readonly path: P;
  /** What docs/url-format.md calls it where it says which screen uses a field. */
  readonly name: string;
  /** Its search fields besides `db`. */
  readonly fields: { readonly [F in keyof SearchOfScreen[P]]-?: z.ZodType<SearchOfScreen[P][F]> };
  /** The window's title while nothing more is known; `useTitle` says the rest. */
  readonly title: (params: ParamsOf<P>) => string;
  /** Its keys, for the list behind `?`. */
  readonly keys?: KeyGroup;
  /** A place of its own in the bar at the top, with the key that leads there. Only for a path without names. */
  readonly navigation?: { readonly label: string; readonly key: string; readonly does: string };
  /** The screen of the bar that it stands under. */
  readonly under?: ScreenPath;
  /** When its script is fetched before it is asked for: it is what most readers open next. */
  readonly fetched?: 'at once' | 'when the engine runs';
  /** What it asks about a file that opens, for whoever asks before it is drawn. */
  readonly questions?: () => Promise<AskAbout>;
  readonly load: () => Promise<ComponentType<ParamsOf<P>>>;
  /** Search fields with which tests of its looks open it, where the bare address shows too little. */
  readonly looks?: SearchOfScreen[P];
}

/** Gives `ask` each question, what is drawn first in front. */
export type AskAbout = (file: OpenFile, ask: <T>(question: Question<T>) => void) => void;

/** Some screen of the app. */
export type AnyScreen = { [P in ScreenPath]: Screen<P> }[ScreenPath];
