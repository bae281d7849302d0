import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{c}from"./shared-core-preview-describe.mjs";import{a as l}from"./shared-core-view-markdown.mjs";import{b as u}from"./shared-core-problem.mjs";import{d}from"./shared-core-text-foreign-text.mjs";import{a}from"./shared-runtime.mjs";var h=100;function j(e,t){return["## Partwatch: monitors and settings",`${t===1?"1 monitor is":`${t} monitors are`} valid.`,...$(e)]}a(j,"problemsSummary");function $(e){let t=e.map(n=>`- ${l(u(n))}`);return Array.from({length:Math.ceil(t.length/h)},(n,r)=>t.slice(r*h,(r+1)*h).join(`
`))}a($,"problemList");function x({files:e,diffs:t,steps:n}){if(e.length===0)return["## Partwatch: workflows","Workflows are up to date."];let r=e.map(({path:s})=>c(s)).join(", "),{prepare:o,generate:i}=n;return["## Partwatch: the workflows are stale",`${r} no longer ${e.length===1?"says":"say"} what the monitors say. With a browser alone:`,...e.map(g),`Or, with Node 24, at the top of a clone of this branch${o.length===0?"":" (the first line once)"}; commit the result:`,p("sh",`${[...o,i].join(`
`)}
`),"Or save this as a file and `git apply` it:",p("diff",[...t.values()].join(""))]}a(x,"staleSummary");function C({files:e,steps:{prepare:t,generate:n}}){let r=e.map(({path:i,text:s,action:y,url:f})=>{let m=f===void 0?i:`${i} (${f})`;return s===null?`Delete ${m}.`:`${y==="new"?`Create ${m} with this:`:`Replace everything in ${m} by this:`}

${s}`}),o=["Or, with Node 24, at the top of a clone of this branch; commit the result:","",...t,n];return[...r,o.join(`
`)].join(`

`)}a(C,"staleText");function g({path:e,text:t,action:n,url:r}){let o=r===void 0?c(e):`[${l(e)}](${r})`;return t===null?`Delete ${o}.`:`${n==="new"?`Create ${o} with this:`:`Replace everything in ${o} by this:`}

<details><summary>${l(e)}</summary>

${p("yaml",t)}

</details>`}a(g,"browserStep");function p(e,t){let n=d(t),r="`".repeat(Math.max(3,...[...n.matchAll(/`+/g)].map(([o])=>o.length+1)));return`${r}${e}
${n}${n.endsWith(`
`)?"":`
`}${r}`}a(p,"fenced");export{j as a,$ as b,x as c,C as d};
