import { type Dirent, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Every file below `folder`, relative to `root`; empty when the folder does not exist. */
export function filesBelow(root: string, folder: string): string[] {
  return entries(join(root, folder)).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(root, path) : [relative('.', path)];
  });
}

/** Names of the folders directly in `folder`. */
export function foldersIn(root: string, folder: string): string[] {
  return entries(join(root, folder))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}
