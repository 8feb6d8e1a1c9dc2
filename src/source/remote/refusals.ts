/** What is said about hosts: what happened, why, and what to do now. An address is shown without its secrets. */
import { formatBytes } from '../../lib/format.ts';
import type { CopyBlock, Refusal, RefusalCode } from '../../domain/refusal.ts';
import { hostOf, shownAddress } from './address.ts';
import { type RemoteFault, silenceLimitSeconds, wholeLimitBytes } from './fault.ts';

const downloadIt = 'Download the file and drop it here.';

function refusal(code: RefusalCode, url: string, what: string, why: string, wayOut: string): Refusal {
  return { code, subject: shownAddress(url), what: `${shownAddress(url)} ${what}`, why, wayOut };
}

const unread = (url: string, why: string, wayOut: string): Refusal =>
  refusal('fetch-failed', url, 'could not be read.', why, wayOut);

/** The refusal for what a host did: that of the address, or the one that it led on to. */
export function refuseFault(url: string, fault: RemoteFault, host = hostOf(url)): Refusal {
  switch (fault.kind) {
    case 'status':
      return refuseStatus(url, host, fault.status, fault.detail);
    case 'silent':
      return unread(
        url,
        fault.receivedBytes === undefined
          ? `${host} took the request and sent no answer within ${fault.seconds} s.`
          : `${host} stopped after ${formatBytes(fault.receivedBytes)} and sent nothing for ${fault.seconds} s.`,
        `Try again, or see whether the address opens in a tab of its own. ${downloadIt}`,
      );
    case 'no-answer':
      return unread(
        url,
        `The connection to ${host} broke off, or the host is down.`,
        `Try again. If it stays so: ${lower(downloadIt)}`,
      );
    case 'changed':
      return changedOnServer(url);
    case 'web-page':
      return refusal(
        'web-page',
        url,
        'leads to a web page, not to a database.',
        `${host} answers with HTML: a sign-in page, or a page about the file.`,
        'Sign in there in another tab and use the address of the download itself, or download the file and drop it here.',
      );
    case 'compressed':
      return refusal(
        'compressed-file',
        url,
        'comes compressed and cannot be read by ranges.',
        `${host} compresses its answers (Content-Encoding: ${fault.encoding}), so a byte range of an answer is no range of the file.`,
        `Let the host send the file as it is, without Content-Encoding. Or: ${lower(downloadIt)}`,
      );
    case 'no-range':
      return unread(
        url,
        `A byte range was asked for and ${host} answered ${fault.status} with something else.`,
        `Try again. If it stays so: ${lower(downloadIt)}`,
      );
    case 'short':
      return unread(
        url,
        `The answer of ${host} was cut off: ${formatBytes(fault.receivedBytes)} of ${formatBytes(fault.wantedBytes)} came.`,
        `Try again. If it stays so: ${lower(downloadIt)}`,
      );
  }
}

function refuseStatus(url: string, host: string, status: number, detail: string | undefined): Refusal {
  const says = detail === undefined ? '' : ` It says: “${detail}”.`;
  const told = (why: string, wayOut: string): Refusal =>
    unread(url, `${host} answered ${status}: ${why}.${says}`, wayOut);
  if (status === 401) {
    return told(
      'it wants a sign-in',
      `This page sends no name and no password. ${downloadIt} Or use an address that is signed for reading.`,
    );
  }
  if (status === 403) {
    return told(
      'it does not allow this. The address may have expired or be signed for something else',
      `Ask for a new address that is signed for GET. Or: ${lower(downloadIt)}`,
    );
  }
  if (status === 404 || status === 410) {
    return told('there is no such file', 'Check the address: capitals count, and the file may have moved.');
  }
  if (status === 429 || status >= 500) {
    return told('it is busy or has a fault of its own', `Try again in a moment. Or: ${lower(downloadIt)}`);
  }
  return told('that is no file', `Check the address. Or: ${lower(downloadIt)}`);
}

function changedOnServer(url: string): Refusal {
  return refusal(
    'changed',
    url,
    'has changed on the server since it was opened.',
    'Its ETag, time or size is another: it was written to. Two states of one file must not be mixed, so no more of it is read.',
    'Read it again to see it as it is now.',
  );
}

/** Longer than what is read whole, from a host that has no ranges. `sizeBytes` where the host tells it. */
export function tooLargeWhole(url: string, sizeBytes: number | undefined): Refusal {
  const size =
    sizeBytes === undefined ? `is more than ${formatBytes(wholeLimitBytes)}` : `is ${formatBytes(sizeBytes)}`;
  return unread(
    url,
    `${hostOf(url)} answers no byte ranges, and the file ${size}; at most ${formatBytes(wholeLimitBytes)} are read whole. The transfer was stopped.`,
    `Use a host that answers byte ranges. Or: ${lower(downloadIt)}`,
  );
}

/** It opened, but only because it is small. */
export function readCompressed(url: string, encoding: string): Refusal {
  return {
    ...refusal(
      'compressed-file',
      url,
      'came compressed and was read whole.',
      `${hostOf(url)} compresses its answers (Content-Encoding: ${encoding}), so the file cannot be read by ranges. A log (.wal) beside it was not looked for.`,
      `Beyond ${formatBytes(wholeLimitBytes)} it would not open: let the host send the file as it is, without Content-Encoding.`,
    ),
    warning: true,
  };
}

export function noCors(url: string, origin: string): Refusal {
  return {
    ...refusal(
      'no-cors',
      url,
      'may not be read from this page.',
      `${hostOf(url)} answers, but does not allow other sites to read it (no Access-Control-Allow-Origin header). That may also hide an error of the host.`,
      'Download the file and drop it here, or let the host allow it, with these lines:',
    ),
    copy: corsLines(origin),
  };
}

/** A link's address leads on to another one: the reader has said yes to the first host only. */
export function leadsOn(url: string): Refusal {
  return refusal(
    'leads-on',
    url,
    'leads on to another address.',
    `You said yes to ${hostOf(url)}. It sends the request on, and browsers tell a page where to only once it has asked there; nothing was asked there yet.`,
    'Follow it, and the host it leads to learns your network address; it is named then, and other redirects of this host are followed too. Or open the address in a tab to see where it leads.',
  );
}

/** Which host the file is read from, after the reader's word to follow. */
export function readFrom(url: string, host: string): Refusal {
  return {
    ...refusal(
      'leads-on',
      url,
      `is read from ${host}.`,
      `${hostOf(url)} leads on to it. It learned your network address, and got no data of yours.`,
      'Redirects of this host are followed from now on. On the screen Files, “Ask again” ends that.',
    ),
    warning: true,
  };
}

/** The address leads on to another one, and that is where it ends: browsers do not tell which host it is. */
export function noCorsBehindRedirect(url: string, origin: string): Refusal {
  return {
    ...refusal(
      'no-cors',
      url,
      'leads on to another address, which may not be read from this page.',
      `${hostOf(url)} allows it. The host that it leads on to does not allow other sites to read it, or does not answer; browsers do not tell a page which host that is.`,
      'Open the address in a tab to see where it leads. Download the file and drop it here, or let that host allow it, with these lines:',
    ),
    copy: corsLines(origin),
  };
}

export function noRangeHeader(url: string, origin: string): Refusal {
  return {
    ...refusal(
      'no-cors',
      url,
      'may not be read by ranges from this page.',
      `${hostOf(url)} lets other sites read it, but not with a Range header.`,
      'Download the file and drop it here, or let the host allow it, with these lines:',
    ),
    copy: corsLines(origin),
  };
}

export function silentHost(url: string): Refusal {
  return refuseFault(url, { kind: 'silent', seconds: silenceLimitSeconds });
}

export function unreachable(url: string): Refusal {
  return unread(
    url,
    'No answer came from that address: it is wrong, the host is down, or this machine is offline.',
    `Check the address. Or: ${lower(downloadIt)}`,
  );
}

/** A page that came by https asks no http address, except on this machine. */
export function notSecure(url: string): Refusal {
  return unread(
    url,
    'This page came by https, and browsers do not let such a page read an http address.',
    `Use the file’s https address if there is one. Or: ${lower(downloadIt)}`,
  );
}

export function passwordInAddress(url: string): Refusal {
  return unread(
    url,
    'The address carries a name or a password. Browsers send neither from a page, so it was dropped and nothing was asked.',
    'Use an address that needs no password, for example one that is signed for reading. Or download the file and drop it here.',
  );
}

/** The database opens without its log, whose host does not say whether there is one. */
export function logUnknown(url: string, why: string): Refusal {
  return {
    ...refusal(
      'wal-missing',
      url,
      'was opened without a log.',
      `${why} If there is one, what it holds is missing here.`,
      'Open it again when the host answers, or download both files and drop them together.',
    ),
    warning: true,
  };
}

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** What to set at the common object stores and servers so that a page of another origin may read a file by ranges. */
const headers = ['Content-Range', 'Content-Length', 'ETag'];

/** `origin` is that of this page: the one to let in. */
function corsLines(origin: string): readonly CopyBlock[] {
  const rule = {
    AllowedOrigins: [origin],
    AllowedMethods: ['GET'],
    AllowedHeaders: ['Range'],
    ExposeHeaders: headers,
  };
  const google = { origin: [origin], method: ['GET'], responseHeader: ['Range', ...headers] };
  return [
    { label: 'S3 (bucket, Permissions, CORS) and R2 (bucket, Settings, CORS policy)', text: json([rule]) },
    {
      label: 'Google Cloud Storage: save as cors.json, then gcloud',
      text: `${json([google])}\n\ngcloud storage buckets update gs://BUCKET --cors-file=cors.json`,
    },
    {
      label: 'Azure Blob Storage',
      text: `az storage cors add --services b --methods GET --origins ${origin} --allowed-headers Range --exposed-headers ${headers.join(',')} --account-name ACCOUNT`,
    },
    {
      label: 'nginx',
      text: [
        `add_header Access-Control-Allow-Origin ${origin};`,
        `add_header Access-Control-Expose-Headers "${headers.join(', ')}";`,
      ].join('\n'),
    },
  ];
}

const json = (value: unknown): string => JSON.stringify(value, undefined, 2);
