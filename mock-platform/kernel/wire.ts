/**
 * A body as presenters make it: the type that was generated from the schema, nothing of which is changed any more, so
 * that parts of documents can stand in it as they are.
 */
export type Wire<Body> = Body extends object ? { readonly [Member in keyof Body]: Wire<Body[Member]> } : Body;
