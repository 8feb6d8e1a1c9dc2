/** What to set at the common object stores and servers so that a page of another origin may read a file by ranges. */
import type { CopyBlock } from '../../domain/refusal.ts';

const headers = ['Content-Range', 'Content-Length', 'ETag'];

/** `origin` is that of this page: the one to let in. */
export function corsLines(origin: string): readonly CopyBlock[] {
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
