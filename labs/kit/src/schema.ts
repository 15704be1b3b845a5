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

/** A choice of a value: safe to stand anywhere in a command, and in a sentence. */
const choice = z.union([
  z.int(),
  z.string().regex(/^[A-Za-z0-9._:/@%+,=-]{1,60}$/, 'must be letters, digits and any of . _ : / @ % + , = - alone'),
])

/** What varies by learner; the session's seed chooses (`chooseValues`). */
export const value = z.union(
  [
    z.strictObject({ one_of: z.array(choice).min(2, 'needs two or more choices').max(100) }),
    /** So many hexadecimal digits. */
    z.strictObject({ hex: z.int().min(4).max(64) }),
  ],
  { error: 'must be { one_of: […] } with two or more choices without blanks, or { hex: 4 to 64 }' },
)

/** Shown when an incident is over, each one to three sentences. */
export const debrief = z.strictObject({
  /** The root cause. */
  cause: z.string().min(20).max(600),
  fix: z.string().min(20).max(600),
  prevention: z.string().min(20).max(600),
  /** How one could have seen it coming. */
  early: z.string().min(20).max(600),
})

/** `{{name}}` in a text stands for the value of that name; `{{.State}}` and `{{end}}` are Go's and stay. */
export const placeholder = /\{\{([a-z][a-z0-9-]*)\}\}/g
/** Words of Go's templates that look like the name of a value. */
const goWords = ['end', 'else', 'break', 'continue', 'seed']

/** `playground` is no author's to choose: see playground.ts. */
export const labKind = z.enum(['guided', 'challenge', 'incident', 'playground'])

export const manifest = z
  .strictObject({
    title: z.string().min(3).max(80),
    summary: z.string().min(10).max(240),
    kind: labKind.exclude(['playground']),
    minutes: z.int().min(1).max(120),
    needs: z.array(capabilityName).default([]),
    nodes: z.int().min(1).max(3).default(1),
    limits: limits.prefault({}),
    /**
     * What the nodes reach besides each other. `none`: nothing. `mirror`: a registry of the session's own, `registry:5000`, which is also
     * where `docker pull` finds the preloaded images, and `http://packages` with package indexes for Python and npm. `open`: the internet, and
     * nothing of the operator's; on servers whose operator has allowed it.
     */
    network: z.enum(['none', 'mirror', 'open']).default('none'),
    /** Images (as `name:tag`) that the lab uses; it can start once they are in the node. */
    images: z.array(z.string()).default([]),
    /** The work folder below `/root`; `files/` is copied there and shells start there. */
    folder: slug.default('work'),
    /** By name: `{{name}}` in texts and solutions, `LAB_NAME` in scripts, `lab.values.name` in checks. */
    values: z.record(slug, value).default({}),
    /** Incidents: the message that wakes one up, one to three sentences, symptoms alone. */
    pager: z.string().min(20).max(500).optional(),
    /** Incidents: the minutes on the clock. It only shows; nothing ends with it. */
    clock_minutes: z.int().min(1).max(120).optional(),
    /** Incidents: what is told when all is repaired. */
    debrief: debrief.optional(),
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
    for (const key of ['pager', 'debrief'] as const)
      if (lab.kind === 'incident' && lab[key] === undefined)
        ctx.addIssue({ code: 'custom', path: [key], message: `an incident needs a ${key}: add it` })
    for (const key of ['pager', 'clock_minutes', 'debrief'] as const)
      if (lab.kind !== 'incident' && lab[key] !== undefined)
        ctx.addIssue({ code: 'custom', path: [key], message: `only an incident has it, and this is a ${lab.kind} lab` })
    for (const name of Object.keys(lab.values))
      if (goWords.includes(name))
        ctx.addIssue({
          code: 'custom',
          path: ['values', name],
          message: `'${name}' means something else: call it differently`,
        })
    for (const [path, text] of textsOf(lab))
      for (const [whole, name = ''] of text.matchAll(placeholder))
        if (!(name in lab.values) && !goWords.includes(name))
          ctx.addIssue({
            code: 'custom',
            path,
            message: `${whole} stands for no value: declare '${name}' below values`,
          })
  })

type Texts = { pager?: string | undefined; debrief?: Debrief | undefined; tasks: readonly Task[] }

/** Every text in which a value may stand, with its place. */
function* textsOf(lab: Texts): Generator<[(string | number)[], string]> {
  if (lab.pager !== undefined) yield [['pager'], lab.pager]
  for (const [part, text] of Object.entries(lab.debrief ?? {})) yield [['debrief', part], text]
  for (const [i, task] of lab.tasks.entries()) {
    yield [['tasks', i, 'goal'], task.goal]
    if (task.acts !== undefined) yield [['tasks', i, 'acts'], task.acts]
    for (const [j, { text }] of task.hints.entries()) yield [['tasks', i, 'hints', j, 'text'], text]
  }
}

/** The text with each `{{name}}` replaced; a name without a value stays. */
export function fillIn(text: string, values: Values): string {
  return text.replaceAll(placeholder, (whole, name: string) => values[name] ?? whole)
}

/** For readers without a session: what differs from learner to learner is left open. */
export function leaveOpen(text: string, names: Iterable<string>): string {
  return fillIn(text, Object.fromEntries([...names].map((name) => [name, '…'])))
}

export type Hint = z.infer<typeof hint>
export type Task = z.infer<typeof task>
export type Limits = z.infer<typeof limits>
export type Manifest = Omit<z.infer<typeof manifest>, 'kind'> & { kind: z.infer<typeof labKind> }
export type Debrief = z.infer<typeof debrief>
/** The values of one session, by name. */
export type Values = Readonly<Record<string, string>>
export type CapabilityName = z.infer<typeof capabilityName>
