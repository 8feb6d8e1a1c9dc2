/** No host has a name under `.invalid` (RFC 6761): what the engine asks for there goes nowhere but to our reader. */
const place = 'https://remote-file.invalid/';

/** The address that stands for a remote file inside the engine, so that the real one is in none of its messages. */
export function engineAddress(name: string): string {
  return place + encodeURIComponent(name);
}

export function nameAtAddress(address: string): string | undefined {
  return address.startsWith(place) ? decodeURIComponent(address.slice(place.length)) : undefined;
}
