import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{d as n}from"./shared-cli-exit.mjs";import{b as t}from"./shared-core-problem.mjs";import{a as r}from"./shared-runtime.mjs";function p({broken:o},e){if(o.length===0)return;let i=o.map(({file:m,problems:s})=>[`${m} cannot be used:`,...s.map(t)].join(`
`));throw new n([...i,e].join(`
`))}r(p,"refuseBrokenLists");export{p as a};
