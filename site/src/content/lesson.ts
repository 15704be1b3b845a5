/** The frontmatter of a `lessons/<topic>/<lesson>/lesson.mdx`: what an author may say, with a sentence for each mistake. */
import { labId } from '@drydock/kit/schema'
import { z } from 'zod'

const line = (max: number) =>
  z.string().min(1, 'must not be empty').max(max, `must have at most ${max} characters: say it shorter`)

export const lessonFrontmatter = z.strictObject({
  title: line(80),
  /** One sentence for the curriculum, search results and the page's description. */
  description: line(200),
  /** What a learner can do afterwards, each beginning with a verb. */
  goals: z.array(line(160)).min(1, 'needs at least one goal, for example "Read the columns of docker ps"').max(6),
  /** How long reading and lab take together, measured. */
  minutes: z.int().min(1).max(180),
  /** Ids of lessons that should be known before, as `<topic>/<lesson>`. */
  prerequisites: z.array(labId).default([]),
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)], {
    error: 'must be 1 (first steps), 2 (everyday) or 3 (hard)',
  }),
  /** The lesson to go on with, when it is not simply the next one of the curriculum. */
  next: labId.optional(),
  /** The three lines to take home. */
  remember: z.array(line(200)).length(3, 'needs exactly three lines: what should be left after a week?'),
})
