/** Takes exports out of a WebAssembly module; see docs/decisions/0019-exports-for-extensions.md for why. */

const exportSectionId = 7;
/** The magic number and the version, which stand before the first section. */
const preambleBytes = 8;

/**
 * The same module with those exports whose name `keeps` wants. Everything else stays byte for byte: an export is an
 * entry of a list that nothing inside the module refers to. Format:
 * https://webassembly.github.io/spec/core/binary/modules.html#export-section
 */
export function trimExports(module: Uint8Array, keeps: (name: string) => boolean): Uint8Array<ArrayBuffer> {
  const reader = new Reader(module, preambleBytes);
  while (!reader.isAtEnd) {
    const sectionStart = reader.at;
    const id = reader.byte();
    const contentEnd = reader.u32() + reader.at;
    if (id !== exportSectionId) {
      reader.at = contentEnd;
      continue;
    }
    const content = keptExports(reader, keeps);
    if (reader.at !== contentEnd) throw new Error('the export section does not end where it says');
    return concatenate([
      module.subarray(0, sectionStart),
      Uint8Array.of(exportSectionId, ...u32(content.length)),
      content,
      module.subarray(contentEnd),
    ]);
  }
  throw new Error('the module has no export section');
}

/** The content of the export section: the count, then of each export its name, its kind and its index. */
function keptExports(reader: Reader, keeps: (name: string) => boolean): Uint8Array {
  const names = new TextDecoder('utf-8', { fatal: true });
  const kept: Uint8Array[] = [];
  for (let left = reader.u32(); left > 0; left -= 1) {
    const start = reader.at;
    const name = names.decode(reader.bytes(reader.u32()));
    reader.byte();
    reader.u32();
    if (keeps(name)) kept.push(reader.since(start));
  }
  return concatenate([Uint8Array.from(u32(kept.length)), ...kept]);
}

class Reader {
  at: number;
  readonly #data: Uint8Array;

  constructor(data: Uint8Array, at: number) {
    this.#data = data;
    this.at = at;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#data.length;
  }

  byte(): number {
    const value = this.#data[this.at];
    if (value === undefined) throw new Error('the module is cut short');
    this.at += 1;
    return value;
  }

  bytes(length: number): Uint8Array {
    this.at += length;
    return this.since(this.at - length);
  }

  since(start: number): Uint8Array {
    return this.#data.subarray(start, this.at);
  }

  /** An unsigned LEB128 number. */
  u32(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }
}

/** In unsigned LEB128. */
function u32(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  while (left >= 128) {
    bytes.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return [...bytes, left];
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
