"""The style of the HTML page: two palettes with enough contrast (WCAG 2.2 AA), a style sheet, and the icons.

Nothing is loaded: fonts are those of the reader's system, icons stand in the page.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Colours by role. Each role that ends in ``-soft`` is a ground on which text and the role's own colour stand.
LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "ground": "#f4f6f8",
    "ink": "#17212b",
    "muted": "#51606e",
    "line": "#d8dee4",
    "link": "#0a4d8c",
    "violation": "#a3161f",
    "violation-soft": "#fdf3f2",
    "warning": "#7a4900",
    "warning-soft": "#fff7e3",
    "info": "#0a4d8c",
    "info-soft": "#eff6fd",
    "passed": "#17623a",
    "passed-soft": "#eff8f2",
    "unreadable": "#5b3a8c",
    "unreadable-soft": "#f6f2fb",
}
DARK: Mapping[str, str] = {
    "paper": "#161c22",
    "ground": "#10151a",
    "ink": "#e8edf2",
    "muted": "#a6b3bf",
    "line": "#36424d",
    "link": "#8fc4ff",
    "violation": "#ff9d97",
    "violation-soft": "#2e1b1c",
    "warning": "#f5c26b",
    "warning-soft": "#2b2415",
    "info": "#8fc4ff",
    "info-soft": "#172636",
    "passed": "#7fd6a3",
    "passed-soft": "#16291f",
    "unreadable": "#cdb3f5",
    "unreadable-soft": "#251d31",
}

_SHEET = """
*, *::before, *::after { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; scroll-padding-top: 1.5rem; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.6 -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Helvetica Neue", Arial,
    sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, h4, p, dl, dd, table, blockquote, pre { margin: 0; padding: 0; }
h1, h2, h3, h4 { line-height: 1.25; font-weight: 650; text-wrap: balance; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: .06em;
  text-decoration-color: color-mix(in srgb, currentColor 45%, transparent); }
a:hover { text-decoration-thickness: .14em; text-decoration-color: currentColor; }
:focus-visible { outline: .2rem solid var(--link); outline-offset: .2rem; border-radius: .15rem; }
code, pre { font: .92em/1.5 ui-monospace, "SFMono-Regular", "Cascadia Mono", "Noto Sans Mono", "Liberation Mono",
  Menlo, Consolas, monospace; }
code { overflow-wrap: anywhere; }
.icon { width: 1.1em; height: 1.1em; flex: none; vertical-align: -.18em; }
.icons { position: absolute; width: 0; height: 0; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--paper); z-index: 1; }
.skip:focus { top: 1rem; }
.wide { max-width: 60rem; margin: 0 auto; padding: 0 1.5rem; }

.top { background: var(--paper); border-bottom: 1px solid var(--line); padding: 3.5rem 0 3rem; }
.brand { color: var(--muted); font-size: .95rem; letter-spacing: .02em; margin-bottom: .75rem; }
h1 { font-size: clamp(2rem, 5vw, 2.75rem); letter-spacing: -.015em; }
.lead { margin-top: 1rem; max-width: 42rem; font-size: 1.1875rem; color: var(--muted); }
main > section { padding-top: 3.5rem; }
h2 { font-size: 1.625rem; letter-spacing: -.01em; margin-bottom: 1.25rem; }

.verdict { font-size: 1.375rem; font-weight: 600; display: flex; gap: .6rem; align-items: center; }
.verdict + p { color: var(--muted); margin-top: .35rem; max-width: 42rem; }
.bar { display: block; width: 100%; height: .75rem; margin: 1.75rem 0 1.5rem; border-radius: .375rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; }
.tile { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem 1.25rem;
  display: flex; flex-direction: column-reverse; }
.tile dd { font-size: 2.125rem; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile dt { display: flex; gap: .4rem; align-items: center; font-size: .95rem; }
.tile.none dd { color: var(--muted); }

.scroll { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .7rem 1rem; text-align: left; vertical-align: baseline; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: .875rem; font-weight: 600; color: var(--muted); white-space: nowrap; }
tbody th { font-weight: 400; overflow-wrap: anywhere; }
.words { min-width: 13rem; }
.code { min-width: 5rem; }
th code { font-size: .875em; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
td.state, td.number { width: 1%; }
td.zero { color: var(--muted); }
.state { white-space: nowrap; }
.state .icon { margin-right: .45rem; }

.file { margin-top: 1.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem;
  padding: 1.75rem 2rem 2rem; }
.file:first-of-type { margin-top: 0; }
.file-head { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; justify-content: space-between; align-items: baseline; }
h3 { font-size: 1.1875rem; }
h3 code { font-size: 1em; font-weight: 650; }
h4 { margin-top: 1.75rem; font-size: 1rem; font-weight: 600; color: var(--muted); }
h4 code { font-weight: 400; }
h4 + .finding { margin-top: .75rem; }
.accepted { margin-top: 1rem; padding: .6rem 1rem; background: var(--passed-soft); border-radius: .375rem; }
.finding { margin-top: 1.25rem; border-left: .25rem solid var(--colour); padding: .1rem 0 .1rem 1.5rem; }
.finding-head { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; justify-content: space-between;
  align-items: center; font-size: .95rem; }
.finding-head strong { color: var(--colour); background: var(--soft); border-radius: .25rem; font-weight: 650;
  padding: .15rem .6rem .15rem .5rem; display: inline-flex; gap: .45rem; align-items: center; }
.place { color: var(--muted); font-variant-numeric: tabular-nums; }
.sentence { margin-top: .55rem; font-size: 1.125rem; line-height: 1.5; max-width: 44rem; }
.finding dl { margin-top: .9rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; max-width: 44rem; }
.finding dt { font-size: .875rem; font-weight: 600; color: var(--muted); }
blockquote { font-style: italic; }
blockquote::before { content: open-quote; }
blockquote::after { content: close-quote; }
:lang(de) > blockquote { quotes: "„" "“"; }
:lang(en) > blockquote { quotes: "“" "”"; }
pre { margin-top: .3rem; padding: .75rem 1rem; overflow-x: auto; background: var(--ground);
  border: 1px solid var(--line); border-radius: .375rem; white-space: pre; }
.why { margin-top: .9rem; font-size: .95rem; color: var(--muted); }
details { margin-top: .75rem; }
summary { cursor: pointer; padding: .35rem .25rem; font-size: .95rem; color: var(--link); width: fit-content; }
summary:hover { text-decoration: underline; }
details[open] > summary { margin-bottom: .25rem; }

.rule { margin-top: 2rem; max-width: 46rem; }
.rule:first-of-type { margin-top: 0; }
.rule h3 { display: grid; grid-template-columns: minmax(3.5rem, max-content) 1fr; gap: .75rem; }
.rule h3 code { color: var(--muted); font-weight: 400; overflow-wrap: anywhere; }
.rule p { margin: .35rem 0 0 4.25rem; }
:target { scroll-margin-top: 1.5rem; }
.rule:target h3, .file:target { outline: .15rem solid var(--link); outline-offset: .4rem; border-radius: .25rem; }
footer { margin: 4.5rem auto 0; padding-top: 1.5rem; padding-bottom: 3rem; font-size: .9rem; color: var(--muted); }
footer p { border-top: 1px solid var(--line); padding-top: 1.5rem; }

.violation { --colour: var(--violation); --soft: var(--violation-soft); }
.warning { --colour: var(--warning); --soft: var(--warning-soft); }
.info { --colour: var(--info); --soft: var(--info-soft); }
.passed { --colour: var(--passed); --soft: var(--passed-soft); }
.unreadable { --colour: var(--unreadable); --soft: var(--unreadable-soft); }
.icon { color: var(--colour); }
.bar rect { fill: var(--colour); }

@media (max-width: 40rem) {
  .file { padding: 1.25rem; }
  .finding { padding-left: 1rem; }
  th, td { padding: .6rem .7rem; }
  .rule h3 { grid-template-columns: 1fr; gap: .2rem; }
  .rule p { margin-left: 0; }
}
@media print {
  body { background: #fff; font-size: 10.5pt; }
  .top { padding: 0 0 1rem; }
  .wide { max-width: none; padding: 0; }
  .skip { display: none; }
  .tiles { grid-template-columns: repeat(4, 1fr); }
  main > section { padding-top: 1.75rem; }
  .file { border: 0; padding: 0; margin-top: 2rem; }
  .finding, .tile, .rule, tr { break-inside: avoid; }
  h2, h3, h4, .file-head { break-after: avoid; }
  .scroll { overflow: visible; }
  pre { white-space: pre-wrap; }
  details::details-content { content-visibility: visible; display: block; }
  a { color: inherit; }
}
@media (forced-colors: active) {
  .finding { border: 1px solid; border-left-width: .25rem; }
}
"""

#: An icon has a shape of its own for each severity, so that none is told by colour alone.
ICONS: Mapping[str, str] = {
    "violation": '<path fill="currentColor" d="M7 1h6l6 6v6l-6 6H7l-6-6V7z"></path>'
    '<path fill="none" stroke="var(--paper)" stroke-width="2" stroke-linecap="round" d="M7 7l6 6M13 7l-6 6"></path>',
    "warning": '<path fill="currentColor" d="M10 1.5 19.5 18.5H.5z"></path>'
    '<path fill="none" stroke="var(--paper)" stroke-width="2" stroke-linecap="round" d="M10 7.5v5M10 15.6v.1"></path>',
    "info": '<circle fill="currentColor" cx="10" cy="10" r="9"></circle>'
    '<path fill="none" stroke="var(--paper)" stroke-width="2" stroke-linecap="round" d="M10 9.5v5M10 5.9v.1"></path>',
    "passed": '<circle fill="currentColor" cx="10" cy="10" r="9"></circle>'
    '<path fill="none" stroke="var(--paper)" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
    'd="M5.8 10.4l2.9 2.9 5.6-6"></path>',
    "unreadable": '<path fill="currentColor" d="M3 1h9l5 5v13H3z"></path>'
    '<path fill="none" stroke="var(--paper)" stroke-width="2" stroke-linecap="round" d="M7 14.5l6-6"></path>',
}


def style_sheet() -> str:
    """The whole style sheet; on paper always the light palette."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ {_variables(DARK)} }}"
    return f"{_variables(LIGHT)}\n{dark}{_SHEET}"


def _variables(palette: Mapping[str, str]) -> str:
    return ":root { " + " ".join(f"--{role}: {colour};" for role, colour in palette.items()) + " }"
