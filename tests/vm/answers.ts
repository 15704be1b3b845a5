/** What programs in the machine print as their last line. */
import { z } from 'zod'

export const capabilityList = z.object({
  capabilities: z.array(z.object({ name: z.string(), value: z.string(), ok: z.boolean() })),
  ok: z.boolean(),
})

const deviation = z.object({ case: z.string(), expected: z.string(), observed: z.string() })
export const verifyFigures = z.object({ tasks: z.int(), mistakes: z.int(), deviations: z.array(deviation) })

export const attackFigures = z.object({
  attacks: z.int(),
  held: z.int(),
  controls: z.int(),
  escaped: z.array(z.string()),
})

/** Of the scripts in inside/. */
export const insideResult = z.object({ ok: z.boolean(), said: z.string() })
