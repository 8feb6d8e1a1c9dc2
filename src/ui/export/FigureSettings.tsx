import { TextField } from '../TextField.tsx';
import { ToggleGroup } from '../ToggleGroup.tsx';
import { Box, Named } from './Choices.tsx';
import styles from './Export.module.css';
import { formats, sizes, type Choice } from './figureChoice.ts';
import type { FigureSheet } from './figureSheet.ts';

interface SettingsProps {
  readonly choice: Choice;
  readonly change: (part: Partial<Choice>) => void;
  readonly sheet: FigureSheet | undefined;
}

/** What the reader can choose about a figure on paper. */
export function FigureSettings({ choice, change, sheet }: SettingsProps) {
  const toggle = (id: string): void => {
    const without = new Set(choice.without);
    if (!without.delete(id)) without.add(id);
    change({ without });
  };
  return (
    <section aria-label="Settings" className={styles.settings}>
      <Named words="Format">
        <ToggleGroup
          label="Format"
          choices={formats.map((value) => ({ value, label: value }))}
          value={choice.format}
          onChange={(format) => change({ format })}
        />
      </Named>
      <Named words="Width">
        <ToggleGroup
          label="Width"
          choices={[
            { value: 'column', label: `Column ${sizes.column} mm` },
            { value: 'page', label: `Page ${sizes.page} mm` },
            { value: 'other', label: 'Other' },
          ]}
          value={choice.size}
          onChange={(size) => change({ size })}
        />
      </Named>
      {choice.size === 'other' && (
        <TextField
          label="Width in mm"
          type="number"
          value={choice.otherWidth}
          onChange={(otherWidth) => change({ otherWidth })}
        />
      )}
      <TextField
        label="Height in mm"
        type="number"
        placeholder="as needed"
        value={choice.height}
        onChange={(height) => change({ height })}
      />
      <TextField
        label="Text size in pt"
        type="number"
        value={choice.fontPoints}
        onChange={(fontPoints) => change({ fontPoints })}
      />
      {sheet?.cut !== undefined && (
        <div className={styles.pair}>
          <TextField
            label="From"
            type="number"
            placeholder={String(sheet.cut.shown[0])}
            value={choice.from}
            onChange={(from) => change({ from })}
          />
          <TextField
            label="To"
            type="number"
            placeholder={String(sheet.cut.shown[1])}
            note={`of ${sheet.cut.ends[0]} to ${sheet.cut.ends[1]}`}
            value={choice.to}
            onChange={(to) => change({ to })}
          />
        </div>
      )}
      <Named words="Look">
        <ToggleGroup
          label="Colour"
          choices={[
            { value: 'colour', label: 'Colour' },
            { value: 'grey', label: 'Grey' },
          ]}
          value={choice.isGrey ? 'grey' : 'colour'}
          onChange={(value) => change({ isGrey: value === 'grey' })}
        />
      </Named>
      <Named words="Names">
        <ToggleGroup
          label="Names"
          choices={[
            { value: 'labels', label: 'At the lines' },
            { value: 'beside', label: 'Beside' },
            { value: 'below', label: 'Below' },
          ]}
          value={choice.names}
          onChange={(names) => change({ names })}
        />
      </Named>
      <Named words="Panels">
        <ToggleGroup
          label="Panels"
          choices={[
            { value: 'stacked', label: 'Under one another' },
            { value: 'beside', label: 'Side by side' },
          ]}
          value={choice.isBeside ? 'beside' : 'stacked'}
          onChange={(value) => change({ isBeside: value === 'beside' })}
        />
      </Named>
      <fieldset className={styles.boxes}>
        <legend>Show</legend>
        <Box words="Title" isOn={choice.hasTitle} onToggle={() => change({ hasTitle: !choice.hasTitle })} />
        <Box
          words="Footnote of origin"
          isOn={choice.hasFootnote}
          onToggle={() => change({ hasFootnote: !choice.hasFootnote })}
        />
        {sheet?.parts.map(({ id, words }) => (
          <Box key={id} words={words} isOn={!choice.without.has(id)} onToggle={() => toggle(id)} />
        ))}
      </fieldset>
      <p className={styles.note}>
        File, fingerprint, release and link stand in the file’s metadata too. The same settings give the same
        bytes.
      </p>
    </section>
  );
}
