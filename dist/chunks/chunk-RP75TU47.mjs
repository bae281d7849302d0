import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{$a as r,ab as l}from"./chunk-V7NEULRK.mjs";import{a as t}from"./chunk-GLNHH4CJ.mjs";function s(e){let{channels:c,...a}=e;return l(c,e.monitor).map(({name:o})=>{let{decision:n}=r({...a,channel:o});return{channel:o,reason:n.tell?n.reason:null}})}t(s,"wouldTell");export{s as a};
