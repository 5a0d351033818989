import { S3Error } from "./error.ts";

/** An element's content: text, or child elements in order (an array repeats the element). `undefined` leaves it out. */
export type XmlContent = string | number | boolean | undefined | XmlContent[] | { [name: string]: XmlContent };

const S3_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** A whole XML document with one root element. Error documents carry no namespace, results carry S3's. */
export function renderXml(root: string, content: XmlContent, options: { namespace?: boolean } = {}): string {
  const attribute = (options.namespace ?? true) ? ` xmlns="${S3_NAMESPACE}"` : "";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${renderContent(content)}</${root}>`;
}

function renderContent(content: XmlContent): string {
  if (content === undefined) return "";
  if (typeof content !== "object") return escapeText(String(content));
  if (Array.isArray(content)) return content.map(renderContent).join("");
  return Object.entries(content)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => renderElement(name, item)))
    .join("");
}

function renderElement(name: string, content: XmlContent): string {
  return content === undefined ? "" : `<${name}>${renderContent(content)}</${name}>`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

// Control characters are legal in keys; S3 writes them as character references although XML 1.0 has no such characters.
function escapeText(text: string): string {
  return text.replace(/[&<>"\p{Cc}\ufffe\uffff]/gu, (c) => ENTITIES[c] ?? `&#x${c.charCodeAt(0).toString(16)};`);
}

/** An element of a parsed document; namespaces and attributes are dropped, as S3's request documents need neither. */
export interface XmlElement {
  name: string;
  text: string;
  children: XmlElement[];
}

/**
 * Reads the small documents that S3 clients send (`Delete`, `CompleteMultipartUpload`). Document types, and with them
 * entity definitions, are refused. Throws `MalformedXML`.
 */
export function parseXml(source: string): XmlElement {
  const root: XmlElement = { name: "", text: "", children: [] };
  const open = [root];
  const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([\w.:-]+)([^<>]*?)(\/?)>|([^<]+)/y;
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    const current = open.at(-1);
    if (match === null || current === undefined) throw malformed();
    const [, cdata, closing, qualifiedName, , selfClosing, text] = match;
    if (cdata !== undefined) current.text += cdata;
    else if (text !== undefined) current.text += unescapeText(text);
    else if (qualifiedName !== undefined) {
      const name = qualifiedName.slice(qualifiedName.indexOf(":") + 1);
      if (closing === "/") {
        if (open.length === 1 || open.pop()?.name !== name) throw malformed();
      } else {
        const element: XmlElement = { name, text: "", children: [] };
        current.children.push(element);
        if (selfClosing !== "/") open.push(element);
      }
    }
  }
  const [document, ...others] = root.children;
  if (open.length !== 1 || document === undefined || others.length > 0 || root.text.trim() !== "") throw malformed();
  return document;
}

/** The text of the first child called `name`, if there is one. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeText(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));|&/gi, (_, hex, decimal, name) => {
    if (name !== undefined && Object.hasOwn(NAMED, name)) return NAMED[name] ?? "";
    const codePoint = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
    if (!(codePoint <= 0x10ffff)) throw malformed();
    return String.fromCodePoint(codePoint);
  });
}

function malformed(): S3Error {
  return new S3Error(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}
