import { holdGoal } from '../worst-inputs/worst-of.ts'
import type { WorstInputs } from '../worst-inputs.ts'
import { figure } from './figure.ts'

const shown = 5

/** What the worst inputs cost, each where it costs most, and which of them cost too much. */
export function worstInputsReport({ requests, expressions }: WorstInputs): string[] {
  const width = Math.max(...requests.map(({ title }) => title.length))
  const over = tooDear({ requests, expressions })
  return [
    'The worst inputs, one at a time, at npm start and at the MPC server: CPU ms of the longest turn of the loop that serves everybody:',
    '',
    ...requests.map(
      ({ title, tried, input, milliseconds, answer }) =>
        `${title.padEnd(width)}  ${figure(milliseconds).padStart(6)}  of ${String(tried).padStart(3)}, ${input} → ${answer}`,
    ),
    '',
    `  ${expressions.length} regular expressions, each with texts of 64 KiB; the dearest, in ms:`,
    ...expressions
      .slice(0, shown)
      .map(
        ({ file, pattern, text, milliseconds }) =>
          `  ${figure(milliseconds).padStart(6)}  ${pattern.slice(0, 72)} in ${file}, of “${text}”`,
      ),
    '',
    over.length
      ? `  OVER THE GOAL of ${holdGoal} ms: ${over.join('; ')}.`
      : `  None holds the loop for longer than ${holdGoal} ms, which is the goal.`,
  ]
}

/** What holds the loop for longer than the goal. */
export function tooDear({ requests, expressions }: WorstInputs): string[] {
  return [
    ...requests.filter(({ milliseconds }) => milliseconds > holdGoal).map(({ title, input }) => `${title}: ${input}`),
    ...expressions
      .filter(({ milliseconds }) => milliseconds > holdGoal)
      .map(({ pattern, file }) => `${pattern} in ${file}`),
  ]
}
