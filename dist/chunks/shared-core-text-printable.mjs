import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{b as o}from"./shared-core-text-foreign-text.mjs";import{a as n}from"./shared-runtime.mjs";function t(e,r=1e3){let i=Array.from(e.slice(0,r*2).replace(o,"\uFFFD"));return i.length>r?`${i.slice(0,r-1).join("")}\u2026`:i.join("")}n(t,"printable");export{t as a};
