import { plural } from '../../lib/format.ts';
import { LongText } from '../../ui/LongText.tsx';
import { Notice } from '../../ui/Notice.tsx';

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
