/** `GET /api/health`. */
import { z } from 'zod'

/** `free`: sessions that can start at once; `queue`: learners who wait. */
export const health = z.object({ status: z.literal('ok'), free: z.int(), queue: z.int() })
