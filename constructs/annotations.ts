import { AnnotationMetadataEntryType } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Something that a construct says about itself. */
export interface Annotation {
  /** Path of the construct that it is about. */
  readonly path: string;
  /** How much it matters; only an error stops the `cdktf` command. */
  readonly level: 'info' | 'warning' | 'error';
  /** What it says, without the path. */
  readonly message: string;
}

const levels: Readonly<Record<string, Annotation['level']>> = {
  [AnnotationMetadataEntryType.INFO]: 'info',
  [AnnotationMetadataEntryType.WARN]: 'warning',
  [AnnotationMetadataEntryType.ERROR]: 'error',
};

/**
 * What the constructs of an app or a stack have to say about themselves, in the order of the tree. The `cdktf`
 * command prints it after a synthesis; a program that synthesizes by itself prints it from here.
 */
export function annotationsOf(root: IConstruct): readonly Annotation[] {
  return root.node.findAll().flatMap((construct) =>
    construct.node.metadata.flatMap(({ type, data }): readonly Annotation[] => {
      const level = levels[type];
      return level === undefined ? [] : [{ path: construct.node.path, level, message: String(data) }];
    }),
  );
}
