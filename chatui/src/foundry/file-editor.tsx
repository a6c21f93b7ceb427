import { yaml } from "@codemirror/lang-yaml";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { basicSetup, EditorView } from "codemirror";
import { useEffect, useRef } from "react";
import type { FileIssue } from "#protocol/api/files";

type Props = {
  /** Another one makes another editor. */
  path: string;
  text: string;
  issues: readonly FileIssue[];
  onChange: (text: string) => void;
};

/** One file to write in, with what is wrong with it at its lines. */
export function FileEditor({ path, text, issues, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const first = useRef(text);
  first.current = text;

  useEffect(() => {
    if (!place.current) return;
    // In a shadow tree its styles are sheets of the page's own making: as elements our policy would block them.
    const root = place.current.shadowRoot ?? place.current.attachShadow({ mode: "open" });
    const editor = new EditorView({
      doc: first.current,
      root,
      parent: root,
      extensions: [
        basicSetup,
        yaml(),
        lintGutter(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": path, tabindex: "0" }),
        LOOK,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed.current(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    return () => editor.destroy();
  }, [path]);

  // Changed elsewhere, as by the graph: taken over without losing the place.
  useEffect(() => {
    const now = view.current?.state.doc;
    if (now && now.toString() !== text)
      view.current?.dispatch({ changes: { from: 0, to: now.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { doc } = editor.state;
    const diagnostics = issues.map(({ line, path: at, message }): Diagnostic => {
      const { from, to } = doc.line(Math.min(Math.max(line ?? 1, 1), doc.lines));
      return { from, to, severity: "error", message: at ? `${at}: ${message}` : message };
    });
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [issues]);

  return <div ref={place} className="h-full min-h-0 overflow-hidden" />;
}

const LOOK = EditorView.theme({
  "&": { height: "100%", fontSize: "0.85rem", backgroundColor: "transparent", color: "var(--color-ink)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--color-soft)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--color-sunken) 60%, transparent)",
  },
  ".cm-cursor": { borderLeftColor: "var(--color-ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-tooltip": {
    backgroundColor: "var(--color-surface)",
    color: "var(--color-ink)",
    border: "1px solid var(--color-line)",
  },
  // The default colours of words are made for white paper alone.
  "@media (prefers-color-scheme: dark)": { ".cm-line span": { color: "inherit" } },
});
