import { z } from 'zod'
import { latestMoment } from './latest-moment.ts'

const yearZero = Date.parse('0000-01-01')

/**
 * A date (its beginning, UTC) or a moment with its offset, in ISO 8601; from the year 0 up to ten years ahead. Whatever
 * date comes in is read by this schema.
 */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'is not an ISO 8601 date')
  .superRefine((text, context) => {
    const at = Date.parse(text)
    if (at > latestMoment(Date.now())) context.addIssue({ code: 'custom', message: 'is more than ten years ahead' })
    else if (!(at >= yearZero)) context.addIssue({ code: 'custom', message: 'is before the year 0' })
  })
