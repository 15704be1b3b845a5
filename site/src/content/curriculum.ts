/** The schema of `lessons/curriculum.yaml`: topics, the order of lessons, and with which lab to begin. */
import { labId } from '@drydock/kit/schema'
import { z } from 'zod'

const topic = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be lower-case letters, digits and dashes'),
    title: z.string().min(1).max(60),
    summary: z.string().min(10).max(240),
    /** Lesson ids as `<topic>/<lesson>`, only those that exist. */
    lessons: z.array(labId),
  })
  .superRefine((t, ctx) => {
    for (const [i, id] of t.lessons.entries())
      if (!id.startsWith(`${t.id}/`))
        ctx.addIssue({ code: 'custom', path: ['lessons', i], message: `'${id}' does not begin with '${t.id}/'` })
  })

export const curriculum = z.strictObject({
  /** The lesson whose lab the landing page starts; without it, the first of the path that has one. */
  start: labId.optional(),
  topics: z
    .array(topic)
    .min(1)
    .superRefine((topics, ctx) => {
      const seen = new Set<string>()
      for (const [i, t] of topics.entries())
        for (const id of [t.id, ...t.lessons]) {
          if (seen.has(id)) ctx.addIssue({ code: 'custom', path: [i], message: `'${id}' is listed twice` })
          seen.add(id)
        }
    }),
})
export type Curriculum = z.infer<typeof curriculum>
export type Topic = Curriculum['topics'][number]
