import { z } from "zod";
import { type KeyPath, valueAt } from "./key-path";

/**
 * The schema of the value at a path, without its wrappers (defaults, optional); undefined where the path leads
 * nowhere. Among several forms the input's discriminator chooses, as it does in validation.
 */
export function schemaAt(schema: z.ZodType, input: unknown, path: KeyPath): z.ZodType | undefined {
  const [key, ...rest] = path;
  const bare = unwrapped(schema);
  if (key === undefined) return bare;
  const inner = child(bare, input, key);
  return inner && schemaAt(inner, valueAt(input, [key]), rest);
}

/** The keys that the group at a path may hold; none where no group stands there. */
export function knownKeys(schema: z.ZodType, input: unknown, path: KeyPath): string[] {
  const group = schemaAt(schema, input, path);
  const chosen = group instanceof z.ZodDiscriminatedUnion ? chosenForm(group, valueAt(input, path)) : group;
  return chosen instanceof z.ZodObject ? Object.keys(chosen.shape) : [];
}

/** The form of the group at a path that does know the key, such as `kind: "network"`, if one does. */
export function formWithKey(
  schema: z.ZodType,
  input: unknown,
  path: KeyPath,
  key: string,
): string | undefined {
  const group = schemaAt(schema, input, path);
  if (!(group instanceof z.ZodDiscriminatedUnion)) return undefined;
  const { discriminator } = group.def;
  const named = formsOf(group).find((form) => Object.hasOwn(form.shape, key))?.shape[discriminator];
  return named instanceof z.ZodLiteral ? `${discriminator}: ${JSON.stringify(named.value)}` : undefined;
}

function child(schema: z.ZodType, input: unknown, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<PropertyKey, z.ZodType>)[key];
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return undefined;
  const form = chosenForm(schema, input);
  return form && child(form, input, key);
}

function chosenForm(union: z.ZodDiscriminatedUnion, input: unknown): z.ZodObject | undefined {
  const { discriminator } = union.def;
  const wanted = valueAt(input, [discriminator]);
  return formsOf(union).find((form) => (form.shape[discriminator] as z.ZodType).safeParse(wanted).success);
}

function formsOf(union: z.ZodDiscriminatedUnion): z.ZodObject[] {
  return union.options.filter((option) => option instanceof z.ZodObject);
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const wrapped =
    schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodExactOptional;
  return wrapped ? unwrapped(schema.unwrap() as z.ZodType) : schema;
}
