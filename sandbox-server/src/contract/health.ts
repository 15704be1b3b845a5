/** `GET /api/health`. */
import { z } from 'zod'

/** `free`: sessions that can start at once; `queue`: learners who wait; `warm`: labs whose machines are booted ahead; `maintenance`: no new labs begin. */
export const health = z.object({
  status: z.literal('ok'),
  free: z.int(),
  queue: z.int(),
  warm: z.int(),
  maintenance: z.boolean(),
})
