/** What a `lab.yaml` may say: the one schema that authors, the server, the site and `verify` share. Imports zod alone. */
import { z } from 'zod'

const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be lower-case letters, digits and dashes, starting with a letter')

/** `<topic>/<lab>`, for example `layers/cache`; also the address of the lesson. */
export const labId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,40}\/[a-z][a-z0-9-]{0,40}$/,
    'must be <topic>/<lab> in lower case, for example layers/cache',
  )

/** One nudge. `id` is what a failing check selects; the order is from a nudge to nearly the answer. */
export const hint = z.strictObject({ id: slug, text: z.string().min(1).max(600) })

export const taskType = z.enum(['once', 'holds', 'guard'])
export const checkKind = z.enum(['observing', 'acting'])

export const task = z.strictObject({
  id: slug,
  /** One sentence, imperative, in Markdown inline code at most. */
  goal: z.string().min(1).max(300),
  type: taskType.default('once'),
  check: checkKind.default('observing'),
  /** Acting checks that touch the learner's own things say here what they do; shown on the button. */
  acts: z.string().min(1).max(160).optional(),
  after: z.array(slug).default([]),
  hints: z.array(hint).default([]),
})

/** What this lab asks of the host; the names are those of `npm run doctor`. */
export const capabilityName = z.enum([
  'user-namespaces',
  'memory-limit',
  'cpu-limit',
  'pids-limit',
  'disk-quota',
  'seccomp',
  'ipvs',
  'vxlan',
  'block-io-limit',
  'apparmor',
])

export const limits = z.strictObject({
  memory_mb: z.int().min(256).max(8192).default(1024),
  cpus: z.number().min(0.1).max(8).default(1),
  pids: z.int().min(256).max(8192).default(1024),
  disk_mb: z.int().min(256).max(16384).default(2048),
})

export const manifest = z
  .strictObject({
    title: z.string().min(3).max(80),
    summary: z.string().min(10).max(240),
    kind: z.enum(['guided', 'challenge', 'incident']),
    minutes: z.int().min(1).max(120),
    needs: z.array(capabilityName).default([]),
    nodes: z.int().min(1).max(3).default(1),
    limits: limits.prefault({}),
    /**
     * What the nodes reach besides each other. `none`: nothing. `mirror`: a registry of the session's own, `registry:5000`, which is also
     * where `docker pull` finds the preloaded images, and `http://packages` with package indexes for Python and npm.
     */
    network: z.enum(['none', 'mirror']).default('none'),
    /** Images (as `name:tag`) that the lab uses; it can start once they are in the node. */
    images: z.array(z.string()).default([]),
    /** The work folder below `/root`; `files/` is copied there and shells start there. */
    folder: slug.default('work'),
    tasks: z.array(task).min(1),
  })
  .superRefine((lab, ctx) => {
    const ids = lab.tasks.map((t) => t.id)
    lab.tasks.forEach((t, i) => {
      if (ids.indexOf(t.id) !== i)
        ctx.addIssue({ code: 'custom', path: ['tasks', i, 'id'], message: `'${t.id}' is used twice` })
      for (const [j, a] of t.after.entries())
        if (ids.indexOf(a) < 0 || ids.indexOf(a) >= i)
          ctx.addIssue({
            code: 'custom',
            path: ['tasks', i, 'after', j],
            message: `'${a}' is not an earlier task of this lab`,
          })
      if (t.type === 'guard' && t.after.length > 0)
        ctx.addIssue({
          code: 'custom',
          path: ['tasks', i, 'after'],
          message: 'a guard is true from the start: it waits for nothing',
        })
      const hints = t.hints.map((h) => h.id)
      if (new Set(hints).size !== hints.length)
        ctx.addIssue({ code: 'custom', path: ['tasks', i, 'hints'], message: 'two hints have the same id' })
    })
  })

export type Hint = z.infer<typeof hint>
export type Task = z.infer<typeof task>
export type Limits = z.infer<typeof limits>
export type Manifest = z.infer<typeof manifest>
export type CapabilityName = z.infer<typeof capabilityName>
