/** Finds what a schema of one file cannot see: lessons that do not exist, tasks that no lesson shows, pictures that are missing. */
import { existsSync, readFileSync, globSync } from 'node:fs'
import path from 'node:path'
import { readLesson } from '@drydock/kit/lesson'
import { readQuiz } from '@drydock/kit/quiz'
import { manifest } from '@drydock/kit/schema'
import { parse, YAMLParseError } from 'yaml'
import type { z } from 'zod'
import { focusPattern } from '../islands/xray/focus.ts'
import { curriculum } from './curriculum.ts'
import { glossary, termId } from './glossary.ts'
import { lessonFrontmatter } from './lesson.ts'
import { problemsOf, type Problem } from './problem.ts'

const glossaryFile = 'lessons/glossary.yaml'

/** All problems of a content tree (`<root>/lessons`, `<root>/labs`), in the order of files. */
export function lintContent(root: string): Problem[] {
  const problems: Problem[] = []
  const report = (file: string, place: string, message: string) => problems.push({ file, path: place, message })

  const plan = readYaml('lessons/curriculum.yaml', curriculum)
  const folders = globSync('lessons/*/*/lesson.mdx', { cwd: root }).map((file) =>
    file.split(path.sep).slice(1, 3).join('/'),
  )
  const exists = new Set(folders)
  const words = new Set(existsSync(path.join(root, glossaryFile)) ? readWords() : [])
  const listed = new Set(plan?.topics.flatMap((topic) => topic.lessons))
  for (const id of listed)
    if (!exists.has(id)) report('lessons/curriculum.yaml', id, `write lessons/${id}/lesson.mdx or take it off the list`)
  for (const id of [...exists].sort()) lintLesson(id)
  for (const file of globSync('lessons/*/*/quiz.yaml', { cwd: root }))
    if (!exists.has(file.split(path.sep).slice(1, 3).join('/')))
      report(file, '', 'belongs to no lesson: write lesson.mdx beside it')
  return problems

  function lintLesson(id: string): void {
    const file = `lessons/${id}/lesson.mdx`
    if (plan && !listed.has(id))
      report(
        'lessons/curriculum.yaml',
        '',
        `does not list '${id}': add it to the lessons of its topic, or nobody finds it`,
      )
    const source = readFileSync(path.join(root, file), 'utf8')
    const front = /^---\n([\s\S]*?)\n---\n/.exec(source)
    if (!front) return void report(file, 'line 1', 'must begin with frontmatter between two lines of ---')
    const data = parseWith(file, front[1] ?? '', lessonFrontmatter)
    for (const [i, other] of (data?.prerequisites ?? []).entries()) checkId(file, `prerequisites.${i}`, other)
    if (data?.next !== undefined) checkId(file, 'next', data.next)
    lintQuiz(`lessons/${id}/quiz.yaml`)
    lintBody(id, file, source, front[0].split('\n').length - 1)
  }

  function lintQuiz(file: string): void {
    if (!existsSync(path.join(root, file))) return
    for (const problem of readQuiz(readFileSync(path.join(root, file), 'utf8')).problems) report(file, '', problem)
  }

  function lintBody(id: string, file: string, source: string, skip: number): void {
    const labFile = `labs/${id}/lab.yaml`
    const lab = existsSync(path.join(root, labFile)) ? readYaml(labFile, manifest) : undefined
    const [shown, linked] = [new Set<string>(), new Set<string>()]
    const lines = source.split('\n')
    for (const [i, line] of lines.entries()) {
      const place = `line ${i + 1}`
      if (line.includes('TODO:'))
        report(file, place, `is still to be written: ${/TODO: *(.*?)['"]?$/.exec(line)?.[1] ?? ''}`)
      if (i < skip) continue
      if (/^import\s/.test(line))
        report(file, place, 'lessons import nothing: Task, Diagram, Note, Terminal and XRay are there without')
      for (const [, task] of line.matchAll(/<Task\s+id="([^"]*)"/g)) {
        if (task === undefined) continue
        if (shown.has(task)) report(file, place, `shows task '${task}' a second time: once is enough`)
        shown.add(task)
        if (!lab) report(file, place, `<Task id="${task}"> needs ${labFile}`)
        else if (!lab.tasks.some((t) => t.id === task))
          report(file, place, `'${task}' is not a task of ${labFile}; it has ${lab.tasks.map((t) => t.id).join(', ')}`)
      }
      for (const [, focus = ''] of line.matchAll(/<XRay\s[^>]*?focus="([^"]*)"/g))
        if (!focusPattern.test(focus))
          report(file, place, `<XRay focus="${focus}">: write it as in focus="container:web"`)
      for (const [tag, name] of line.matchAll(/<Diagram\s[^>]*?name="([^"]*)"[^>]*>/g)) {
        if (!existsSync(path.join(root, 'lessons', id, `${name}.svg`)))
          report(file, place, `draw lessons/${id}/${name}.svg or correct the name of this <Diagram>`)
        if (!/\salt="[^"]+"/.test(tag))
          report(file, place, `give <Diagram name="${name}"> an alt text that says what it shows`)
      }
      for (const [, text = '', address = ''] of line.matchAll(/(?<![`!])\[([^\]`]*)\]\(([^)\s]+)\)/g))
        if (address.startsWith('/glossary/#')) checkWord(file, place, address.slice('/glossary/#'.length), linked)
        else checkLink(file, place, address, text)
      for (const [, address = ''] of line.matchAll(/<a\s[^>]*href="([^"]*)"/g)) checkLink(file, place, address, 'it')
      if (/^\|( *:?-+:? *\|)+ *$/.test(line) && /\|\s*\|/.test(lines[i - 1] ?? ''))
        report(file, place, 'the table above has a column without a name: a screen reader says the name with each cell')
      if (/!\[\s*\]\(/.test(line) || /<img(?![^>]*\salt="[^"]+")/.test(line))
        report(file, place, 'give the picture an alt text that says what it shows')
      if (/^```\S*.*\bno-run(?!=["'][^"']+["'])/.test(line)) report(file, place, 'say why: no-run="reason"')
    }
    for (const item of readLesson(file, source).items) {
      if (item.kind !== 'block' || item.block.noRun !== undefined) continue
      const place = `line ${item.block.line}`
      if (!lab && !existsSync(path.join(root, labFile)))
        report(file, place, 'has no lab to be typed into: say why it is not run, no-run="reason"')
      else if (lab && Number(item.block.node.slice(4)) > lab.nodes)
        report(file, place, `is typed on ${item.block.node}, but ${labFile} has ${lab.nodes} node(s)`)
    }
    for (const task of lab?.tasks ?? [])
      if (!shown.has(task.id))
        report(file, '', `does not show task '${task.id}': put <Task id="${task.id}" /> where it belongs`)
  }

  /** Addresses of ours; what is elsewhere cannot be tried without a network. */
  function checkLink(file: string, place: string, address: string, text: string): void {
    if (/^(https?:|mailto:)/.test(address) || address.startsWith('#')) return
    const [where = ''] = address.split('#')
    const id = where.replace(/^\/|\/$/g, '')
    if (!where.startsWith('/')) report(file, place, `the link to ${address} is relative: write /<topic>/<lesson>/`)
    else if (
      !exists.has(id) &&
      ![
        '',
        'curriculum',
        'glossary',
        'play',
        'play/link',
        'practice',
        'practice/interview',
        'practice/review',
        'privacy',
        'progress',
      ].includes(id)
    )
      report(file, place, `the link '${text}' leads to ${address}, which is not there`)
    else if (where !== '/' && !where.endsWith('/')) report(file, place, `the link to ${address} needs a / at its end`)
  }

  function checkWord(file: string, place: string, id: string, linked: Set<string>): void {
    if (!words.has(id)) report(file, place, `'${id}' is not explained: add the word to ${glossaryFile}`)
    if (linked.has(id)) report(file, place, `explains '${id}' a second time: once in a lesson is enough`)
    linked.add(id)
  }

  function readWords(): string[] {
    const entries = readYaml(glossaryFile, glossary) ?? []
    for (const [i, { lesson }] of entries.entries()) if (lesson) checkId(glossaryFile, `${i}.lesson`, lesson)
    return entries.map(({ term }) => termId(term))
  }

  function checkId(file: string, place: string, id: string): void {
    if (!exists.has(id)) report(file, place, `'${id}' is not a lesson; there are ${[...exists].sort().join(', ')}`)
  }

  function readYaml<T extends z.ZodType>(file: string, schema: T): z.infer<T> | undefined {
    const full = path.join(root, file)
    if (!existsSync(full)) return void report(file, '', 'is missing')
    return parseWith(file, readFileSync(full, 'utf8'), schema)
  }

  function parseWith<T extends z.ZodType>(file: string, source: string, schema: T): z.infer<T> | undefined {
    try {
      const result = schema.safeParse(parse(source))
      if (result.success) return result.data
      problems.push(...problemsOf(file, result.error))
    } catch (error) {
      if (!(error instanceof YAMLParseError)) throw error
      report(file, `line ${error.linePos?.[0].line ?? 1}`, `is not valid YAML: ${error.message.split('\n')[0]}`)
    }
    return undefined
  }
}
