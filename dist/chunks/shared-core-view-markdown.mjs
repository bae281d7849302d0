import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{b as u}from"./shared-core-view-table.mjs";import{a as g}from"./shared-core-view-texts-texts-de.mjs";import{a as c}from"./shared-core-view-format.mjs";import{a as p}from"./shared-core-text-plain-text.mjs";import{a as m}from"./shared-core-records.mjs";import{a as o}from"./shared-runtime.mjs";function r(n){let t=p(n).replace(/[\\`*_{}[\]()#+!|~$<>&]/g,e=>m(x,e)??`\\${e}`);return f(f(t,b),w)}o(r,"markdownText");var b=/@(?=\w)|\\?#(?=\d)|(?<=\bGH)-(?=\d)/gi,w=/:(?=\/\/)|(?<=\bwww)\./gi;function f(n,t){return n.replace(t,"<span>$&</span>")}o(f,"keptApart");var x={"<":"&lt;",">":"&gt;","&":"&amp;"};function N(n,{rows:t}){let e=n.facts.map(({label:i,text:l})=>`${r(i)} **${r(l)}**`).join(" \xB7 "),d=[`## ${r(n.name)}: ${r(n.headline)}`,`${r(n.checkedAt)}${n.since===void 0?"":` \xB7 ${r(n.since)}`}`,e],s=c({language:n.language,timezone:"UTC"}),a=o(i=>g(s).more(s.quantity(i)),"more");return[...d,...n.sections.map(i=>S(u(i,t),a))].join(`

`)}o(N,"viewMarkdown");function S(n,t){return n.id==="parts"?k(n,t):`### ${r(n.title)}

${$(n,t)}`}o(S,"sectionMarkdown");function k(n,t){return`<details><summary>${`${r(n.title)} (${n.total})`}</summary>

${$(n,t)}

</details>`}o(k,"foldedMarkdown");function $(n,t){let e=n.rows.length===0?[]:[y(n)],d=n.folded===0?[]:[t(n.folded)];return[...n.lead===void 0?[]:[r(n.lead)],...e,...d,...n.notes.map(r)].join(`

`)}o($,"bodyMarkdown");function y({columns:n,rows:t}){let e=n.map(({title:a})=>r(a)),d=n.map(({align:a})=>a==="right"?"--:":"---"),s=t.map(a=>a.cells.map(({text:i,href:l})=>l===void 0?r(i):`[${r(i)}](${T(l)})`));return[e,d,...s].map(a=>`| ${a.join(" | ")} |`).join(`
`)}o(y,"tableMarkdown");function T(n){return n.replace(/[()<>|\s\\]/g,t=>encodeURIComponent(t).replace(/[()]/g,e=>e==="("?"%28":"%29"))}o(T,"address");export{r as a,b,w as c,f as d,N as e,S as f,k as g};
