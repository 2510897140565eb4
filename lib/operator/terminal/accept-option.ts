/** `--accept NAME`, as often as wanted. */
export const acceptOption = [
  "--accept <difference>",
  "a difference that nothing can mend, by its exact name as the comparison writes it: 'relation public.x'; may be given again",
  (name: string, before: string[] | undefined): string[] => [...(before ?? []), name],
] as const;
