import { Command } from 'commander';
import type { Invocation } from '../terminal';
export function impactCommand(_i: Invocation): Command {
  return new Command('impact');
}
