import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** How a demo tells what happens: in colour on a terminal, in plain lines elsewhere. */
export type Show = ReturnType<typeof makeShow>;

export function makeShow(out: NodeJS.WriteStream) {
  const paint = (style: Style, text: string) => (out.isTTY ? styleText(style, text) : text);
  const line = (text = "") => out.write(`${text}\n`);
  let midLine = false;
  const endLine = () => {
    if (midLine) line();
    midLine = false;
  };
  return {
    title: (text: string) => line(`\n${paint("bold", text)}`),
    step: (name: string, detail: string) => line(`  ${paint("green", "done")}  ${name.padEnd(8)} ${detail}`),
    person: (text: string) => {
      endLine();
      line(`\n${paint("cyan", "you")}: ${text}`);
    },
    speaker: (name: string) => {
      endLine();
      line(paint("dim", `  (${name} takes over)`));
    },
    /** Text of a reply, as it comes. */
    chunk: (text: string) => {
      if (!midLine) out.write(`${paint("magenta", "app")}: `);
      midLine = true;
      out.write(text);
    },
    endOfReply: endLine,
    note: (text: string) => {
      endLine();
      line(paint("dim", `  ${text}`));
    },
    line: (text: string) => {
      endLine();
      line(text);
    },
  };
}
