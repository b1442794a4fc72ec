import { Command } from 'commander'; import type { Invocation } from '../terminal'; export function execCommand(_i: Invocation): Command { return new Command('exec'); }
