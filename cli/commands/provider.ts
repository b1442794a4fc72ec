import { Command } from 'commander'; import type { Invocation } from '../terminal'; export function providerCommand(_i: Invocation): Command { return new Command('provider'); }
