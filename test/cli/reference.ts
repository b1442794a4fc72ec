/** The reference of the command line, written from the commands themselves: what docs/cli.md must hold. */
import type { Argument, Command, Option } from 'commander';
import { commands } from '../../cli/commands';
import type { Invocation } from '../../cli/terminal';

function leaves(command: Command, name: string): (readonly [name: string, command: Command])[] {
  if (command.commands.length === 0) return [[name, command]];
  return command.commands.flatMap((child) => leaves(child, `${name} ${child.name()}`));
}

function nameOf(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function optionLine({ flags, description, mandatory, argChoices, ...option }: Option): string {
  const said = [
    ...(mandatory ? ['required'] : []),
    ...(argChoices === undefined ? [] : [`one of ${argChoices.join(', ')}`]),
    ...(option.defaultValue === undefined
      ? []
      : [`default: ${option.defaultValueDescription ?? option.defaultValue}`]),
  ];
  return `- \`${flags}\`: ${description}${said.length === 0 ? '' : ` (${said.join('; ')})`}`;
}

function section(name: string, command: Command): string {
  const usage = [`keyquake ${name}`, ...command.registeredArguments.map(nameOf)].join(' ');
  const summary = command.description();
  return [
    `### \`${usage}\``,
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    ...command.registeredArguments.map((argument) => `- \`${nameOf(argument)}\`: ${argument.description}`),
    ...command.options.map(optionLine),
  ].join('\n');
}

/** One section for each command that can be run, in the order of `keyquake --help`. */
export function referenceSections(invocation: Invocation): string[] {
  return commands.flatMap(({ name, summary, load }) =>
    leaves(load()(invocation).description(summary), name).map(([path, command]) => section(path, command)),
  );
}
