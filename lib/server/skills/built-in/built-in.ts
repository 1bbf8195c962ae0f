import type { z } from 'zod'

/** A skill that this server does itself. */
export interface BuiltIn<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  id: string
  name: string
  description: string
  version: string
  input: Input
  output: Output
  /** In cents; what a live execution costs. */
  priceAmount: number
  /**
   * @param input is of the input's schema
   * @param run whose it is, and until when it has to be done
   * @returns JSON of the output's schema
   * @throws TookTooMuch, TookTooLong
   */
  run(input: z.output<Input>, run: { owner: string; until: Date }): Promise<string>
}

/** The same, with the types of what goes in and comes out. */
export function builtIn<Input extends z.ZodType, Output extends z.ZodType>(skill: BuiltIn<Input, Output>): BuiltIn {
  return skill as unknown as BuiltIn
}
