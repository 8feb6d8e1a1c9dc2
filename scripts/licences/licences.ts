/** The licences of what the built page contains: the dependencies that are not for development alone, and theirs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Plugin } from 'vite';
import { z } from 'zod';

import { repositoryFolder } from '../paths.ts';

interface Licence {
  readonly name: string;
  readonly version: string;
  /** As the package says it, in the words of SPDX; `not stated` where it says none. */
  readonly licence: string;
  /** The text that stands beside it; undefined where the package holds none. */
  readonly text: string | undefined;
}

const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), license: z.string().optional(), dev: z.boolean().optional() }),
  ),
});
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  /** As packages of before 2014 say it. */
  licenses: z.array(z.object({ type: z.string() })).optional(),
});
const textFile = /^(licen[cs]e|copying|ofl)(\.\w+)?$/i;

/** By name. What is not installed, as an optional package of another system, ships nothing. */
export function licences(folder: string = repositoryFolder): readonly Licence[] {
  const { packages } = lock.parse(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')));
  const found = Object.entries(packages).flatMap(([path, { dev }]): readonly Licence[] => {
    if (path === '' || dev === true) return [];
    const at = join(folder, path);
    const files = filesOf(at);
    if (!files.includes('package.json')) return [];
    const { name, version, license, licenses } = manifest.parse(
      JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')),
    );
    const file = files.find((each) => textFile.test(each));
    const text = file === undefined ? undefined : readFileSync(join(at, file), 'utf8').trim();
    return [{ name, version, licence: license ?? licenses?.[0]?.type ?? 'not stated', text }];
  });
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A line for each, then the texts. */
export function licenceText(all: readonly Licence[]): string {
  const lines = all.map(({ name, version, licence }) => `${name} ${version}: ${licence}`);
  const texts = all.map(
    ({ name, licence, text }) => `${name}\n\n${text ?? `${licence}; the package holds no text.`}`,
  );
  return [`Iterscope contains:\n\n${lines.join('\n')}`, ...texts].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
}

/** Writes `licences.txt` into each build. */
export function licencesInBuild(): Plugin {
  return {
    name: 'licences-in-build',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licenceText(licences()) });
    },
  };
}
