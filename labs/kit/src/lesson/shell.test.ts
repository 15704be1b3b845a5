/** Protects: copying and running give the commands alone, without prompts and output. */
import { describe, expect, it } from 'vitest'
import { parseShell, readNoRun, readTitle } from './shell.ts'

describe('parseShell', () => {
  it('takes all lines as commands when there is no prompt', () => {
    expect(parseShell('docker ps\ndocker images\n').commands).toBe('docker ps\ndocker images')
  })
  it('keeps a comment of a block without prompts', () => {
    expect(parseShell('# build it\ndocker build .').commands).toBe('# build it\ndocker build .')
  })
  it('leaves out prompts and output of a transcript', () => {
    const block = parseShell('$ docker ps\nCONTAINER ID   IMAGE\n# not a prompt\n$ docker images')
    expect(block.commands).toBe('docker ps\ndocker images')
    expect(block.lines.map((line) => line.kind)).toEqual(['command', 'output', 'output', 'command'])
  })
  it('knows the prompt of a node', () => {
    expect(parseShell('root@node1:~/shop# ls\nDockerfile').commands).toBe('ls')
  })
  it('follows a command over several lines', () => {
    expect(parseShell('$ docker run -d \\\n>   --name web \\\n>   nginx\n9f2c').commands).toBe(
      'docker run -d \\\n  --name web \\\n  nginx',
    )
  })
  it('keeps a here-document whole, also lines in it that look like a prompt', () => {
    const text = "$ cat > Dockerfile <<'EOF'\nFROM busybox:1.37\n$ not a prompt\nEOF\n$ ls\nDockerfile"
    expect(parseShell(text).commands).toBe("cat > Dockerfile <<'EOF'\nFROM busybox:1.37\n$ not a prompt\nEOF\nls")
  })
})

describe('the meta of a fence', () => {
  it('says why something is not run', () => {
    expect(readNoRun('no-run="no internet"')).toBe('no internet')
    expect(readNoRun('title="x" no-run')).toBe('')
    expect(readNoRun('title="no-run"')).toBeUndefined()
    expect(readNoRun(undefined)).toBeUndefined()
  })
  it('names a file', () => {
    expect(readTitle('title="compose.yaml"')).toBe('compose.yaml')
    expect(readTitle('')).toBeUndefined()
  })
})
