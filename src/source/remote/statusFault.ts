import { firstBytes, type Asked } from './ask.ts';
import type { RemoteFault } from './fault.ts';

const mostDetailBytes = 4096;
const mostDetailCharacters = 160;

/** An answer that is no success, with the sentence that object stores put into its body. Ends the transfer. */
export async function statusFault(asked: Asked): Promise<RemoteFault> {
  const { status } = asked.response;
  const body = await asked.read(mostDetailBytes);
  asked.stop();
  const detail = detailOf(new TextDecoder().decode(firstBytes(body, mostDetailBytes)));
  return detail === undefined ? { kind: 'status', status } : { kind: 'status', status, detail };
}

/** `<Error><Code>AccessDenied</Code><Message>Request has expired</Message>`, as S3, R2, GCS and Azure write it. */
export function detailOf(body: string): string | undefined {
  const part = (name: string): string | undefined =>
    new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]?.trim().replace(/\s+/g, ' ');
  const parts = [part('Code'), part('Message')].filter((text) => text !== undefined && text !== '');
  return parts.length === 0 ? undefined : parts.join(': ').slice(0, mostDetailCharacters);
}
