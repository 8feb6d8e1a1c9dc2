/** `exp1 6346bb`: the name, and the last part of the id that tells experiments of one name apart. */
export function experimentLabel(name: string, id: string): string {
  return name === id ? id : `${name} ${id.split('-').at(-1) ?? id}`;
}
