import { Command } from 'commander'; import type { Invocation } from '../terminal'; export function envCommand(_i: Invocation): Command { return new Command('env'); }
