/**
 * Whether the engine’s words say that what it read is damaged: a wrong checksum, a structure that breaks off or names
 * what is not there. Any other failure has another cause, or one that it does not tell.
 */
export function isDamage(message: string): boolean {
  return /corrupt|checksum|failed to deserialize|could not read (enough|all)|not enough (bytes|data)|end of (the )?file|metadata pointer/i.test(
    message,
  );
}
