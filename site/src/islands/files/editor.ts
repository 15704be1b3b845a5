/** One CodeMirror on one file. This file brings CodeMirror with it: import it only with the files. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { python } from '@codemirror/lang-python'
import { yaml } from '@codemirror/lang-yaml'
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  StreamLanguage,
  syntaxHighlighting,
} from '@codemirror/language'
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile'
import { shell } from '@codemirror/legacy-modes/mode/shell'
import { lintGutter, linter, lintKeymap, type Diagnostic } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import './buffer-for-dockerfile.ts'
import { validate } from 'dockerfile-utils'
import { completeCompose } from './compose-completion.ts'
import { decideLanguage, type Language } from './language.ts'
import { lintYaml } from './lint-compose.ts'

export interface Editor {
  text: () => string
  /** What was changed elsewhere; the cursor stays where it is as far as it can. */
  replace: (text: string) => void
  focus: () => void
  close: () => void
}

export interface EditorOptions {
  element: HTMLElement
  path: string
  /** For a screen reader. */
  label: string
  text: string
  onEdit: () => void
  onSave: () => void
}

/** Marks changes that did not come from the keyboard. */
const outside = Annotation.define<true>()

export function openEditor({ element, path, label, text, onEdit, onSave }: EditorOptions): Editor {
  const view = new EditorView({
    parent: element,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        syntaxHighlighting(colours),
        language(decideLanguage(path)),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': `${label}. Press Escape, then Tab, to leave the editor.` }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(outside))) onEdit()
        }),
        keymap.of([
          { key: 'Mod-s', preventDefault: true, run: () => (onSave(), true) },
          ...closeBracketsKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
      ],
    }),
  })
  return {
    text: () => view.state.doc.toString(),
    replace: (next) => {
      const head = Math.min(view.state.selection.main.head, next.length)
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: next },
        selection: { anchor: head },
        annotations: outside.of(true),
      })
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  }
}

function language(of: Language): Extension {
  const spaces = indentUnit.of(of === 'python' ? '    ' : '  ')
  switch (of) {
    case 'dockerfile':
      return [
        StreamLanguage.define(dockerFile),
        lintGutter(),
        linter((view) => lintDockerfile(view.state.doc.toString())),
      ]
    case 'compose':
    case 'yaml':
      return [
        yaml(),
        spaces,
        lintGutter(),
        linter((view) => lintYaml(view.state.doc.toString(), of === 'compose')),
        autocompletion(of === 'compose' ? { override: [completeCompose] } : {}),
      ]
    case 'json':
      return [json(), spaces, lintGutter(), linter(jsonParseLinter())]
    case 'python':
      return [python(), spaces, autocompletion()]
    case 'shell':
      return [StreamLanguage.define(shell), spaces]
    case 'text':
      return []
  }
}

function lintDockerfile(text: string): Diagnostic[] {
  if (text.trim() === '') return []
  const starts = [0]
  for (const match of text.matchAll(/\n/g)) starts.push(match.index + 1)
  const at = ({ line, character }: { line: number; character: number }) =>
    Math.min(text.length, (starts[line] ?? text.length) + character)
  return validate(text).map(({ range, message, severity }) => ({
    from: at(range.start),
    to: Math.max(at(range.start), at(range.end)),
    message: typeof message === 'string' ? message : message.value,
    severity: severity === 1 ? 'error' : 'warning',
  }))
}

/** The colours of the terminal, which follow the page. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'var(--term-5)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--term-2)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--term-3)' },
  { tag: [tags.comment, tags.meta], color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.attributeName], color: 'var(--term-4)' },
  { tag: [tags.function(tags.variableName), tags.className], color: 'var(--term-6)' },
  { tag: [tags.variableName, tags.standard(tags.variableName)], color: 'var(--term-foreground)' },
])
