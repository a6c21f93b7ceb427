import { MarkdownTextPrimitive } from "@assistant-ui/react-markdown";
import { memo } from "react";
import { Citation } from "./citation.tsx";
import { markCitations } from "./mark-citations.ts";
import { safeLink } from "./safe-link.ts";

const PLUGINS = [markCitations];

/**
 * A model's text. Raw HTML stays text (react-markdown builds elements, never HTML); links keep only harmless
 * schemes; images are never fetched, since an address can carry what the chat said to another host.
 */
export const Markdown = memo(function Markdown() {
  return (
    <MarkdownTextPrimitive
      smooth={false}
      className="prose-chat"
      urlTransform={safeLink}
      rehypePlugins={PLUGINS}
      components={{
        cite: ({ children }) => <Citation>{children}</Citation>,
        a: ({ href, children }) =>
          href ? (
            <a href={href} target="_blank" rel="noopener noreferrer ugc nofollow">
              {children}
            </a>
          ) : (
            <span>{children}</span>
          ),
        img: ({ alt }) => <span className="text-soft">[{alt || "image"}]</span>,
      }}
    />
  );
});
