/** `GET /api/health`. */
import { z } from 'zod'

/** `free`: sessions that can start at once; `queue`: learners who wait; `warm`: lab machines that are booted ahead. */
export const health = z.object({ status: z.literal('ok'), free: z.int(), queue: z.int(), warm: z.int() })
