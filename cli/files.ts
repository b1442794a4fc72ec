/** Files that the user names: what stands in their way, in plain words. */
import { readFileSync, writeFileSync } from 'node:fs';
import { CliError, messageOf, type Refusal, systemCodeOf } from './errors';

const causes: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it is not permitted',
  EPERM: 'it is not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Why a file operation failed. */
export function fileCause(error: unknown): string {
  return causes[systemCodeOf(error) ?? ''] ?? messageOf(error);
}

/** UTF-8 text of a file; throws `refusal` with the cause when it cannot be read. */
export function readText(path: string, refusal: Omit<Refusal, 'rule'>): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError({ ...refusal, rule: fileCause(error) }, { cause: error });
  }
}

/** Writes UTF-8 text, replacing what was there; throws `refusal` with the cause when it cannot be written. */
export function writeText(path: string, text: string, refusal: Omit<Refusal, 'rule'>): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CliError({ ...refusal, rule: fileCause(error) }, { cause: error });
  }
}
