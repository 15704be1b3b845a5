/** The build cache: copies of the learner's folder are edited and built, and what is in the images decides. */
import {
  build,
  container,
  fail,
  image,
  imageHistory,
  images,
  isPreloaded,
  pass,
  request,
  seconds,
  withScratch,
} from '@drydock/kit'
import type { Build, Check, Checks, Outcome, Scratch } from '@drydock/kit'

const base = 'python:3.13-slim-trixie'

const buildIt: Check = async ({ node1 }) => {
  const expected = 'an image `tide`, built from this folder'
  const [tide, from] = await Promise.all([image(node1, 'tide:latest'), image(node1, base)])
  if (!tide) {
    const tags = (await images(node1))
      .flatMap((i) => (i.tags.length > 0 ? i.tags : ['an image without a name']))
      .filter((tag) => !isPreloaded(tag))
    return fail({
      expected,
      observed: tags.length > 0 ? `no image \`tide\`, but ${tags.join(', ')}` : 'no image of yours yet',
      hint: 'tag',
    })
  }
  const own = tide.layers.length - (from?.layers.length ?? 0)
  const builtFrom = from === undefined || from.layers.every((layer, i) => tide.layers[i] === layer)
  if (!builtFrom || own < 1 || (await imageHistory(node1, 'tide:latest')).length < 2)
    return fail({ expected, observed: '`tide` is only another name for a base image', hint: 'command' })
  return pass(`\`tide\` has ${own} layers on top of ${base}`)
}

interface Inside {
  edited: boolean
  /** Version of tides, and when its files were written into their layer: a step from the cache is not a moment younger. */
  version: string
  installed: string
}

/** Looks into an image by running it, under a scratch name, with the interpreter that its own command uses. */
async function lookInside(scratch: Scratch, tag: string, edit: string): Promise<Inside | undefined> {
  const made = await image(scratch.node, tag)
  const python =
    [...(made?.entrypoint ?? []), ...(made?.command ?? [])].find((w) => /(^|\/)python[0-9.]*$/.test(w)) ?? 'python'
  const script = [
    'grep -rqsF -- "$1" "$PWD" /app /srv /opt /usr/src /home && echo edited || echo same',
    `"$2" -c "import os, tides; print(tides.__version__, os.stat(tides.__file__).st_mtime_ns)"`,
  ].join('\n')
  const ran = await scratch.node.exec(
    [
      'docker',
      'run',
      '--rm',
      '--name',
      scratch.name('inside'),
      '--network',
      'none',
      '--entrypoint',
      'sh',
      tag,
      '-c',
      script,
      'sh',
      edit,
      python,
    ],
    { timeout_ms: 20_000 },
  )
  const [state, facts = ''] = ran.stdout.trim().split('\n')
  const [version, installed] = facts.split(' ')
  return version && installed ? { edited: state === 'edited', version, installed } : undefined
}

const ownSteps = (b: Build) => b.steps.filter((s) => !/\] FROM /.test(s.name))
const installs = (b: Build) =>
  ownSteps(b).find((s) => /\bRUN\b.*\b(pip|install)\b/.test(s.name)) ?? ownSteps(b).find((s) => /\bRUN\b/.test(s.name))
const short = (name: string) => (name.length > 90 ? `${name.slice(0, 89)}…` : name)
const notBuilt = (b: Build) => `the build ended with: ${b.problem.replaceAll(/\s+/g, ' ').slice(0, 300)}`

const cached: Check = (lab) =>
  withScratch(lab, async (scratch) => {
    const edit = `drydock ${lab.scratch}`
    const expected = 'the step that installs the dependencies CACHED after an edit of app.py'
    const first = await build(scratch, 'first')
    if (!first.ok)
      return fail({
        expected,
        observed: notBuilt(first),
        hint: /wheels|no matching distribution/i.test(first.problem) ? 'wheels' : 'command',
      })
    if (!(await append(scratch, 'app.py', `\n# ${edit}\n`)))
      return fail({ expected, observed: `there is no app.py in ${scratch.node.folder}`, hint: 'source' })
    const second = await build(scratch, 'second')
    if (!second.ok) return fail({ expected, observed: notBuilt(second), hint: 'command' })
    const [before, after] = [await lookInside(scratch, first.tag, edit), await lookInside(scratch, second.tag, edit)]
    if (!before || !after)
      return fail({ expected, observed: 'in the image, `import tides` does not work', hint: 'wheels' })
    if (!after.edited) return fail({ expected, observed: 'the edit of app.py is not in the new image', hint: 'source' })
    const step = installs(second)
    if (before.installed !== after.installed) {
      const ran =
        step && !step.cached
          ? `\`${short(step.name)}\` ran again, ${seconds(step.ms)}`
          : 'the dependencies were installed again'
      return fail({ expected, observed: ran, hint: 'order' })
    }
    return (
      (await followsTheList(scratch)) ??
      pass(
        `${step ? `\`${short(step.name)}\` CACHED` : 'the dependencies came from the cache'} after an edit of app.py, and run again after one of requirements.txt`,
      )
    )
  })

/** The other half of a right cache: what has changed is not taken from it. Undefined when all is well. */
async function followsTheList(scratch: Scratch): Promise<Outcome | undefined> {
  const list = (await scratch.node.read(`${scratch.folder}/requirements.txt`)) ?? ''
  const next = list.match(/^tides==(\S+)/m)?.[1] === '2.1.0' ? '2.0.0' : '2.1.0'
  const expected = `tides ${next} in the image after an edit of requirements.txt`
  if (!/^tides==/m.test(list))
    return fail({ expected, observed: 'requirements.txt names no version of tides', hint: 'follow' })
  await scratch.node.exec(['sed', '-i', `s/^tides==.*/tides==${next}/`, `${scratch.folder}/requirements.txt`])
  const changed = await build(scratch, 'changed')
  if (!changed.ok) return fail({ expected, observed: notBuilt(changed), hint: 'command' })
  const version = (await lookInside(scratch, changed.tag, ''))?.version ?? 'in no version'
  if (version === next) return undefined
  return fail({
    expected,
    observed: `tides==${next} in requirements.txt, tides ${version} in the image`,
    hint: 'follow',
  })
}

const quiet: Check = (lab) =>
  withScratch(lab, async (scratch) => {
    const expected = 'the same layers after an edit of NOTES.md, and an image that still works'
    const first = await build(scratch, 'first')
    if (!first.ok) return fail({ expected, observed: notBuilt(first), hint: 'source' })
    if (!(await append(scratch, 'NOTES.md', '\nHigh water was early.\n')))
      return fail({ expected, observed: `there is no NOTES.md in ${scratch.node.folder}`, hint: 'ignore' })
    const second = await build(scratch, 'second')
    if (!second.ok) return fail({ expected, observed: notBuilt(second), hint: 'source' })
    const [before, after] = [await image(scratch.node, first.tag), await image(scratch.node, second.tag)]
    if (before?.layers.join() !== after?.layers.join()) {
      const step = ownSteps(second).find((s) => !s.cached)
      return fail({
        expected,
        observed: step ? `\`${short(step.name)}\` ran again` : 'the layers are others',
        hint: 'ignore',
      })
    }
    // An app that is not in the image is quiet too.
    const edit = `drydock ${lab.scratch}`
    await append(scratch, 'app.py', `\n# ${edit}\n`)
    const third = await build(scratch, 'third')
    const inside = third.ok ? await lookInside(scratch, third.tag, edit) : undefined
    if (!inside?.edited)
      return fail({ expected, observed: 'an edit of app.py does not reach the image any more', hint: 'source' })
    return pass(`all ${after?.layers.length ?? 0} layers are the same after an edit of NOTES.md`)
  })

/** Appends to a file of the copy; a link to one of the learner's own files becomes a file first. False when there is none. */
async function append(scratch: Scratch, file: string, text: string): Promise<boolean> {
  const script =
    '[ -f "$1" ] && { [ ! -L "$1" ] || cp --remove-destination "$(readlink -f "$1")" "$1"; } && cat >> "$1"'
  const ran = await scratch.node.exec(['sh', '-c', script, 'sh', `${scratch.folder}/${file}`], { stdin: text })
  return ran.code === 0
}

const upgrade: Check = async ({ node1 }) => {
  const expected = 'a container `tide` from the present image `tide`, answering at http://localhost:8000 by tides 2.1.0'
  const [list, tide, current] = await Promise.all([
    node1.read('requirements.txt'),
    container(node1, 'tide'),
    image(node1, 'tide:latest'),
  ])
  const wanted = list?.match(/^tides\s*[=~>]=+\s*(\S+)/m)?.[1]
  if (!/^2\.1(\.0|\.\*)?(,|$)/.test(wanted ?? ''))
    return fail({ expected, observed: `requirements.txt asks for tides ${wanted ?? 'in no version'}`, hint: 'edit' })
  if (!tide) return fail({ expected, observed: 'there is no container `tide`', hint: 'command' })
  if (tide.state !== 'running')
    return fail({ expected, observed: `\`tide\` is ${tide.state}, exit code ${tide.exitCode}`, hint: 'command' })
  if (tide.imageId !== current?.id)
    return fail({ expected, observed: '`tide` runs from an older image', hint: 'stale' })
  const answer = await request(node1, 'http://localhost:8000/')
  if (answer.status !== 200)
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'command' })
  const by = answer.body.match(/by tides (\S+)/)?.[1]
  if (by !== '2.1.0')
    return fail({
      expected,
      observed: by ? `the answer is by tides ${by}` : 'the answer does not say which tides it is by',
      hint: 'edit',
    })
  return pass('`tide` answers by tides 2.1.0')
}

export default { build: buildIt, cached, quiet, upgrade } satisfies Checks
