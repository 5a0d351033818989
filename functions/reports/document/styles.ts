import { fontFamily } from "../../shared/fonts.ts";
import { cssString } from "./markup.ts";

/** The report's style sheet, for paper and for the screen. */
export function styles({ runningTitle, date }: { runningTitle: string; date: string }): string {
  return `
:root { color: #1f2933; background: #fff; font: 10pt/1.5 ${fontFamily}, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; overflow-wrap: break-word; }
h1, h2, td, .name { unicode-bidi: plaintext; text-align: left; }
h1, h2, h3 { line-height: 1.2; margin: 0; break-after: avoid; text-wrap: balance; }
h1 { font-size: 27pt; letter-spacing: -0.01em; }
h1.long { font-size: 17pt; text-wrap: wrap; }
h1.endless { font-size: 10.5pt; font-weight: 400; line-height: 1.45; text-wrap: wrap; }
h2 { font-size: 15pt; }
h2.long { font-size: 11.5pt; text-wrap: wrap; }
caption { caption-side: top; text-align: left; font-weight: 700; padding-bottom: 1.5mm; }
h3, caption { font-size: 9pt; color: #52606d; }
h3 { margin: 5mm 0 1.5mm; }
p { margin: 0 0 2.5mm; orphans: 3; widows: 3; }
a { color: inherit; text-decoration: none; }
.cover { border-top: 1.6mm solid #0072b2; padding-top: 7mm; }
.kicker { color: #0072b2; font-weight: 700; margin-bottom: 3mm; }
.meta { color: #52606d; margin: 4mm 0 8mm; }
.summary { font-size: 11pt; background: #f2f6fa; border-radius: 2mm; padding: 6mm 7mm 5mm; break-inside: avoid-page; }
.summary h2 { font-size: 12pt; margin-bottom: 2.5mm; }
.summary ul { margin: 0; padding-left: 5mm; }
.summary li { margin-bottom: 1.5mm; }
.reference { color: #0072b2; background: #dcebf5; border-radius: 1mm; padding: 0 1.4mm; font-size: 8pt; font-weight: 700; }
.contents { margin-top: 9mm; }
.contents h2 { font-size: 12pt; margin-bottom: 2mm; }
.contents ol { list-style: none; margin: 0; padding: 0; }
.contents li { break-inside: avoid; border-bottom: 0.2mm solid #e4e7eb; }
.contents a { display: flex; gap: 3mm; padding: 1.3mm 0; }
.contents .number { color: #7b8794; min-width: 6mm; }
.contents .name { flex: 1; min-width: 0; }
.contents .page { color: #52606d; min-width: 8mm; text-align: right; font-variant-numeric: tabular-nums; }
.section, .appendix { break-before: page; }
.section.small + .section { break-before: auto; break-inside: avoid; margin-top: 12mm; }
.section.small { break-before: auto; break-inside: avoid; margin-top: 12mm; }
.section > header { display: flex; gap: 3mm; margin-bottom: 1mm; align-items: baseline; }
.section > header .number { color: #0072b2; font-weight: 700; font-size: 15pt; line-height: 1.2; }
.question { color: #52606d; margin-bottom: 3mm; }
figure { margin: 4mm 0 5mm; break-inside: avoid; }
/* Printed once without charts, to see on which pages sections begin. */
[data-draft] canvas { visibility: hidden; }
figure canvas { display: block; width: 100%; }
.figure { font-size: 34pt; font-weight: 700; line-height: 1.1; color: #0072b2; }
.figure + figcaption { color: #52606d; }
.notice { border-left: 1mm solid #e69f00; padding: 1mm 0 1mm 3mm; color: #52606d; break-inside: avoid; }
.text { font-size: 10.5pt; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; line-height: 1.35; margin: 5mm 0 4mm; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; color: #52606d; border-bottom: 0.35mm solid #9aa5b1; vertical-align: bottom; }
th, td { padding: 1.1mm 2.5mm 1.1mm 0; vertical-align: top; }
td { border-bottom: 0.2mm solid #e4e7eb; overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; }
td.right, th.right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.right { unicode-bidi: normal; }
.facts th:first-child { width: 28mm; }
.facts td:first-child { color: #52606d; white-space: nowrap; }
table.narrow { width: auto; min-width: 45%; }
.beside { columns: 2; column-gap: 14mm; }
.beside table.narrow { width: 100%; }
.narrow th, .narrow td { padding-right: 8mm; }
.wide-8 { font-size: 7.5pt; } .wide-11 { font-size: 6.5pt; } .wide-14 { font-size: 5.5pt; }
.wide-8 td, .wide-11 td, .wide-14 td { padding-right: 1.5mm; }
.receipt { margin-bottom: 6mm; break-inside: avoid; }
.receipt h3 { color: #1f2933; font-size: 10pt; }
dl { display: grid; grid-template-columns: 28mm 1fr; gap: 0.8mm 3mm; margin: 0; font-size: 8.5pt; }
dt { color: #52606d; } dd { margin: 0; min-width: 0; }
pre { font: inherit; font-size: 8pt; background: #f5f7fa; border-radius: 1mm; padding: 2mm 2.5mm; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; box-decoration-break: clone; }
.rules { margin-top: 8mm; }
@page {
  size: A4; margin: 23mm 18mm 20mm;
  @top-left { content: ${cssString(runningTitle)}; font: 8pt/11pt ${fontFamily}, sans-serif; color: #7b8794; vertical-align: bottom; padding-bottom: 5mm; }
  @top-right { content: ${cssString(date)}; font: 8pt/11pt ${fontFamily}, sans-serif; color: #7b8794; vertical-align: bottom; padding-bottom: 5mm; white-space: nowrap; }
  @bottom-left { content: "QuantiBI"; font: 8pt/11pt ${fontFamily}, sans-serif; color: #7b8794; vertical-align: top; padding-top: 4mm; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt/11pt ${fontFamily}, sans-serif; color: #7b8794; vertical-align: top; padding-top: 4mm; white-space: nowrap; }
}
/* With a margin of its own, what comes after the first page is laid out twice, and stands twice in the outline. */
@page :first { @top-left { content: none; } @top-right { content: none; } }
@media screen {
  body { max-width: 190mm; margin: 0 auto; padding: 12mm 8mm 20mm; font-size: 11pt; }
  .section, .appendix { margin-top: 16mm; border-top: 0.3mm solid #e4e7eb; padding-top: 8mm; }
  .wide { overflow-x: auto; }
  .contents .page { display: none; }
  .contents a:hover { color: #0072b2; }
}`;
}
