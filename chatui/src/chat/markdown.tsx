import { Fragment, memo, type ReactNode } from "react";
import { words } from "../words/words.ts";
import { Citation } from "./citation.tsx";
import { cleanText } from "./clean-text.ts";
import { CodeBlock } from "./code-block.tsx";
import { type Block, parseBlocks } from "./parse-blocks.ts";
import { type Inline, parseInline } from "./parse-inline.ts";
import { TableBlock } from "./table-block.tsx";

/** A longer text is shown as it is: nobody reads it as prose, and its markup is not worth the wait. */
const LONGEST = 100_000;

type Props = { text: string; streaming?: boolean };

/**
 * A model's text, read whole each time, so however it came in pieces it looks the same (T39). Elements are made from a
 * closed list, never from HTML (T37); links keep only harmless schemes; images are never fetched, since an address can
 * carry what the chat said to another host (T38). Blocks that have not changed are not drawn again.
 */
export const Markdown = memo(function Markdown({ text, streaming = false }: Props) {
  const clean = cleanText(text);
  if (clean.length > LONGEST)
    return (
      <div dir="auto" className="break-words whitespace-pre-wrap">
        {clean}
      </div>
    );
  const blocks = parseBlocks(clean);
  return (
    <div dir="auto" className="prose-chat">
      {blocks.map((block, index) => (
        // Blocks only grow at the end: a place names a block.
        <Top key={index} block={block} open={streaming && index === blocks.length - 1} />
      ))}
    </div>
  );
});

const Top = memo(
  function Top({ block, open }: { block: Block; open: boolean }) {
    return drawn(block, open);
  },
  (before, after) =>
    before.block.raw === after.block.raw && before.open === after.open && before.block.is === after.block.is,
);

function drawn(block: Block, open: boolean): ReactNode {
  switch (block.is) {
    case "paragraph":
      return <p dir="auto">{inline(block.text, open)}</p>;
    case "heading": {
      // Below the page's own headings.
      const Heading = block.level <= 2 ? "h3" : "h4";
      return <Heading dir="auto">{inline(block.text, open)}</Heading>;
    }
    case "rule":
      return <hr />;
    case "code":
      return <CodeBlock language={block.language} text={block.text} />;
    case "quote":
      return <blockquote dir="auto">{all(block.of, open)}</blockquote>;
    case "table":
      return <TableBlock table={block} cell={(text) => inline(text, open)} />;
    case "list": {
      const items = block.items.map(({ done, of }, index) => (
        <li key={index} dir="auto" className={done === null ? undefined : "list-none"}>
          {done !== null && <input type="checkbox" checked={done} readOnly disabled className="me-2" />}
          {all(of, open && index === block.items.length - 1)}
        </li>
      ));
      return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
    }
  }
}

/** Blocks inside of a block; a single paragraph stands there without one. */
function all(blocks: Block[], open: boolean): ReactNode {
  const [first] = blocks;
  return blocks.map((block, index) => (
    <Fragment key={index}>
      {block === first && block.is === "paragraph" ? (
        <span dir="auto">{inline(block.text, open && blocks.length === 1)}</span>
      ) : (
        drawn(block, open && index === blocks.length - 1)
      )}
    </Fragment>
  ));
}

function inline(text: string, open: boolean): ReactNode {
  return pieces(parseInline(text, open));
}

function pieces(list: Inline[]): ReactNode {
  return list.map((piece, index) => (typeof piece === "string" ? piece : element(piece, index)));
}

function element(piece: Exclude<Inline, string>, key: number): ReactNode {
  switch (piece.is) {
    case "strong":
      return <strong key={key}>{pieces(piece.of)}</strong>;
    case "em":
      return <em key={key}>{pieces(piece.of)}</em>;
    case "del":
      return <del key={key}>{pieces(piece.of)}</del>;
    case "code":
      return <code key={key}>{piece.text}</code>;
    case "break":
      return <br key={key} />;
    case "image":
      return (
        <span key={key} className="text-soft">
          [{piece.text || words().image}]
        </span>
      );
    case "cite":
      return <Citation key={key}>{piece.text}</Citation>;
    case "link":
      if (piece.href === "") return <span key={key}>{pieces(piece.of)}</span>;
      return (
        <a key={key} href={piece.href} target="_blank" rel="noopener noreferrer ugc nofollow">
          <bdi>{pieces(piece.of)}</bdi>
        </a>
      );
  }
}
