import { Command } from 'commander'; import type { Invocation } from '../terminal'; export function keyCommand(_i: Invocation): Command { return new Command('key'); }
